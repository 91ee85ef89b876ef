"""The requests with their rows, and whose they are.

The ledger has the receipt and how a request stands; who asks for what stands in its row alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from flows.context import ChapterContext
from flows.nightly.facts import year_of
from flows.nightly.people import facts_on_record
from models.errors import FixTheData, Refused
from models.intake.people import Person
from models.membership.voter_roll import Facts
from models.privacy import Email
from models.year.book import YearBook
from models.year.request_queue import MemberRequest, RequestState, RequestTold
from models.year.requests import RULE_OF, RequestKind, RequestRow

Whose = Mapping[Email, tuple[Person, ...]]


@dataclass(frozen=True, slots=True)
class QueuedRequest:
    """A request, with what its row says as long as that is there."""

    held: MemberRequest
    row: RequestRow | None
    people: tuple[Person, ...] = ()
    """Whose address it has: nobody's, one person's, or that of several who share it."""

    @property
    def person(self) -> Person | None:
        """Who asks, where the address is one person's alone."""
        return self.people[0] if len(self.people) == 1 else None


def is_kept(context: ChapterContext) -> bool:
    """Whether the chapter reads requests."""
    return "requests" in context.chapter.kinds_read


def said_of(context: ChapterContext, *, applied: bool) -> Iterator[str]:
    """What a plan says of them: a request is taken in only when its row is on record."""
    if is_kept(context) and not applied:
        yield (
            "New requests are answered by email after each run, also after the first one "
            "(docs/requests.md)."
        )


def key_of(context: ChapterContext, row: RequestRow) -> bytes:
    """By what a row is known again: who, what kind, and when; of a day alone also what it says.

    So that a cell can be corrected, and the request stays the same.
    """
    when = row.moment.isoformat() if row.moment else f"{row.at} {row.about}"
    who = row.address, row.code if row.proves else None
    return context.ledger.requests.row_of(who, row.kind.value, when)


def rows_by_key(context: ChapterContext, book: YearBook | None = None) -> dict[bytes, RequestRow]:
    """The rows as last read, the latest first; two of one moment are one.

    A form's answers come in any order, and a code comes after its request.
    """
    rows = sorted((book or year_of(context)).requests, key=lambda row: row.when)
    return {key_of(context, row): row for row in reversed(rows)}


def whose(facts: Facts) -> Whose:
    """Address → everybody whose it is."""
    found: dict[Email, tuple[Person, ...]] = {}
    for person in facts.known.people.values():
        for address in dict.fromkeys((*person.addresses, *person.mail_addresses)):
            found[address] = (*found.get(address, ()), person)
    return found


def queue_of(context: ChapterContext, facts: Facts | None = None) -> list[QueuedRequest]:
    """Every request, in the order of the receipts."""
    held = context.ledger.requests.all()
    return list(_with_rows(context, held, facts)) if held else []


def _with_rows(
    context: ChapterContext, held: Iterable[MemberRequest], facts: Facts | None
) -> Iterable[QueuedRequest]:
    facts = facts or facts_on_record(context)
    rows, people = rows_by_key(context), whose(facts)
    for one in held:
        row = rows.get(one.row)
        yield QueuedRequest(one, row, people.get(row.address, ()) if row else ())


def request_called(context: ChapterContext, number: int) -> QueuedRequest:
    """A request by its receipt.

    Raises:
        FixTheData: there is none.
    """
    held = receipt_called(context, number)
    return next(iter(_with_rows(context, [held], None)))


def receipt_called(context: ChapterContext, number: int) -> MemberRequest:
    """A request without its row, for what must also work where no row can be read.

    Raises:
        FixTheData: there is none.
    """
    found = next((one for one in context.ledger.requests.all() if one.number == number), None)
    if found is None:
        raise FixTheData(
            f"there is no request {number}",
            rule="ST-3",
            next_step="`clerk requests list` lists them",
        )
    return found


def refused(held: MemberRequest, fact: str, next_step: str) -> Refused:
    """What cannot be done with a request, and what to do instead."""
    rule = RULE_OF[held.kind]
    return Refused(fact, where=f"request {held.number}", rule=rule, next_step=next_step)


def told_of(context: ChapterContext, person: Person) -> list[str]:
    """What the ledger holds of somebody's requests, in words for that person."""
    theirs = [one.held for one in queue_of(context) if person.id in {who.id for who in one.people}]
    return [
        "; ".join(
            filter(
                None, (f"request {one.number} of {one.received}: {one.kind}", one.state, one.why)
            )
        )
        for one in theirs
    ]


def ended_with(context: ChapterContext, person: Person) -> Iterator[MemberRequest]:
    """The requests of somebody who is erased, as they stand then: each has an end (DP-6)."""
    for one in queue_of(context):
        if person.id not in {who.id for who in one.people}:
            continue
        is_done = one.held.kind is RequestKind.ERASE
        state = RequestState.ANSWERED if is_done else RequestState.WITHDRAWN
        end = {"state": state, "ended": context.today} if one.held.waits else {}
        yield one.held.model_copy(update={**end, "told": RequestTold.END})


@dataclass(frozen=True)
class Waiting:
    """How many requests wait for an officer."""

    context: ChapterContext

    @cached_property
    def requests(self) -> list[MemberRequest]:
        """Those that have no end."""
        return [one for one in self.context.ledger.requests.under_way() if one.waits]

    @property
    def late(self) -> int:
        """Those whose day went by."""
        return sum(one.is_late(self.context.today) for one in self.requests)
