"""What the terminal shows of members' requests: a list without names, and one with its words."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from flows import console
from flows.requests.corrections import event_of, is_at
from flows.requests.deciding import ACCEPTED
from flows.requests.queue import QueuedRequest
from flows.views.roll import name_of
from models.errors import Refused
from models.membership.voter_roll import Facts
from models.privacy import redact_addresses
from models.text import formats
from models.year.request_queue import RequestState, RequestTold
from models.year.requests import ABOUT_DATA, RequestKind

HEADERS: Final = ("Number", "Request", "How it stands", "Due", "Where")
UNREACHED: Final = "no email reaches this person"
ONCE_KNOWN: Final = "once you know in another way that it is they"


def show_list(queue: Iterable[QueuedRequest], today: date, *, kept: bool) -> None:
    """The requests that wait, the earliest day first.

    Args:
        kept: whether the chapter reads any.
    """
    queue = list(queue)
    waiting = sorted((one for one in queue if one.held.waits), key=lambda one: one.held.due)
    if untold := [one.held for one in queue if not one.held.waits and _is_untold(one, today)]:
        numbers = formats.listed([str(one.number) for one in untold])
        console.say(f"Ended, and no email reached the person: {numbers}. Tell them yourself.")
    if not waiting:
        none_read = "No tab or form of requests is connected. Next: clerk help requests"
        console.say("No request waits." if kept else none_read)
        return
    console.table(HEADERS, [_row(one, today) for one in waiting])
    console.say("Next: clerk requests show NUMBER")


def _row(one: QueuedRequest, today: date) -> tuple[Any, ...]:
    held, where = one.held, str(one.row.place) if one.row else "its row is gone"
    late = " (late)" if held.is_late(today) else ""
    return held.number, held.kind.value, stands(one), f"{formats.day(held.due)}{late}", where


def _is_untold(one: QueuedRequest, today: date) -> bool:
    return one.held.told is RequestTold.UNREACHED and not one.held.is_given_up(today)


def stands(one: QueuedRequest) -> str:
    """How it stands, and whether no email reaches who asks."""
    said = one.held.state.value
    return f"{said}; {UNREACHED}" if one.held.told is RequestTold.UNREACHED else said


def as_json(queue: Iterable[QueuedRequest], today: date) -> list[dict[str, Any]]:
    """All requests for a script: nobody's name, and not what they say."""
    return [
        {
            "number": one.held.number,
            "kind": one.held.kind.value,
            "state": one.held.state.value,
            "received": str(one.held.received),
            "due": str(one.held.due),
            "ended": str(one.held.ended) if one.held.ended else None,
            "late": one.held.is_late(today),
        }
        for one in queue
    ]


def show(
    one: QueuedRequest,
    today: date,
    facts: Facts,
    decided: Iterable[tuple[str, date, str]],
    *,
    is_made: bool,
) -> None:
    """One request: who asks, for what, and what an officer can do.

    Args:
        facts: by which a correction's event is looked up.
        decided: which officer decided, on which day, and what.
        is_made: whether an officer accepted it, and a row was made of it.
    """
    held = one.held
    late = ", and late" if held.is_late(today) else ""
    console.title(f"Request {held.number}: {held.kind}")
    when = f"Ended {formats.day(held.ended)}" if held.ended else f"Due {formats.day(held.due)}"
    console.say(f"{stands(one).capitalize()}. {when}{late}.")
    for who, on, how in decided:
        console.say(f"{who}, {formats.day(on)}: {how}.")
    if is_made:
        console.say("An officer accepted it. To undo that: clerk requests take-back "
                    f'{held.number} --by "Your Name"')  # fmt: skip
    if held.why:
        console.say(held.why)
    if one.row:
        console.say(f"In the sheet: {one.row.place}.")
    for line in _who(one):
        console.say(line)
    if one.row and one.row.about:
        console.say(f"It says: {redact_addresses(one.row.about)}")
    if one.row and one.row.other_address:
        console.say("The nominee's email address is in that row.")
    if held.waits and held.kind is RequestKind.ATTENDANCE:
        console.say(at_the_event(one, facts))
    for line in next_steps(one):
        console.say(f"Next: {line}")


def at_the_event(one: QueuedRequest, facts: Facts) -> str:
    """Whether the sheets have who asks for a correction at the event that they name."""
    try:
        event = event_of(facts, one)
    except Refused as unclear:
        return f"Which event it means is not clear: {unclear.fact}."
    if one.person is None:
        return f"It means “{event}”."
    there = "have" if is_at(facts, one.person, event) else "do not have"
    return f"The sheets {there} this person at “{event}”."


def _who(one: QueuedRequest) -> Iterator[str]:
    if one.person:
        yield f"From: {name_of(one.person)} ({one.person.id})."
    elif one.people:
        yield f"From an address that {len(one.people)} people share. Ask who of them it is."
    elif one.row:
        yield "From an address that no sheet has."


def next_steps(one: QueuedRequest) -> Iterator[str]:
    """What an officer can do, as commands."""
    held, by = one.held, '--by "Your Name"'
    number = held.number
    if not held.waits:
        return
    if held.kind in ACCEPTED and held.state is RequestState.OPEN:
        yield f"clerk requests accept {number} {by}"
        if held.kind is RequestKind.ATTENDANCE:
            yield f"clerk requests accept {number} --stayed-away {by}, if the person was not there"
    if held.state is RequestState.UNPROVED:
        yield f"clerk requests code {number} CODE {by}"
    elif one.person and held.kind in ABOUT_DATA:
        person = one.person.id
        does = f"show {person}" if held.kind is RequestKind.SEE else f"forget {person} {by}"
        proved = held.state is RequestState.PROVED
        yield f"clerk person {does}" + ("" if proved else f", {ONCE_KNOWN}")
    if held.state is not RequestState.UNPROVED:
        why = ' --why "…"' * (held.kind in ACCEPTED)
        yield f"clerk requests answer {number}{why} {by}"
    yield f'clerk requests refuse {number} --why "…" {by}'
