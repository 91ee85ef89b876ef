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
from models.year.book import YearBook
from models.year.request_queue import (
    WAITING,
    Arrival,
    MemberRequest,
    RequestState,
    RequestTold,
    arrival_of,
    tried,
)
from models.year.requests import ABOUT_DATA, RequestRow

Pair = tuple[RequestRow | None, MemberRequest]


def take_in(context: ChapterContext, facts: Facts, book: YearBook) -> int:
    """Give each new row its receipt, and try each code. Hold `Ledger.alone` around it.

    Returns:
        How many requests are new.
    """
    queue, today = context.ledger.requests, context.today
    rows, people = rows_by_key(context, book), whose(facts)
    back = context.ledger.erasing.readmitted(today)
    held = queue.all()
    known = {one.row for one in held}
    mine: dict[PersonId | Email, list[Pair]] = {}
    for one in held:
        if row := rows.get(one.row):
            pairs = mine.setdefault(_owner(row, people), [])
            pairs.append((row, _with_code(context, one, pairs) if _one(people, row) else one))
    new = 0
    for key, row in reversed(rows.items()):
        if key in known:
            continue
        before = mine.setdefault(_owner(row, people), [])
        person, since = _one(people, row), back(row.address)
        also: list[MemberRequest] = []
        if row.proves and not (since and row.at < since):
            arrival, also = _second_answer(context, row, before, person)
        else:
            asked = [pair for pair in before if not _proves(pair)]
            arrival = arrival_of(row, asked, today, since)
            new += arrival.state in WAITING
        before.append((row, queue.add(_begun(context, key, row, arrival, before, person), also)))
    return new


def _with_code(
    context: ChapterContext, one: MemberRequest, before: Sequence[Pair]
) -> MemberRequest:
    """A request about one's data for which no code could go out, and now perhaps can.

    Anybody can type an address before the person registers it.
    """
    untold = one.state is RequestState.OPEN and one.told is RequestTold.UNREACHED
    if one.kind not in ABOUT_DATA or not untold or one.is_given_up(context.today):
        return one
    facts = {"state": RequestState.UNPROVED, "told": RequestTold.NOTHING}
    waits = one.model_copy(update=facts | {"mark": _shared_mark(before) or one.mark})
    context.ledger.requests.change([waits])
    return waits


def code_of(context: ChapterContext, held: MemberRequest, person: PersonId) -> Code:
    """A request's code: of the ledger's key and the request's mark, so that it is kept nowhere."""
    return code_for(context.ledger.key, f"request {held.mark}", person)


def _second_answer(
    context: ChapterContext, row: RequestRow, before: list[Pair], person: Person | None
) -> tuple[Arrival, list[MemberRequest]]:
    """Try a code on the request that waits for one; the row is part of that.

    Returns:
        What becomes of the row, and that request after the try: both are written at once.
    """
    for place, (first, held) in enumerate(before):
        if held.kind is row.kind and held.state is RequestState.UNPROVED:
            fits = person is not None and row.code == code_of(context, held, person.id)
            after = tried(held, fits, row.at)
            before[place] = first, after
            why = f"part of request {held.number}"
            return Arrival(RequestState.JOINED, why, held.number), [after]
    return Arrival(RequestState.REFUSED, "no request waits for a code"), []


def _shared_mark(before: Sequence[Pair]) -> str:
    """Of codes that wait: the mailing list has one field for a code, so that two share it."""
    waiting = (one.mark for _, one in before if one.state is RequestState.UNPROVED)
    return next(waiting, "")


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
    return MemberRequest(
        number=0,
        kind=row.kind,
        state=state,
        received=context.today,
        due=context.today + timedelta(days=context.chapter.requests.answer_days),
        row=key,
        mark=_shared_mark(before) if row.kind in ABOUT_DATA else "",
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
