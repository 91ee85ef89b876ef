"""Rows to facts: tidy, typed, or set aside with the cell, the reason and the next step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.intake.columns import COLUMNS
from models.intake.event_rows import read_events
from models.intake.locations import Weight
from models.intake.parsing import parsed
from models.intake.participation import SignIn
from models.intake.people import Registration
from models.intake.report import (
    read_exceptions,
    read_registrations,
    read_sign_ins,
    read_volunteers,
)
from models.intake.row_results import RowResults
from models.intake.rows import LONGEST_CELL
from models.intake.tables import Cell, Table
from models.privacy import Email, Name
from models.unmask import reveal
from tests.models.invented import (
    BOSTON,
    Line,
    day,
    exception,
    held,
    registered,
    signed_in,
    table,
    volunteered,
)

ANN = "ann@example.org"
NONE = "this is not an email address"
INSIDE = "space", "comma", "semicolon", "slash"


def sign_in(line: Line) -> tuple[SignIn | None, RowResults]:
    """One row of the Sign-ins tab, read."""
    tray = RowResults()
    found = list(read_sign_ins(table("sign_ins", [line]), BOSTON, tray))
    return (found[0] if found else None), tray


def registration(line: Line) -> tuple[Registration | None, RowResults]:
    """One row of the Registrations tab, read."""
    tray = RowResults()
    found = read_registrations(table("registrations", [line]), BOSTON, tray)
    return (found[0] if found else None), tray


def complaint(tray: RowResults) -> str:
    """The one thing that was said about the row."""
    (item,) = tray.review
    return f"{item.place} [{item.weight}] {item.reason} -> {item.next_step}"


# ── addresses ──

UNUSUAL = "in it is not the character it looks like"


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("ann@example.org", ANN),
        ("  ann@example.org ", ANN),
        ("Ann@Example.ORG", ANN),
        ("ann@example.org.", ANN),
        ("ann@example.org,", ANN),
        ("mailto:ann@example.org", ANN),
        ("Ann Alder <ann@example.org>", ANN),
        ("<ann@example.org>", ANN),
        ("ann@example.org\u200b", ANN),
        ("\ufeffann@example.org\n", ANN),
        ("ann+jpp@example.org", "ann+jpp@example.org"),
        ("o'hara@example.org", "o'hara@example.org"),
        ("ann @ example.org", ANN),
        ("ann@ example.org", ANN),
        ("ann＠example．org", ANN),
        ("'ann@example.org", ANN),
        ("“ann@example.org”", ANN),
        ("(ann@example.org)", ANN),
        ("ann@example.org>", ANN),
        ("MAILTO: ann@example.org", ANN),
        ("Ann <mailto:ann@example.org>,", ANN),
        ("*ann@example.org", ANN),
        ("=ann@example.org", ANN),
        ("-ann@example.org", ANN),
        ("– ann@example.org", ANN),
        ("'ann'@example.org", ANN),
        ('"ann"@example.org', ANN),
        ("ａｎｎ@example.org", ANN),
        ("ann‑x@example.org", "ann-x@example.org"),
        ("o’hara@example.org", "o'hara@example.org"),
        ("JOSÉ@example.org", "josé@example.org"),
        ("jose\u0301@example.org", "josé@example.org"),
        ("ann@bücher.example.org", "ann@xn--bcher-kva.example.org"),
        ("ann@пример.example.org", "ann@xn--e1afmkfd.example.org"),
    ],
)
def test_an_address_is_tidied_and_never_altered(cell: str, address: str) -> None:
    found, tray = sign_in(signed_in("Forum", cell))
    assert found is not None
    assert found.address is not None
    assert reveal(found.address) == address
    assert tray.review == []


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("ann@example.org ben@example.org", "there are two addresses here"),
        ("ann@example.org, ben@example.org", "there are two addresses here"),
        ("ann@example.org/ben@example.org", "there are two addresses here"),
        ("ann alder@example.org", "the address contains a space"),
        ("ann alder @ example.org", "the address contains a space"),
        ("ann@example,org", "the address contains a comma"),
        ("ann", f"{NONE}: it has no @"),
        ("ann@@example.org", f"{NONE}: it has two @"),
        ("ann (at) example.org", f"{NONE}: it has no @"),
        ("ann@", f"{NONE}: nothing is after the @"),
        ("@example.org", f"{NONE}: nothing is before the @"),
        ("ann@example", f"{NONE}: the part after the @ has no dot, as in example.org"),
        ("ann..alder@example.org", f"{NONE}: it has two dots in a row"),
        ("ann@exa_mple.org", NONE),
        ("ann@exаmple.org", f"{NONE}: “а” CYRILLIC SMALL LETTER A {UNUSUAL}"),
        ("аnn@example.org", f"{NONE}: “а” CYRILLIC SMALL LETTER A {UNUSUAL}"),
        ("ann@сосо.example.org", f"{NONE}: “с” CYRILLIC SMALL LETTER ES {UNUSUAL}"),
        ("ann@maıl.example.org", f"{NONE}: “ı” LATIN SMALL LETTER DOTLESS I {UNUSUAL}"),
        ("=HYPERLINK(1)", f"{NONE}: it has no @"),
        ("<script>", f"{NONE}: it has no @"),
        (6175550123, f"{NONE}: it has no @"),
    ],
)
def test_what_is_no_single_address_is_set_aside_and_not_guessed_at(cell: Cell, reason: str) -> None:
    found, tray = sign_in(signed_in("Forum", cell))
    assert found is None
    assert complaint(tray) == f"Sign-ins!C2 [set aside] {reason} -> correct the cell"


@pytest.mark.parametrize(
    "cell",
    ["ann@example.org, work@example.org", "ann@example.org;work@example.org",
     "ann@example.org / work@example.org", "ann@example.org work@example.org",
     "ann@example.org\nwork@example.org", "ANN@example.org or work@example.org",
     "ann@example.org, work@example.org, ann@example.org",
     "Ann Alder <ann@example.org>, Ann at work <work@example.org>",
     "'ann @ example.org, mailto: work@example.org"],
)  # fmt: skip
def test_a_registration_may_give_several_addresses_in_one_cell(cell: str) -> None:
    found, _ = registration(registered("Ann Alder", cell))
    assert found is not None
    assert [reveal(a) for a in found.addresses] == [ANN, "work@example.org"]


def test_one_bad_address_among_several_sets_the_registration_aside() -> None:
    found, tray = registration(registered("Ann Alder", "ann@example.org, work@"))
    assert found is None
    assert "Registrations!C2 [set aside] this is not an email address" in complaint(tray)


# ── names, phones, other cells ──


@pytest.mark.parametrize(
    "cell",
    ['=HYPERLINK("http://example.org","Ann")', "<script>alert(1)</script>", "+Ann", "@Ann",
     "*|UNSUB|*", "Ann\r\nBcc: ben@example.org", "{{7*7}}"],
)  # fmt: skip
def test_formulas_html_and_merge_tags_in_a_name_are_text_on_one_line(cell: str) -> None:
    found, tray = sign_in(signed_in("Forum", ANN, cell))
    assert found is not None
    assert found.name is not None
    assert reveal(found.name) == " ".join(cell.split())
    assert tray.review == []


def test_a_name_is_composed_and_its_control_characters_go() -> None:
    assert reveal(Name.parse("  Jose\u0301\tde\u0000la\u202eVega ")) == "José de la Vega"


def test_a_cell_of_fifty_thousand_characters_is_set_aside_when_the_row_needs_it() -> None:
    found, tray = sign_in(signed_in("x" * 50_000, ANN))
    assert found is None
    assert complaint(tray) == (
        f"Sign-ins!B2 [set aside] the cell has 50000 characters; at most {LONGEST_CELL} are "
        "allowed -> shorten the cell"
    )


def test_a_cell_of_fifty_thousand_characters_is_noted_when_the_row_can_do_without() -> None:
    found, tray = sign_in(signed_in("Forum", ANN, "x" * 50_000))
    assert found is not None
    assert found.name is None
    assert "Sign-ins!D2 [note] the cell has 50000 characters" in complaint(tray)


def test_a_name_as_long_as_a_book_is_noted_and_the_row_used() -> None:
    found, tray = sign_in(signed_in("Forum", ANN, "Ann " * 60))
    assert found is not None
    assert "Sign-ins!D2 [note] the name is longer than 200 characters" in complaint(tray)


def test_a_timestamp_nobody_can_read_is_noted_and_the_row_used() -> None:
    found, tray = sign_in(signed_in("Forum", ANN, at="2/30/2026"))
    assert found is not None
    assert found.day is None
    assert complaint(tray) == (
        "Sign-ins!A2 [note] the date is impossible -> write the date like 2026-03-31, or "
        "format the cell as a date"
    )


def test_a_merged_cell_is_missing_in_all_rows_but_the_first() -> None:
    tray = RowResults()
    rows = [signed_in("Forum", ANN), signed_in("", "ben@example.org")]
    assert len(list(read_sign_ins(table("sign_ins", rows), BOSTON, tray))) == 1
    assert complaint(tray) == (
        "Sign-ins!B3 [set aside] the event is missing -> fill in the cell (in merged cells, "
        "only the first one has the text)"
    )


def test_a_number_is_read_as_the_text_it_shows() -> None:
    found, _ = sign_in(signed_in("2026", ANN))
    as_number, _ = sign_in({**signed_in("", ANN), "Event": 2026.0})
    assert found is not None
    assert as_number is not None
    assert found.event == as_number.event == "2026"


@pytest.mark.parametrize("phone", ["617 555 0123", "(617) 555-0123", 6175550123, 6175550123.0])
def test_a_phone_is_its_digits(phone: Cell) -> None:
    found, _ = registration(registered("Ann Alder", ANN, phone=phone))
    assert found is not None
    assert found.phone is not None
    assert reveal(found.phone) == "6175550123"


@pytest.mark.parametrize("phone", ["12345", "call Ben", "1234567890123456"])
def test_a_phone_that_is_none_is_noted_and_the_registration_used(phone: str) -> None:
    found, tray = registration(registered("Ann Alder", ANN, phone=phone))
    assert found is not None
    assert "[note] this is not a telephone number" in complaint(tray)


# ── the other kinds of row ──


def test_an_event_row_is_read_with_all_its_cells() -> None:
    tray = RowResults()
    line = {**held(46089, " October  Forum ", kind="FORUM", counts="yes"), "Partner": "PMA"}
    (found,) = read_events(table("events", [line]), BOSTON, tray)
    assert (found.day, found.name, found.kind) == (day("2026-03-08"), "October Forum", "forum")
    assert (found.counts, found.cancelled, found.partner) == (True, False, "PMA")
    assert tray.review == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (held("", "Forum"), "Events!A2 [set aside] the date is missing"),
        (held("soon", "Forum"), "Events!A2 [set aside] this is not a date"),
        (held("2026-02-30", "Forum"), "Events!A2 [set aside] the date is impossible"),
        (held("2026-03-08", ""), "Events!B2 [set aside] the event's name is missing"),
        (held("2026-03-08", "Forum", counts="half"), "Events!D2 [set aside] this is neither yes"),
        (held("2026-03-08", "Forum", status="hm"), "Events!E2 [set aside] this cell does not"),
    ],
)
def test_an_event_row_that_leaves_a_rule_open_is_set_aside(line: Line, said: str) -> None:
    tray = RowResults()
    assert read_events(table("events", [line]), BOSTON, tray) == []
    assert complaint(tray).startswith(said)


@pytest.mark.parametrize("word", ["", "yes", "Held", True])
def test_an_event_is_held_when_nobody_says_otherwise(word: Cell) -> None:
    line = {**held("2026-03-08", "Forum"), "Held": word}
    (found,) = read_events(table("events", [line]), BOSTON, RowResults())
    assert not found.cancelled


def test_a_volunteer_row_needs_a_day_and_an_activity() -> None:
    tray = RowResults()
    rows = [
        volunteered("2026-03-08", "Canvass", ANN),
        volunteered("", "Canvass", ANN),
        volunteered("2026-03-08", "", ANN),
    ]
    assert len(list(read_volunteers(table("volunteers", rows), BOSTON, tray))) == 1
    assert [str(item.place) for item in tray.review] == ["Volunteers!A3", "Volunteers!B4"]


def test_a_registration_needs_a_name_and_an_address() -> None:
    tray = RowResults()
    rows = [registered("", ANN), registered("Ann Alder", "")]
    assert read_registrations(table("registrations", rows), BOSTON, tray) == []
    assert [item.reason for item in tray.review] == [
        "the name is missing",
        "the email address is missing",
    ]


# ── nothing is lost, nothing is repeated ──

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 60_000),
    st.floats(40_000, 60_000),
    st.text(max_size=30),
    st.sampled_from([ANN, "ben@example.org", "Forum", "2026-03-08", "yes", "no", "attended"]),
)
READERS = {
    "events": read_events,
    "sign_ins": read_sign_ins,
    "event_sign_ins": read_sign_ins,
    "volunteers": read_volunteers,
    "registrations": read_registrations,
    "exceptions": read_exceptions,
}


@given(kind=st.sampled_from(sorted(READERS)), data=st.data())
def test_every_row_is_a_record_or_set_aside(kind: str, data: st.DataObject) -> None:
    headers = list(COLUMNS[kind].headers.values())
    lines = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(headers, CELLS)), max_size=5))
    tab, tray = table(kind, lines, tab_event="Forum"), RowResults()
    found = list(READERS[kind](tab, BOSTON, tray))
    (box,) = tray.boxes
    set_aside = [item for item in tray.review if item.weight is Weight.SET_ASIDE]
    assert box.rows == len(list(tab.filled())) == box.records + box.set_aside + box.unsent
    assert (box.records, box.set_aside) == (len(found), len(set_aside))
    for item in tray.review:
        assert item.reason
        assert item.next_step
        assert str(item.place).startswith((f"{tab.source}!", f"{tab.source}, rows "))


SECRET = "Zyxwvut"


@pytest.mark.parametrize("spoilt", ["{}@", "{}@{}@example.org", "{} {}@example.org", "{}" * 300])
@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("events", held("2026-03-08", "Forum")),
        ("sign_ins", signed_in("Forum", ANN, at="2026-03-08")),
        ("volunteers", volunteered("2026-03-08", "Canvass", ANN)),
        ("registrations", registered("Ann", ANN, phone="6175550123", at="2026-03-08")),
        ("exceptions", exception("attended", ANN, event="Forum")),
    ],
)
def test_no_complaint_repeats_what_stands_in_the_cell(kind: str, line: Line, spoilt: str) -> None:
    cell = spoilt.replace("{}", SECRET)
    for header in COLUMNS[kind].headers.values():
        tray = RowResults()
        list(READERS[kind](table(kind, [{**line, header: cell}]), BOSTON, tray))
        for item in tray.review:
            assert SECRET.casefold() not in repr(item).casefold()


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused_without_repeating_it(text: str) -> None:
    found = parsed(text, Email)
    if isinstance(found, Email):
        assert Email.parse(reveal(found)) == found
    else:
        assert found.partition(":")[0] in {
            "there are two addresses here",
            *(f"the address contains a {what}" for what in INSIDE),
            NONE,
        }


def test_a_table_of_a_form_is_read_like_a_tab() -> None:
    form = Table(
        "Sign-in form",
        "sign_ins",
        "Etc/UTC",
        ("at", "event", "address"),
        (),
        [["2026-03-09T03:59:59.000Z", "Forum", ANN], ["2026-03-09T04:00:00.000Z", "", ANN]],
        row_names=("r1", "r2"),
    )
    tray = RowResults()
    (found,) = read_sign_ins(form, BOSTON, tray)
    assert found.day == day("2026-03-08")
    assert complaint(tray).startswith("Sign-in form!response r2 [set aside] the event is missing")


def test_an_address_in_the_wrong_column_is_shown_nowhere() -> None:
    rows = table("volunteers", [volunteered("2026-03-08", f"by {ANN}", ANN)])
    (activity,) = read_volunteers(rows, BOSTON, RowResults())
    assert activity.activity == "by •••"
