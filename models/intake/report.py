"""Turn rows into facts: every row becomes a validated record or is skipped; none is lost.

`read_*` return the records and leave the rest in the tray: rows = records + skipped, always.
A message names the cell and never repeats what is in it.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from zoneinfo import ZoneInfo

from models.intake.consents import boxes_of
from models.intake.locations import SourceLocation
from models.intake.marks import came
from models.intake.participation import (
    ExceptionKind,
    RecordedException,
    SignIn,
    VolunteerActivity,
)
from models.intake.people import Registration
from models.intake.rosters import MARK
from models.intake.row_results import RowResults, records
from models.intake.rows import Row, Unreadable
from models.intake.tables import Table
from models.intake.twice import in_order
from models.intake.unsent import has_time
from models.privacy import Email, Name
from models.text.folding import folded, unmarked
from models.text.sentences import Sentence

_NO_OTHERS = (
    Sentence("this cell has no other address"),
    Sentence("you do not need to do anything; an empty cell means the same"),
)
_FILL_IN, _NO_ADDRESS = Sentence("fill in the cell"), Sentence("the email address is missing")


def read_sign_ins(table: Table, zone: ZoneInfo, tray: RowResults) -> Iterator[SignIn]:
    """A sign-in tab or form; one that belongs to a single event names it in `tab_event`."""
    is_roster = MARK in table.fields
    called: dict[str, str] = {}

    def event_of(row: Row) -> str:
        cell = row.cell("event")
        if type(cell) is not str:
            return _called(row)
        if cell not in called:  # the rows of one event say the same
            called[cell] = _called(row)
        return called[cell]

    def read(row: Row, place: SourceLocation) -> SignIn:
        if is_roster and not came(row.cell(MARK)):
            raise Unreadable(
                MARK, Sentence("this mark does not clearly say whether the person came"),
                Sentence("write x if they came, or empty the cell if they did not"), "VM-R2",
            )  # fmt: skip
        return SignIn(
            place=place,
            day=row.if_readable(row.day, "at"),
            event=table.tab_event or event_of(row),
            address=row.address("address"),
            name=row.if_readable(row.name, "name"),
        )

    return records(table, zone, tray, read)


def _called(row: Row) -> str:
    """What a sign-in calls its event; a day, as a number or as a text, is the event's day."""
    text = row.text("event", needed=Sentence("event"))
    if type(row.cell("event")) in (int, float) or has_time(text):
        with suppress(Unreadable):
            return str(row.day("event"))
    return text


def read_volunteers(table: Table, zone: ZoneInfo, tray: RowResults) -> Iterator[VolunteerActivity]:
    """The volunteer log (VM-1, VM-2)."""

    def read(row: Row, place: SourceLocation) -> VolunteerActivity:
        return VolunteerActivity(
            place=place,
            day=row.must_day("day", Sentence("date")),
            activity=row.text("activity", needed=Sentence("activity")),
            address=row.address("address"),
            name=row.if_readable(row.name, "name"),
        )

    return records(table, zone, tray, read)


def read_registrations(
    table: Table, zone: ZoneInfo, tray: RowResults, boxes: Iterable[str] = ()
) -> list[Registration]:
    """The membership registrations; several addresses of one person may stand in one row.

    Args:
        boxes: the texts of the consent line's boxes; who ticked one has consented (DP-4).
    """
    ticked = boxes_of(boxes)

    def read(row: Row, place: SourceLocation) -> Registration:
        name = row.name("name")
        if name is None:
            raise Unreadable("name", Sentence("the name is missing"), _FILL_IN)
        addresses = [*row.addresses("address"), *_others(row)]
        if not addresses:
            raise Unreadable("address", _NO_ADDRESS, _FILL_IN)
        at = row.if_readable(row.day, "at")
        return Registration(
            place=place,
            at=at,
            moment=row.moment("at") if at else None,
            name=name,
            addresses=tuple(dict.fromkeys(addresses)),
            phone=row.if_readable(row.phone, "phone"),
            district=row.if_readable(row.text, "district") or "",
            wants_email=row.consents("wants_email", ticked),
        )

    found = list(records(table, zone, tray, read))
    moments = in_order([row.moment for row in found])
    return [
        row if row.moment is at else row.model_copy(update={"moment": at})
        for row, at in zip(found, moments, strict=True)
    ]


_NO_OTHER = re.compile(r"(?:n/?a|none|no|nil|null|same|-+|ninguna?)(?:$|@|[ .])")
"""What people write where there is no other address, even as one."""


def _others(row: Row) -> list[Email]:
    """Further addresses, which a registration can do without: “none” or “same” is noted."""
    if _NO_OTHER.match(folded(str(row.cell("other_addresses") or ""))):
        # Read as an address, “n/a” with a sign and a dot would make one person of all who wrote it.
        row.notes.append(Unreadable("other_addresses", *_NO_OTHERS))
        return []
    found = row.if_readable(row.addresses, "other_addresses")
    return row.named_by("other_addresses") if found is None else found


def read_exceptions(table: Table, zone: ZoneInfo, tray: RowResults) -> list[RecordedException]:
    """Dated, named, reasoned corrections (VM-R3)."""

    def read(row: Row, place: SourceLocation) -> RecordedException:
        kinds = {unmarked(kind.value): kind for kind in ExceptionKind}
        kind = kinds.get(unmarked(row.text("kind", needed=Sentence("kind of exception"))))
        if kind is None:
            step = Sentence("write one of: {kinds}", kinds=", ".join(kinds))
            raise Unreadable("kind", Sentence("this kind of exception is unknown"), step)
        address = row.address("address")
        if address is None:
            raise Unreadable("address", _NO_ADDRESS, _FILL_IN)
        record = RecordedException(
            place=place,
            decided=row.must_day("decided", Sentence("date of the decision")),
            decided_by=_decider(row),
            reason=row.text("reason", needed=Sentence("reason")),
            kind=kind,
            address=address,
            name=row.if_readable(row.name, "name"),
            event=row.text("event"),
            event_day=row.day("event_day"),
            other_address=row.address("other_address"),
        )
        if kind is ExceptionKind.SAME_PERSON and record.other_address is None:
            raise Unreadable("other_address", Sentence("the other address is missing"), _FILL_IN)
        if kind is ExceptionKind.VOLUNTEERED and record.event_day is None:
            raise Unreadable("event_day", Sentence("the day of the activity is missing"), _FILL_IN)
        if kind in (ExceptionKind.ATTENDED, ExceptionKind.DID_NOT_ATTEND) and not record.event:
            raise Unreadable("event", Sentence("the event is missing"), _FILL_IN)
        return record

    return list(records(table, zone, tray, read))


def _decider(row: Row) -> Name:
    row.text("decided_by", needed=Sentence("name of the person who decided"))
    name = row.name("decided_by")
    assert name is not None  # noqa: S101 - the line above has refused the blank
    return name
