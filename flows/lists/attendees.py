"""Who came to an event that a partner ran: its list becomes sign-ins of that event (DP-2).

The list comes in and nothing goes out: no command writes one for a partner (DP-1). Nobody is
subscribed by it: only the membership form asks for that (DP-4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from connectors.ledger import Snapshot
from connectors.list_files import read_list as read_file
from flows.context import ChapterContext
from flows.lists.keeping import (
    Change,
    change_of,
    list_of,
    rows_with,
    sources_but_lost_lists,
    without_those_out,
)  # fmt: skip
from flows.nightly.facts import facts_of
from flows.nightly.sources import Sources
from models.errors import FixTheData
from models.intake.imported import ATTENDEES, ImportedList, read_list, with_day
from models.intake.locations import Ask, ReviewItem, Weight
from models.intake.participation import Event
from models.intake.people import PersonId
from models.intake.tables import Columns, Table
from models.membership.matching import EventBook
from models.membership.voter_roll import Facts
from models.privacy import redact_addresses

_FIELDS = ("address", "name", "first_name", "last_name")
"""All that a rule needs of a list whose event is known (DP-5)."""
RULE = "DP-2"


@dataclass(frozen=True, slots=True)
class Attendees:
    """A list as it would be read."""

    change: Change
    remarks: tuple[str, ...]
    """What a person should know of the event before they go on."""
    columns: ImportedList | None = None
    """None where the list is removed."""
    out: int = 0
    """Rows of people who were erased, or older than rows may be (DP-6)."""
    known: int = 0
    """People who are at the event by this list alone, and whom the program knows."""
    new: int = 0
    """People whom this list alone names."""
    gain: int = 0
    lose: int = 0
    """Voting members more and fewer than now."""
    review: tuple[ReviewItem, ...] = ()

    @property
    def others(self) -> int:
        """Rows that change nothing: people who had signed in already, or stand in two rows."""
        counted = sum(item.weight is not Weight.NOTE for item in self.review)
        return max(0, self.change.rows - counted - self.known - self.new)


def source_of(event: str) -> str:
    """What the places of a list are called."""
    return f"Attendees of {event}"


def look(
    context: ChapterContext,
    file: Path | None,
    event: str,
    said: Mapping[str, str],
    sheet: str = "",
) -> Attendees:
    """Look at a list, or at what its removal would change.

    Args:
        file: None to remove the list of the event.
        said: field → the header that a person names for it.

    Raises:
        FixTheData: the file, its headers, or the event; nothing is guessed.
    """
    sources = sources_but_lost_lists(context)
    if not sources.snapshots:
        raise FixTheData(
            "no sheet was read yet, so no event is known",
            rule=RULE,
            next_step="`clerk sync --apply`",
        )
    now = facts_of(context, sources)
    found = None if file is None else _event(now, event)
    key = f"{ATTENDEES}{event.strip() if found is None else found}"
    without = _facts(context, sources, key, None)
    if file is None or found is None:
        change = change_of(context.ledger, key, key.removeprefix(ATTENDEES), None, RULE)
        return _compared(Attendees(change, ()), now, without, without)
    named = redact_addresses(file.name)
    columns = read_list(read_file(file, RULE, sheet), _wanted(context), named,
                        context.chapter.zone, said)  # fmt: skip
    table, out = without_those_out(context, _sign_ins(columns.table, found))
    if not rows_with(table):
        raise FixTheData(
            "the list has no row that can be kept", where=named, rule=RULE,
            next_step="check that it is the right file",
        )  # fmt: skip
    after = list_of(context, key, (table,), {f"{table.source}|{table.kind}": rows_with(table)})
    change = change_of(context.ledger, key, str(found), after, RULE)
    read = Attendees(change, tuple(_remarks(now, found)), columns, out)
    then = _facts(context, sources, key, after)
    if any(box.source == table.source and box.say_nothing() for box in then.boxes):
        raise FixTheData(
            "none of the rows of this list can be used", where=named, rule=RULE,
            next_step="check that the right column is read: --column address=…",
        )  # fmt: skip
    return _compared(read, now, without, then)


def _event(facts: Facts, text: str) -> Event:
    """The one event of the Events tab that is meant.

    Raises:
        FixTheData: none is, or two, or it has not happened.
    """
    book = EventBook(event for event in facts.events if not event.of_the_log)
    found = book.find(text, None)
    if isinstance(found, Ask):
        raise FixTheData(
            found.reason, where=f"--event “{redact_addresses(text)}”", rule=RULE,
            next_step=f"{found.next_step}; write it as in the Events tab, date first",
        )  # fmt: skip
    event = book.events[found]
    if event.day > facts.today:
        raise FixTheData(
            "this event has not happened yet", where=f"--event “{event}”", rule="VM-R2",
            next_step="read its list on the day or later, or correct its date in the Events tab",
        )  # fmt: skip
    return event


def _wanted(context: ChapterContext) -> Columns:
    whole = context.chapter.columns_of("event_sign_ins")
    own = {name: titles for name, titles in whole.own.items() if name in _FIELDS}
    headers = {name: whole.headers[name] for name in _FIELDS}
    return Columns(whole.kind, headers, whole.required, own)


def _sign_ins(table: Table, event: Event) -> Table:
    dated = with_day(table, event.day.isoformat())
    return replace(dated, source=source_of(str(event)), tab_event=str(event))


def _remarks(facts: Facts, event: Event) -> list[str]:
    rules = facts.bylaws.closest(event.day).membership
    remarks = []
    if why := event.why_not(rules, facts.today):
        remarks.append(f"This event counts on no path to membership: {why}.")
    if not event.partner:
        remarks.append(
            "The Events tab names no partner for this event. If a partner ran it, write who under "
            "“Partner” (VM-R6)."
        )
    return remarks


def _facts(context: ChapterContext, sources: Sources, key: str, list_: Snapshot | None) -> Facts:
    others = {name: one for name, one in sources.snapshots.items() if name != key}
    return facts_of(context, replace(sources, snapshots=others | ({key: list_} if list_ else {})))


def _compared(read: Attendees, now: Facts, without: Facts, after: Facts) -> Attendees:
    """With what the list would change.

    Args:
        now, without, after: the facts as they are, without any list of this event, and with it.
    """
    before, then = (
        {entry.person.id for entry in facts.roll(now.today).voting()} for facts in (now, after)
    )
    about = read.change.about
    credited = _at(after, about) - _at(without, about)
    known = {person.id for person in without.known.people.values()}
    source = source_of(about)
    return replace(
        read,
        known=len(credited & known),
        new=len(credited - known),
        gain=len(then - before),
        lose=len(before - then),
        review=tuple(item for item in after.review if item.place.source == source),
    )


def _at(facts: Facts, event: str) -> set[PersonId]:
    """Who is at an event."""
    numbers = {number for number, one in enumerate(facts.events) if str(one) == event}
    people = facts.known.people
    came = (n for n, at in facts.attended.items() if not numbers.isdisjoint(at))
    return {people[n].id for n in came if n in people}
