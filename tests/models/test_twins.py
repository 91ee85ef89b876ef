"""Two columns of one name: each row is read from whichever is filled, and two answers are asked."""

import pytest

from models.intake.columns import COLUMNS
from models.intake.rows import Rows
from models.intake.tables import GONE, Cell, Table, table_from
from models.membership.erasure import ERASED, blanked, marked, names
from models.membership.voter_roll import Facts, gather
from models.privacy import Email
from tests.models.invented import BOSTON, JPP, KEY, day, entries, entry, held, said, table

ANN, BEN = "ann@example.org", "ben@example.org"
EVENTS = table("events", [held("2025-10-14", "Forum"), held("2025-11-11", "Meeting")])
HEADERS: list[Cell] = ["Timestamp", "Event", "Email address", "Name", "Email address:"]
NOTE = (
    "Sign-ins!1:1 [note] columns C and E have the address; each row is read from the one that "
    "is filled, and {} from a column other than the first"
)


def facts(*tables: Table) -> Facts:
    """What a night makes of them."""
    return gather([EVENTS, *tables], JPP, BOSTON, day("2025-12-01"), {}, KEY)


def sign_ins(*rows: list[Cell], headers: list[Cell] = HEADERS, kind: str = "sign_ins") -> Facts:
    """What a night makes of a tab."""
    return facts(table_from("Sign-ins", [headers, *rows], COLUMNS[kind], "America/New_York"))


def test_a_question_asked_anew_leaves_two_columns_that_are_read_as_one() -> None:
    night = sign_ins(
        ["", "Forum", ANN, "Ann", ""],
        ["", "Meeting", "", "Ann", ANN],
        ["", "Meeting", BEN, "Ben", "Ben@example.org "],
    )
    assert len(entry(night, ANN).standing.counted) == 2
    assert len(entry(night, BEN).standing.counted) == 1
    assert said(night).startswith(NOTE.format(1))
    assert len(night.review) == 1


def test_two_columns_that_say_different_things_in_a_row_are_a_question() -> None:
    night = sign_ins(["", "Forum", ANN, "Ann", BEN], ["", "Meeting", "", "Ann", ANN])
    asked = "Sign-ins!C2 [question] columns C and E both have the address, and disagree"
    assert asked in said(night)
    assert [str(event.day) for event in entry(night, ANN).standing.counted] == ["2025-11-11"]
    assert entries(night, BEN) == []
    box = night.boxes[-1]
    assert (box.rows, box.records, box.set_aside) == (2, 1, 1)


def test_in_a_column_that_a_row_can_do_without_the_row_stays_and_it_is_asked() -> None:
    headers: list[Cell] = ["Name", "Event", "Email address", "name "]
    night = sign_ins(["Ann", "Forum", ANN, "Ben"], headers=headers)
    assert entry(night, ANN).person.name is None
    assert "Sign-ins!A2 [question] columns A and D both have the name, and disagree" in said(night)
    assert "map them as first_name and last_name" in said(night)


@pytest.mark.parametrize(
    ("first", "second", "becomes"),
    [
        (True, "", "counts"),
        ("", "yes", "counts"),
        (False, None, "does not"),
        (None, False, "does not"),
        ("", None, "no mark"),
        (True, False, "asked"),
        ("TRUE", "FALSE", "asked"),
        ("yes", "no", "asked"),
        (False, False, "does not"),
        ("#REF!", "no", "does not"),
    ],
)
def test_of_two_boxes_one_that_is_ticked_is_asked_about_where_the_other_is_not(
    first: Cell, second: Cell, becomes: str
) -> None:
    grid: list[list[Cell]] = [
        ["Date", "Event", "Kind", "Counts", "Counts"],
        ["2025-10-14", "Picnic", "picnic", first, second],
    ]
    tab = table_from("Picnics", grid, COLUMNS["events"], "America/New_York")
    night = facts(tab)
    found = [event.counts for event in night.events if event.name == "Picnic"]
    assert found == {"counts": [True], "does not": [False], "no mark": [None], "asked": []}[becomes]
    assert ("[question]" in said(night)) is (becomes == "asked")


