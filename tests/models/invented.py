"""An invented chapter for the tests: its people live at example.org, its sheets are lists."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from models.bylaws.rules import Bylaws, bylaws_from
from models.intake.columns import COLUMNS
from models.intake.locations import SourceLocation
from models.intake.participation import Event
from models.intake.people import PersonId
from models.intake.tables import Cell, Table, table_from
from models.membership.fulfilment import NOTHING, OwnFacts
from models.membership.identity import Claim
from models.membership.voter_roll import Entry, Facts, gather
from models.membership.voting_status import VotingStatus, determine_status
from models.privacy import Email

BOSTON = ZoneInfo("America/New_York")
KEY = b"the invented ledger's own secret"
EDITIONS = Path(__file__).parents[2] / "models" / "bylaws" / "editions"
TOML = tomllib.loads((EDITIONS / "jp-progressives.toml").read_text("utf-8"))
JPP = bylaws_from(TOML, "jp-progressives.toml")

Line = Mapping[str, Cell]
"""One row of a tab: cells by header."""


def day(iso: str) -> date:
    """``2026-03-31`` as a date."""
    return date.fromisoformat(iso)


_KINDS = (
    "monthly meetings, workstream meetings, forums, candidate forums, volunteer activities, etc."
)
FIVE_VALUES: dict[str, dict[str, object]] = {
    "events_needed": {
        "value": 3, "rule": "VM-1", "cite": "have attended at least three JP events",
    },
    "volunteer_activities_needed": {
        "value": 1,
        "rule": "VM-1",
        "cite": "volunteered for at least one activity organized by JP Progressives in the past "
        "year",
    },
    "window": {
        "value": "trailing year",
        "alternatives": ["calendar year"],
        "rule": "VM-R1",
        "cite": 'ruling: "attend at least 3 events annually" is read as the year ending on the day '
        "asked about",
    },
    "qualifying_kinds": {
        "value": ["monthly meeting", "workstream meeting", "forum", "candidate forum",
                  "volunteer activity"],
        "rule": "VM-2",
        "cite": _KINDS,
    },
    "volunteer_kinds": {"value": ["volunteer activity"], "rule": "VM-2", "cite": _KINDS},
}  # fmt: skip
"""JP Progressives' membership as files said it before there were paths; it is still read."""


def amended(*, name: str = "amended", starting: str = "2016-01-01", **values: object) -> Bylaws:
    """JP Progressives' bylaws with other values from a day on; their own edition stands before.

    Args:
        values: of the five values of a file of before, or `membership`, a whole one.
    """
    first = TOML["editions"][0]
    whole = values.pop("membership", None)
    five = {key: {**FIVE_VALUES[key], "value": new} for key, new in values.items()}
    amendment = {
        **first,
        "name": name,
        "effective_from": day(starting),
        "membership": whole or {**FIVE_VALUES, **five},
    }
    before = [first] if day(starting) > first["effective_from"] else []
    return bylaws_from({"chapter": "invented", "editions": [*before, amendment]}, "a test")


def example(name: str) -> Bylaws:
    """The bylaws of a chapter that put an example's membership in place of the built-in one."""
    text = (EDITIONS / "jp-progressives.toml").read_text("utf-8")
    head, _, rest = text.partition("[editions.membership")
    _, mark, counting = rest.partition("# ── how votes are counted ──")
    other = (EDITIONS / "examples" / f"{name}.toml").read_text("utf-8")
    whole = (
        f"{head}[editions.membership{other.partition('[editions.membership')[2]}\n{mark}{counting}"
    )
    return bylaws_from(tomllib.loads(whole), f"{name}.toml")


BY_CALENDAR_YEAR = amended(window="calendar year")


# ── one person's events, for the judge alone ──


def event(
    on: str,
    name: str = "",
    *,
    kind: str = "monthly meeting",
    counts: bool | None = None,
    cancelled: bool = False,
) -> Event:
    """Something the chapter held, or meant to hold, on a day."""
    return Event(
        place=SourceLocation("Events", ""),
        day=day(on),
        name=name or kind,
        kind=kind,
        counts=counts,
        cancelled=cancelled,
    )


def helped(on: str, name: str = "canvass") -> Event:
    """A volunteer activity."""
    return event(on, name, kind="volunteer activity")


