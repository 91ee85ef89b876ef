"""Whatever stands in a cell of a tab: a record, or a row set aside; never a crash."""

import json
import math
from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connectors.google.wire import serial
from connectors.ledger.columns import pack, unpack
from models.dates import NotADay, moment_of
from models.errors import FixTheSettings
from models.intake.columns import COLUMNS
from models.intake.people import Person
from models.intake.tables import Cell, find_columns, sound, table_from
from models.membership.voter_roll import Facts, gather
from models.unmask import reveal
from tests.models.invented import BOSTON, JPP, KEY, day

ROWS: dict[str, dict[str, Cell]] = {
    "events": {"day": "2026-03-04", "name": "Forum", "kind": "forum"},
    "sign_ins": {"at": 46085.5, "event": "Forum", "address": "ann@example.org", "name": "Ann"},
    "event_sign_ins": {"at": 46085.5, "address": "ann@example.org", "name": "Ann"},
    "volunteers": {"day": "2026-03-04", "activity": "canvass", "address": "ann@example.org"},
    "statewide": {"at": 46085.5, "address": "ann@example.org", "town": "A", "wants_email": "yes"},
    "registrations": {"at": 46085.5, "name": "Ann", "address": "ann@example.org"},
    "exceptions": {
        "decided": "2026-03-04", "decided_by": "Bea", "reason": "seen there", "kind": "attended",
        "address": "ann@example.org", "event": "Forum",
    },
}  # fmt: skip
"""A row of each kind that is read without a complaint."""

ODD: tuple[Cell, ...] = (
    None, True, False, 0, -1, 1e308, -1e308, math.inf, -math.inf, math.nan, 10**5000, -(10**5000),
    2958465, 2958465.9999999999, 2958466, -693593, -693593.5, "0001-01-01", "9999-12-31",
    "9999-12-31 23:59", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00+14:00", "12/31/9999",
    "\ud800", "a\udfff@example.org", "Ann \ud83d\ude00", "x" * 50_000, "N" * 3_000, "9" * 5_000,
    "\x00", "An\x00n", "\x1b[2J\x1b]0;owned\x07", "\u202eevil\u202c", "zero\u200bwidth", "\ufeff",
    "=HYPERLINK(1)", "²", "٣/٣/٢٠٢٦", "@", "a@b@c",
)  # fmt: skip


def read(kind: str, cells: dict[str, Cell], zone: str = "America/New_York") -> Facts:
    """A chapter with one event, and one row of one kind."""
    tables = []
    for its in dict.fromkeys(("events", kind)):
        row = cells if its == kind else ROWS[its]
        headers: list[Cell] = [COLUMNS[its].headers[field] for field in row]
        grid = [headers, list(row.values())]
        tables.append(table_from(its, grid, COLUMNS[its], zone, tab_event="Forum"))
    tables = [  # as the ledger gives them back
        type(t)(**{s: getattr(t, s) for s in t.__slots__} | {"rows": unpack(pack(t.rows))})
        for t in tables
    ]
    return gather(tables, JPP, BOSTON, day("2026-03-31"), {}, KEY)


def texts(facts: Facts) -> list[str]:
    """All that may be shown, sent or kept of it."""
    people: list[Person] = list(facts.known.people.values())
    return [
        *(f"{event.name} {event.kind} {event.partner}" for event in facts.events),
        *(reveal(person.name) for person in people if person.name),
        *(reveal(address) for person in people for address in person.addresses),
        *(person.district for person in people),
        *(f"{item.place} {item.reason} {item.next_step}" for item in facts.review),
    ]


any_cell = st.one_of(
    st.sampled_from(ODD),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(), max_size=40),  # surrogates and controls among them
    st.dates().map(str),
    st.datetimes().map(str),
)
any_place = st.sampled_from([(kind, field) for kind in COLUMNS for field in COLUMNS[kind].headers])
any_zone = st.sampled_from(["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"])


def check(kind: str, field: str, cell: Cell, zone: str = "America/New_York") -> None:
    facts = read(kind, ROWS[kind] | {field: cell}, zone)
    for box in facts.boxes:
        assert box.rows == box.records + box.set_aside + box.unsent <= 1
    for on in (date(2026, 3, 31), date.min.replace(year=2016), date.max):
        facts.roll(on)
    for text in texts(facts):
        text.encode()
        assert text.replace("\u200d", "").isprintable(), "no control character reaches a screen"


@pytest.mark.parametrize("cell", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("kind", list(ROWS))
def test_an_odd_cell_in_any_column(kind: str, cell: Cell) -> None:
    for field in COLUMNS[kind].headers:
        check(kind, field, cell)


@given(any_place, any_cell, any_zone)
def test_any_cell_in_any_column(place: tuple[str, str], cell: Cell, zone: str) -> None:
    check(*place, cell, zone)


@given(st.lists(any_cell, max_size=5))
@example([10**5000, "\ud800"])
def test_any_header(headers: list[Cell]) -> None:
    """A header is missing: told in letters that can be printed, and no address is repeated."""
    with pytest.raises(FixTheSettings) as said:
        find_columns("Sign-ins", [[*headers, "Event"], ["Event"]], COLUMNS["sign_ins"])
    told = str(said.value)
    assert told.replace("\nNext: ", "").isprintable()
    assert "@" not in told


@given(any_cell)
def test_a_moment_is_one_or_is_none(cell: Cell) -> None:
    with suppress(NotADay):
        moment_of(cell, ZoneInfo("Pacific/Kiritimati"))


@given(any_cell)
@example(2958465.9999999999)
def test_a_ballots_time_is_one_or_is_none(cell: Cell) -> None:
    serial(cell, ZoneInfo("Pacific/Kiritimati"))


@given(any_cell)
def test_a_sound_cell_can_be_kept(cell: Cell) -> None:
    kept = sound(cell)
    json.dumps(kept, ensure_ascii=False).encode()
    str(kept).encode()


def test_half_a_character_becomes_the_mark_of_one() -> None:
    """A lone surrogate is no text: nothing can write it. A pair is the character it means."""
    assert sound("Ann \ud83d") == "Ann \ufffd"
    assert sound("\ud83d\ude00") == "😀"


def test_a_header_with_an_invisible_mark_is_found() -> None:
    assert find_columns("Sign-ins", [["\ufeffEvent", "Email\u00a0address\u200b"]],
                        COLUMNS["sign_ins"]) == {"event": (0,), "address": (1,)}  # fmt: skip
