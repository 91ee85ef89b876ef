"""Which column of a list is which: found by its headers, asked where they leave a doubt (BA-7)."""

import pytest

from models.errors import FixTheData
from models.intake.cells import Cell
from models.intake.columns import COLUMNS
from models.intake.imported import ATTENDEES, DUES_FILE, is_imported, read_list, with_day
from models.intake.tables import Columns
from models.intake.year_columns import YEAR_COLUMNS

ANN = "ann@example.org"
_WHOLE = COLUMNS["event_sign_ins"]
PEOPLE = Columns(
    _WHOLE.kind,
    {name: _WHOLE.headers[name] for name in ("address", "name", "first_name", "last_name")},
    frozenset({"address"}),
)


def read(*rows: list[Cell], wanted: Columns = PEOPLE, **said: str) -> tuple[object, ...]:
    found = read_list([*rows], wanted, "list.csv", "America/New_York", said)
    return found.table.fields, found.table.rows, found.left_out


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        (["Email address"], ("address",)),
        (["E-mail"], ("address",)),
        (["Correo electrónico"], ("address",)),
        (["Your email (required)"], ("address",)),
        (["Name", "Email"], ("address", "name")),
        (["Last name", "Email", "First"], ("address", "first_name", "last_name")),
    ],
)
def test_headers_as_many_lists_word_them(heads: list[Cell], fields: tuple[str, ...]) -> None:
    row = ["x" if "mail" not in str(h).casefold() and "corr" not in str(h).casefold() else ANN
           for h in heads]  # fmt: skip
    assert read(heads, [*row])[0] == fields


def test_a_title_above_the_headers_is_no_row_and_moves_no_number() -> None:
    found = read_list(
        [["Transit forum, March 20"], ["Guest", "Email"], ["Ann", ANN]], PEOPLE, "list.csv", "UTC",
        {},
    )  # fmt: skip
    assert str(found.table.place(0, "address")) == "list.csv!B3"
    assert found.left_out == ("Guest",)


@pytest.mark.parametrize(
    ("heads", "said", "fact"),
    [
        (["Phone"], {}, "no column for “Email address”"),
        (["Contact", "Work email"], {}, "might be column A “Contact” or B “Work email”"),
        (["Email", "SSN"], {}, "looks like a government ID"),
        (["Email"], {"address": "Mail"}, "the list has no header “Mail”"),
        (["Email"], {"phone": "Email"}, "there is no field “phone” in such a list"),
        ([ANN, "Email"], {}, "the first row has no headers"),
        ([], {}, "the first row has no headers"),
    ],
)
def test_a_doubt_is_asked_about_and_nothing_repeated(
    heads: list[Cell], said: dict[str, str], fact: str
) -> None:
    with pytest.raises(FixTheData) as refused:
        read(heads, ["secret words"], **said)
    assert fact in refused.value.fact
    assert refused.value.next_step
    assert "secret" not in str(refused.value)
    assert ANN not in str(refused.value)


def test_a_person_says_which_column_it_is_or_that_there_is_none() -> None:
    heads: list[Cell] = ["Contact", "Work email", "Company name"]
    row: list[Cell] = ["Riders", ANN, "Acme"]
    with pytest.raises(FixTheData, match="“Name” might be column C “Company name”"):
        read(heads, row, address="Work email")
    fields, rows, _ = read(heads, row, address="work email", name="-")
    assert (fields, rows) == (("address",), [[ANN]])
    with pytest.raises(FixTheData):  # what must be there cannot be done without
        read(heads, row, address="-", name="-")


def test_of_the_column_that_a_person_names_no_other_may_be_meant() -> None:
    heads: list[Cell] = ["Name", "Email", "Work email"]
    row: list[Cell] = ["Ann Alder", "home@example.org", ANN]
    assert read(heads, row)[:2] == (("address", "name"), [["home@example.org", "Ann Alder"]])
    fields, rows, _ = read(heads, row, address="Work email")
    assert (fields, rows) == (("address", "name"), [[ANN, "Ann Alder"]])


def test_dues_by_the_words_of_a_statewide_file() -> None:
    heads: list[Cell] = ["Amount", "Expiration date", "Payment date", "Email"]
    row: list[Cell] = ["$25", "2027-01-15", "2026-01-15", ANN]
    assert read(heads, row, wanted=YEAR_COLUMNS["dues"])[:2] == (
        ("address", "paid", "through"),
        [[ANN, "2026-01-15", "2027-01-15"]],
    )


def test_every_row_has_the_day_of_the_event_but_a_blank_one() -> None:
    found = read_list([["Email"], [ANN], [], ["bo@example.org"]], PEOPLE, "list.csv", "UTC", {})
    dated = with_day(found.table, "2026-03-20")
    assert dated.fields == ("address", "at")
    assert dated.rows == [[ANN, "2026-03-20"], [None, None], ["bo@example.org", "2026-03-20"]]
    assert str(dated.place(0, "at")) == "list.csv!2:2"


def test_only_lists_are_kept_without_a_reading() -> None:
    assert is_imported(f"{ATTENDEES}2026-03-20 Forum")
    assert is_imported(DUES_FILE)
    assert not is_imported("workbook attendees")
    assert not is_imported("form dues file")
