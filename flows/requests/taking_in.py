"""Rows become requests: each gets a receipt, or is part of another; a code proves an address.

Whoever does it again takes in what is new since: a row is known by what it says of itself.
"""

from collections.abc import Sequence
from datetime import timedelta

from flows.context import ChapterContext
from flows.requests.queue import Whose, rows_by_key, whose
from models.ballots.received import Code
from models.intake.people import Person, PersonId
from models.membership.voter_roll import Facts
from models.privacy import Email
from models.votes.codes import code_for
from models.year.request_queue import (
    WAITING,
    Arrival,
    MemberRequest,
    RequestState,
    RequestTold,
    arrival_of,
    expired,
    tried,
)
from models.year.requests import ABOUT_DATA, RequestRow

Pair = tuple[RequestRow | None, MemberRequest]


def take_in(context: ChapterContext, facts: Facts) -> int:
    """Give each new row its receipt, try each code, and end what nobody proved in time.

    Hold `Ledger.alone` around it.

    Returns:
        How many requests are new.
    """
    queue, today = context.ledger.requests, context.today
    rows, people = rows_by_key(context), whose(facts)
    held = queue.all()
    known = {one.row for one in held}
    mine: dict[PersonId | Email, list[Pair]] = {}
    for one in held:
        if row := rows.get(one.row):
            mine.setdefault(_owner(row, people), []).append((row, one))
    new = 0
    for key, row in reversed(rows.items()):
        if key in known:
            continue
        before = mine.setdefault(_owner(row, people), [])
        person = _one(people, row)
        arrival = _second_answer(context, row, before, person) if row.proves else None
        if arrival is None:
            arrival = arrival_of(row, [pair for pair in before if not _proves(pair)], today)
            new += arrival.state in WAITING
        before.append((row, queue.add(_begun(context, key, row, arrival, before, person))))
    queue.change(expired(queue.under_way(), today))
    return new


def code_of(context: ChapterContext, held: MemberRequest, person: PersonId) -> Code:
    """A request's code: of the ledger's key and the request's mark, so that it is kept nowhere."""
    return code_for(context.ledger.key, f"request {held.mark}", person)


def _second_answer(
    context: ChapterContext, row: RequestRow, before: list[Pair], person: Person | None
) -> Arrival:
    """Try a code on the request that waits for one; the row is part of that."""
    for place, (first, held) in enumerate(before):
        if held.kind is row.kind and held.state is RequestState.UNPROVED:
            fits = person is not None and row.code == code_of(context, held, person.id)
            after = tried(held, fits, row.at)
            context.ledger.requests.change([_end_untold(after)])
            before[place] = first, after
            return Arrival(RequestState.JOINED, f"part of request {held.number}", held.number)
    return Arrival(RequestState.REFUSED, "no request waits for a code")


def _end_untold(one: MemberRequest) -> MemberRequest:
    """What the program ends by itself is told nobody: anybody can type an address and a code."""
    return one if one.waits else one.model_copy(update={"told": RequestTold.END})


def _begun(
    context: ChapterContext,
    key: bytes,
    row: RequestRow,
    arrival: Arrival,
    before: Sequence[Pair],
    person: Person | None,
) -> MemberRequest:
    waits = arrival.state in WAITING
    # Of an address that nobody has alone, no code can prove anything: an officer asks.
    state = RequestState.OPEN if waits and person is None else arrival.state
    shared = (one.mark for _, one in before if one.state is RequestState.UNPROVED)
    return MemberRequest(
        number=0,
        kind=row.kind,
        state=state,
        received=context.today,
        due=context.today + timedelta(days=context.chapter.requests.answer_days),
        row=key,
        # The mailing list has one field for a code: two that wait share it.
        mark=next(shared, "") if row.kind in ABOUT_DATA else "",
        ended=None if waits else context.today,
        why=arrival.why,
        told=RequestTold.NOTHING if waits else RequestTold.END,
    )


def _owner(row: RequestRow, people: Whose) -> PersonId | Email:
    person = _one(people, row)
    return person.id if person else row.address


def _one(people: Whose, row: RequestRow) -> Person | None:
    found = people.get(row.address, ())
    return found[0] if len(found) == 1 else None


def _proves(pair: Pair) -> bool:
    return pair[0] is not None and pair[0].proves
