"""What the rules find on a day holds until the day that they say it may change, and no rule more.

The sheets are invented. They are read and judged on a day that remembers what it was compared with,
and then anew on each plain day before the one on which something may change.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.settings import bylaws
from models.bylaws.rules import Bylaws
from models.days_ahead import DAY, DaysAhead
from models.intake.tables import Cell, Table
from models.mail.audience import FieldNames, desired
from models.mail.notices import KINDS, occasion
from models.membership.voter_roll import VoterRoll, gather
from models.year.book import read_year

ZONE = ZoneInfo("America/New_York")
TODAY = date(2026, 12, 10)
"""Near the end of a year, and of an edition."""
KNOWN = [f"Event {n}" for n in range(8)]
WHO = [f"person{n}@example.org" for n in range(5)]
DAYS = st.integers(-420, 60).map(lambda n: (TODAY + timedelta(days=n)).isoformat())
KINDS_OF_EVENTS = st.sampled_from(["monthly meeting", "forum", "social", "volunteer activity"])
EVENTS = st.tuples(DAYS, st.sampled_from(KNOWN), KINDS_OF_EVENTS, st.sampled_from([None, "yes"]))
SIGN_INS = st.tuples(DAYS, st.sampled_from(KNOWN), st.sampled_from(WHO))
LOG = st.tuples(DAYS, st.just("Canvass"), st.sampled_from(WHO))
EXCEPTIONS = st.tuples(
    DAYS, st.just("Ann Officer"), st.just("was there"),
    st.sampled_from(["attended", "did not attend", "volunteered"]),
    st.sampled_from(WHO), st.sampled_from(KNOWN), DAYS,
)  # fmt: skip
REGISTRATIONS = st.tuples(DAYS, st.just("Pat Poplar"), st.sampled_from(WHO))
DISCLOSED = st.tuples(
    DAYS, st.just("Ann Alder"), st.just("Event 1"), st.just("campaign"), DAYS, DAYS
)
SHEETS: dict[str, tuple[tuple[str, ...], Any]] = {
    "events": (("day", "name", "kind", "counts"), EVENTS),
    "sign_ins": (("at", "event", "address"), SIGN_INS),
    "volunteers": (("day", "activity", "address"), LOG),
    "exceptions": (
        ("decided", "decided_by", "reason", "kind", "address", "event", "event_day"), EXCEPTIONS,
    ),
    "registrations": (("at", "name", "address"), REGISTRATIONS),
    "disclosures": (("told", "name", "about", "kind", "since", "until"), DISCLOSED),
}  # fmt: skip
BYLAWS: Bylaws = bylaws.read(Path("none"), "jp-progressives")


@st.composite
def sheets(draw: st.DrawFn) -> list[Table]:
    """A chapter's tabs."""
    return [
        _table(kind, fields, draw(st.lists(rows, max_size=9)))
        for kind, (fields, rows) in SHEETS.items()
    ]


def _table(kind: str, fields: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Table:
    columns = tuple(range(len(fields)))
    return Table(kind.title(), kind, str(ZONE), fields, columns, [list(row) for row in rows])


def found(tables: list[Table], on: Any) -> tuple[list[str], dict[str, Any]]:
    """What is asked, and everybody's standing with what it leads to."""
    facts = gather(tables, BYLAWS, ZONE, on, {}, b"key", chapter="Rivertown")
    book = read_year(tables, ZONE, on, BYLAWS.closest(on).counting)
    roll = VoterRoll(on, facts.roll(on).entries)
    wanted = desired(roll, {}, FieldNames())
    said = [
        f"{one.place} {one.weight} {one.reason} {one.next_step}"
        for one in [*facts.review, *book.review]
    ]
    stand = {
        person: (
            entry.standing.status, entry.standing.spell, entry.standing.counted,
            [str(why.fact) for why in entry.standing.because], entry.standing.edition,
            [occasion(kind, entry) for kind in KINDS],
        )
        for person, entry in roll.entries.items()
    }  # fmt: skip
    return [*said, *map(str, wanted.unreachable.values())], stand


@given(sheets())
@settings(max_examples=25)
def test_nothing_changes_before_the_day_that_is_named(tables: list[Table]) -> None:
    ahead = DaysAhead(TODAY)
    at_first = found(tables, ahead.today)
    until = ahead.changes
    assert at_first == found(tables, TODAY)
    for n in range(1, min((until - TODAY).days, 60)):
        assert found(tables, TODAY + n * DAY) == at_first
