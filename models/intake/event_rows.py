"""The rows of the Events tab as events (VM-2)."""

import re
from zoneinfo import ZoneInfo

from models.intake.held import counts, is_cancelled, partner
from models.intake.locations import SourceLocation
from models.intake.opposites import OFF
from models.intake.participation import Event, LostEvent
from models.intake.row_results import RowResults, records
from models.intake.rows import Row, Unreadable
from models.intake.tables import Table, holds
from models.privacy import one_line, redact_addresses
from models.text.folding import folded, unmarked
from models.text.sentences import Sentence


def read_events(table: Table, zone: ZoneInfo, tray: RowResults, chapter: str = "") -> list[Event]:
    """The Events tab (VM-2); of a skipped row, the tray keeps what other rows would call it.

    Args:
        chapter: its name, which is no partner's.
    """

    def read(row: Row, place: SourceLocation) -> Event:
        try:
            return _event(row, place, chapter)
        except Unreadable as exc:
            at_fault = table.place(row.number, exc.field)
            tray.lost.append(
                LostEvent(at_fault, _names(row), row.if_readable(row.day, "day"), *exc.told)
            )
            raise

    return list(records(table, zone, tray, read))


_AS_EVENT = {"event", "an event", "as event", "as an event", "event only", "only as an event"}
"""Under “Counts”: it gives no vote by itself, and is an event among others (VM-R6)."""


def _event(row: Row, place: SourceLocation, chapter: str) -> Event:
    as_event = unmarked(row.text("counts")) in _AS_EVENT
    return Event(
        place=place,
        day=row.must_day("day", Sentence("date")),
        name=row.text("name", needed=Sentence("event's name")),
        kind=row.text("kind").casefold(),
        counts=None if as_event else counts(row),
        as_event=as_event,
        cancelled=_is_cancelled(row),
        partner=partner(row, chapter),
        sign_in_tab=row.text("sign_in_tab"),
        also=_others_called(row),
    )


def _is_cancelled(row: Row) -> bool:
    """Whether it was cancelled; a name that says so, and no cell, is asked about."""
    says = holds(row.cell("held")) or holds(row.cell("cancelled"))
    if not says and re.search(OFF, folded(row.text("name"))):
        raise Unreadable(
            "name",
            Sentence("the event's name says that it was called off, but “Held” is empty"),
            Sentence("write no under “Held”, or yes if it took place"),
            "VM-R2",
        )
    return is_cancelled(row)


def _names(row: Row) -> tuple[str, ...]:
    """By what rows would name an event, as far as it can be read."""
    name, tab = (row.if_readable(row.text, field) or "" for field in ("name", "sign_in_tab"))
    was = re.sub(rf"(?i)\W*{OFF}\w*\W*", "", name)  # “CANCELLED: Winter forum”
    also = row.if_readable(lambda _: _others_called(row), "also") or ()
    return tuple(filter(None, (name, tab, *also, was)))


def _others_called(row: Row) -> tuple[str, ...]:
    """Return what else an event is called: one name per line, or parted by semicolons or bars.

    A comma may be part of one.
    """
    row.text("also")  # which refuses what is too long
    parts = re.split(r"[;|\n\r]", str(row.cell("also") or ""))
    return tuple(filter(None, (redact_addresses(one_line(part)) for part in parts)))
