"""An email to members: filled in, looked at, and sent once under the officer's name."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, NamedTuple

from connectors.emails import preview_text
from flows.context import ChapterContext
from flows.votes.emails import call_for_proposals, to_all_members
from flows.votes.emails.calls import Call
from flows.web.pages.progress import start
from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.errors import FixTheData


class Kind(NamedTuple):
    """One of the emails."""

    look: Callable[[ChapterContext], Call]
    send: Callable[[ChapterContext, str, str], int]
    """By its fingerprint, and who approves it."""
    home: str
    """The page that leads here."""


KINDS: Final[Mapping[str, Kind]] = {
    "proposals": Kind(call_for_proposals.look, call_for_proposals.send, "/proposals")
} | {
    kind: Kind(
        partial(to_all_members.look, kind=kind),
        partial(to_all_members.send, kind=kind),
        "/committee/nominees",
    )
    for kind in to_all_members.KINDS
}


class Seen(NamedTuple):
    """The email as an officer looked at it."""

    kind: str
    text: str
    people: int
    unreachable: int
    fingerprint: str


def look(visit: Visit) -> GoTo:
    """Fill in the email, with the form's own link."""
    name, kind = visit.at["kind"], _kind(visit)

    def job(context: ChapterContext, _tell: Tell) -> Done:
        call = kind.look(context)
        if call.sent is not None:
            return Done(path=kind.home)
        text = preview_text(call.words)
        seen = Seen(name, text, len(call.to), call.unreachable, call.fingerprint)
        return Done(path=f"/calls/{name}/{visit.keep(seen)}")

    return start(visit, visit.words.say("calls.filling_in"), job, kind.home)


def show(visit: Visit) -> Page:
    """The email, and to how many it would go."""
    handle, kind = visit.at["handle"], _kind(visit)
    return Page("call.html", {"seen": visit.kept(handle), "handle": handle, "home": kind.home})


def send(visit: Visit) -> GoTo:
    """Send exactly that, under the officer's name."""
    visit.must_be_sure()
    seen: Seen = visit.kept(visit.at["handle"])
    words, by, kind = visit.words, visit.by, _kind(visit)

    def job(context: ChapterContext, _tell: Tell) -> Done:
        many = kind.send(context, seen.fingerprint, by)
        return Done((words.plural("calls.sent", many),), kind.home)

    return start(visit, words.say("calls.sending"), job, kind.home)


def _kind(visit: Visit) -> Kind:
    if found := KINDS.get(visit.at["kind"]):
        return found
    raise FixTheData(visit.words.say("calls.unknown"), next_step=visit.words.say("calls.choose"))


ASKED: Final = (
    Asked("POST", "/calls/{kind}", look, "act"),
    Asked("GET", "/calls/{kind}/{handle}", show, "act"),
    Asked("POST", "/calls/{kind}/{handle}", send, "act"),
)