def judged(
    *attended: Event,
    on: str,
    bylaws: Bylaws = JPP,
    missed: Iterable[Event] = (),
    own: OwnFacts = NOTHING,
) -> VotingStatus:
    """The standing of somebody who attended these events.

    Args:
        missed: what the chapter held beside.
    """
    return determine_status(attended, bylaws, day(on), held=missed, own=own)


# ── sheets, for everything from the cell to the roll ──


def held(
    on: Cell, name: str, *, kind: str = "Monthly meeting", counts: Cell = "", status: str = ""
) -> Line:
    """A row of the Events tab."""
    return {"Date": on, "Event": name, "Kind": kind, "Counts": counts, "Held": status}


def signed_in(to: str, address: Cell, name: Cell = "", *, at: Cell = "") -> Line:
    """A row of the Sign-ins tab."""
    return {"Event": to, "Email address": address, "Name": name, "Timestamp": at}


def volunteered(on: Cell, activity: str, address: Cell, name: Cell = "") -> Line:
    """A row of the volunteer log."""
    return {"Date": on, "Activity": activity, "Email address": address, "Name": name}


def registered(name: Cell, address: Cell, **more: Cell) -> Line:
    """A row of the Registrations tab; `more` by field, e.g. ``wants_email="Yes"``."""
    headers = COLUMNS["registrations"].headers
    return {
        "Name": name,
        "Email address": address,
        **{headers[field]: cell for field, cell in more.items()},
    }


def exception(
    what: str, address: str, *, on: str = "2026-01-15", by: str = "Sam Secretary",
    because: str = "the paper sheet shows it", **more: Cell,
) -> Line:  # fmt: skip
    """A row of the Exceptions tab; `more` by field, e.g. ``event="Forum"``."""
    headers = COLUMNS["exceptions"].headers
    return {
        "Date": on,
        "Decided by": by,
        "Reason": because,
        "What": what,
        "Email address": address,
        **{headers[field]: cell for field, cell in more.items()},
    }


TITLES = {
    "events": "Events",
    "sign_ins": "Sign-ins",
    "event_sign_ins": "One event",
    "volunteers": "Volunteers",
    "registrations": "Registrations",
    "exceptions": "Exceptions",
}


def table(
    kind: str, lines: Iterable[Line], *, zone: str = "America/New_York", tab_event: str = ""
) -> Table:
    """A tab with the usual headers, as the Sheets API would give it."""
    headers = list(COLUMNS[kind].headers.values())
    grid: list[list[Cell]] = [list(headers)]
    grid += [[line.get(header) for header in headers] for line in lines]
    return table_from(TITLES[kind], grid, COLUMNS[kind], zone, tab_event=tab_event)


def gathered(
    *more: Table,
    today: str,
    events: Iterable[Line] = (),
    sign_ins: Iterable[Line] = (),
    volunteers: Iterable[Line] = (),
    registrations: Iterable[Line] = (),
    exceptions: Iterable[Line] = (),
    bylaws: Bylaws = JPP,
    zone: ZoneInfo = BOSTON,
    sheet_zone: str = "America/New_York",
    ids: Mapping[Claim, PersonId] | None = None,
) -> Facts:
    """Everything the chapter's sheets say on a day."""
    tabs = {
        "events": events,
        "sign_ins": sign_ins,
        "volunteers": volunteers,
        "registrations": registrations,
        "exceptions": exceptions,
    }
    tables = [table(kind, lines, zone=sheet_zone) for kind, lines in tabs.items()]
    return gather([*tables, *more], bylaws, zone, day(today), ids or {}, KEY)


def entries(facts: Facts, address: str, on: str = "") -> list[Entry]:
    """Everybody on the roll who holds an address."""
    roll = facts.roll(day(on) if on else facts.today)
    return [e for e in roll.entries.values() if Email.parse(address) in e.person.addresses]


def entry(facts: Facts, address: str, on: str = "") -> Entry:
    """The one person who holds an address."""
    (found,) = entries(facts, address, on)
    return found


def said(facts: Facts) -> str:
    """All that the review says, for looking something up in it."""
    return "\n".join(
        f"{i.place} [{i.weight}] {i.reason} -> {i.next_step} {i.rule}" for i in facts.review
    )