def test_two_words_about_mail_are_no_consent_and_a_question_and_the_registration_stays() -> None:
    """DP-4"""
    grid: list[list[Cell]] = [
        ["Name", "Email address", "Mailing list", "Mailing list"],
        ["Ann Alder", ANN, "Yes", "No"],
        ["Ben Birch", BEN, "", "Yes"],
    ]
    night = facts(table_from("Registrations", grid, COLUMNS["registrations"], "UTC"))
    assert [bool(entry(night, who).person.asks_at) for who in (ANN, BEN)] == [False, True]
    assert "Registrations!C2 [question] columns C and D both have the wants email" in said(night)


def test_every_kind_of_table_and_every_field_reads_its_twins() -> None:
    for kind, columns in COLUMNS.items():
        for header in columns.headers.values():
            headers = list(columns.headers.values())
            empty: list[Cell] = [""] * len(headers)
            grid: list[list[Cell]] = [[*headers, header], [*empty, "x"]]
            tab = table_from("Tab", grid, columns, "UTC")
            (row,) = Rows(tab, BOSTON)
            field = next(f for f, h in columns.headers.items() if h == header)
            assert row.text(field) == "x", (kind, field)


def test_whoever_stands_in_either_column_is_named_by_the_row() -> None:
    """DP-6: an erased person's address goes, whichever of two columns it stands in."""
    tab = table_from("Sign-ins", [HEADERS, ["", "Forum", ANN, "", BEN]], COLUMNS["sign_ins"], "UTC")
    for gone in (ANN, BEN):
        without = blanked(tab, lambda row, g=gone: ERASED * (Email.parse(g) in [*names(row)]))
        assert marked(without, ERASED) == [0]


# ── a form's question that is no longer on it ──


def form(*rows: list[Cell], fields: tuple[str, ...]) -> Facts:
    """What a night makes of a form's answers."""
    ids = tuple(f"r{number}" for number in range(len(rows)))
    return facts(Table("Form", "sign_ins", "UTC", fields, (), list(rows), row_names=ids))


def test_answers_under_a_question_asked_anew_are_read_like_twins() -> None:
    night = form(["Forum", "", ANN], ["Meeting", ANN, ""], fields=("event", "address", "address"))
    assert len(entry(night, ANN).standing.counted) == 2
    assert "Form [note] two questions of the form have the address" in said(night)


def test_what_lies_under_no_question_is_named_with_the_setting_that_reads_it() -> None:
    night = form(
        ["Forum", "", True], ["Meeting", "", True], ["Meeting", BEN, None],
        fields=("event", "address", f"{GONE}4f1a2b3c"),
    )  # fmt: skip
    assert (
        "Form [question] 2 responses lack something, and have an answer to a question that is "
        "no longer on the form, 4f1a2b3c -> look in the form's responses for what it asked; to "
        "read those answers, add it to the field's headers in chapter.toml [columns.sign_ins]: "
        'address = ["…", "4f1a2b3c"]'
    ) in said(night)


# ── a column that is not read ──


def test_a_renamed_column_that_holds_what_rows_lack_is_named_with_the_setting_that_reads_it() -> (
    None
):
    headers: list[Cell] = ["Event", "Email address (old)", "Name", "Email address"]
    rows: list[list[Cell]] = [
        ["Forum", ANN, "", ""],
        ["Meeting", ANN, "", ""],
        ["Meeting", ANN, "", BEN],
    ]
    told = (
        "Sign-ins!B1 [note] this column is not read, but has a value in 2 rows that lack the "
        "address -> if it is the same field, add it to chapter.toml [columns.sign_ins] address "
        '= ["Email address", "Email address (old)"]'
    )
    assert told in said(sign_ins(*rows, headers=headers))
    own = COLUMNS["sign_ins"].renamed({"address": ["Email address", "Email address (old)"]})
    tab = table_from("Sign-ins", [headers, *rows[:2]], own, "America/New_York")
    assert len(entry(facts(tab), ANN).standing.counted) == 2


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Email address (old)", ""),
        ("Email address (old)", False),
        ("E-mail", ANN),
        ("Postal address", "Elm 5"),
        ("Emailaddress2", ANN),
    ],
)
def test_other_columns_that_nobody_reads_are_nobodys_business(header: str, cell: Cell) -> None:
    night = sign_ins(["Forum", cell, ""], headers=["Event", header, "Email address"])
    assert "is not read" not in said(night)
