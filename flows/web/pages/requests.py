"""Members' requests: the queue by receipt, and one with what an officer can do (ST-3)."""

from collections.abc import Callable
from typing import Final, NamedTuple

from flows.requests import deciding
from flows.requests.queue import QueuedRequest, is_kept, queue_of
from flows.views.requests import at_the_event
from flows.views.roll import name_of
from flows.web.spoken import place
from flows.web.visits import Asked, GoTo, Page, Visit
from models.errors import FixTheData
from models.privacy import redact_addresses
from models.text import formats
from models.year.request_queue import MemberRequest, RequestState, RequestTold
from models.year.requests import RULE_OF, RequestKind

MOST: Final = 50
"""Ended requests that are listed."""


class _Line(NamedTuple):
    """A request as the list shows it."""

    number: int
    kind: str
    state: str
    due: str
    is_late: bool
    unreached: bool


def requests(visit: Visit) -> Page:
    """Those that wait, the earliest day first, and the newest that ended; nobody is named."""
    queue = visit.context.ledger.requests.all()
    waiting = sorted((one for one in queue if one.waits), key=lambda one: (one.due, one.number))
    ended = [one for one in reversed(queue) if not one.waits][:MOST]
    both = {"waiting": waiting, "ended": ended}
    lines = {name: [_line(visit, one) for one in some] for name, some in both.items()}
    return Page("requests.html", {**lines, "kept": is_kept(visit.context)})


def _line(visit: Visit, held: MemberRequest) -> _Line:
    say = visit.words.say
    return _Line(
        held.number,
        say(f"requests.kind.{held.kind.name.lower()}"),
        say(f"requests.state.{held.state.name.lower()}"),
        formats.day(held.due, visit.words.language),
        held.is_late(visit.context.today),
        held.told is RequestTold.UNREACHED,
    )


def show(visit: Visit) -> Page:
    """One request: who asks for what, how it stands, and what can be done."""
    one = _asked(visit)
    held, row, known = one.held, one.row, visit.roll()
    visit.looked_at([who.id for who in one.people], f"request {held.number}")
    can = held.waits and visit.officer.acts
    unproved = held.state is RequestState.UNPROVED
    facts = {
        "line": _line(visit, held),
        "rule": RULE_OF[held.kind],
        "why": held.why,
        "ended": formats.day(held.ended, visit.words.language) if held.ended else "",
        "cell": place(visit, row.place.cell) if row else "",
        "link": known.links.of(row.place) if row else "",
        "about": redact_addresses(row.about) if row else "",
        "nominee": bool(row and row.other_address),
        "people": [(name_of(who), visit.keep(who.id)) for who in one.people],
        "accept": can and held.state is RequestState.OPEN and held.kind in deciding.ACCEPTED,
        "correction": held.kind is RequestKind.ATTENDANCE,
        "at": at_the_event(one, known.facts)
        if held.waits and held.kind is RequestKind.ATTENDANCE
        else "",
        "priority": held.kind is RequestKind.PRIORITY,
        "code": can and unproved,
        "answer": can and not unproved,
        "rights": can and not unproved and one.person and held.kind.name.lower(),
        "can": can,
        "take_back": visit.officer.acts and deciding.is_made(visit.context, held.number),
    }
    return Page("request.html", facts)


def act(visit: Visit) -> GoTo:
    """Do what an officer decides."""
    number, sent, by = _asked(visit).held.number, visit.sent, visit.by
    context, why = visit.context, visit.sent.one("why")
    event = sent.one("event")
    acts: dict[str, Callable[[], object]] = {
        "accept": lambda: deciding.accept(context, number, by, event=event),
        "stayed_away": lambda: deciding.accept(
            context, number, by, event=event, stayed_away=True
        ),
        "answer": lambda: deciding.end(context, number, RequestState.ANSWERED, why, by),
        "refuse": lambda: deciding.end(context, number, RequestState.REFUSED, why, by),
        "withdraw": lambda: deciding.end(context, number, RequestState.WITHDRAWN, "", by),
        "code": lambda: deciding.prove(context, number, sent.one("code"), by),
        "take_back": lambda: deciding.take_back(context, number, by),
    }  # fmt: skip
    wanted = sent.one("do")
    if wanted not in acts:
        say = visit.words.say
        raise FixTheData(say("requests.unknown_act"), next_step=say("requests.choose"))
    acts[wanted]()
    return GoTo(f"/requests/{number}", (visit.words.say(f"requests.done.{wanted}"),))


def _asked(visit: Visit) -> QueuedRequest:
    queue = queue_of(visit.context, visit.roll().facts)
    found = next((one for one in queue if str(one.held.number) == visit.at["number"]), None)
    if found is None:
        say = visit.words.say
        raise FixTheData(say("requests.unknown"), next_step=say("requests.choose"))
    return found


ASKED: Final = (
    Asked("GET", "/requests", requests),
    Asked("GET", "/requests/{number}", show),
    Asked("POST", "/requests/{number}", act, "act"),
)
