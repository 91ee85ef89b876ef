"""Members' proposals for the priorities: the list by number, and the call for them (SC-7)."""

from typing import Final, NamedTuple

from connectors.emails import preview_text
from flows.committee.proposals import judged, year_due
from flows.context import ChapterContext
from flows.votes.emails import call_for_proposals as calls
from flows.web.pages.progress import start
from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Done, Tell


class Seen(NamedTuple):
    """The email as an officer looked at it."""

    year: int
    text: str
    people: int
    unreachable: int
    fingerprint: str


def proposals(visit: Visit) -> Page:
    """The list: texts without names, as the committee moderates them."""
    found, context = judged(visit.context), visit.context
    year = year_due(context)
    call = context.ledger.mailings.call(calls.name_of(year))
    return Page(
        "proposals.html",
        {
            "found": found,
            "year": year,
            "sent": call.people if call and call.is_over else None,
            "kept": {one.number: one for one in found.moderation.kept},
            "into": {part: one.number for one in found.moderation.kept for part in one.merged},
            "asked": len(found.review),
        },
    )


def look(visit: Visit) -> GoTo:
    """Fill in the email, with the form's own link."""

    def job(context: ChapterContext, _tell: Tell) -> Done:
        call = calls.look(context)
        if call.sent is not None:
            return Done(path="/proposals")
        text = preview_text(call.words)
        seen = Seen(call.year, text, len(call.to), call.unreachable, call.fingerprint)
        return Done(path=f"/proposals/call/{visit.keep(seen)}")

    return start(visit, visit.words.say("proposals.filling_in"), job, "/proposals")


def call(visit: Visit) -> Page:
    """The email, and to how many it would go."""
    handle = visit.at["handle"]
    return Page("proposals-call.html", {"seen": visit.kept(handle), "handle": handle})


def send(visit: Visit) -> GoTo:
    """Send exactly that, under the officer's name."""
    visit.must_be_sure()
    seen: Seen = visit.kept(visit.at["handle"])
    words, by = visit.words, visit.by

    def job(context: ChapterContext, _tell: Tell) -> Done:
        many = calls.send(context, seen.fingerprint, by)
        return Done((words.say("proposals.sent_now", n=words.number(many)),), "/proposals")

    return start(visit, words.say("proposals.sending"), job, "/proposals")


ASKED: Final = (
    Asked("GET", "/proposals", proposals),
    Asked("POST", "/proposals/call", look, "act"),
    Asked("GET", "/proposals/call/{handle}", call, "act"),
    Asked("POST", "/proposals/call/{handle}", send, "act"),
)
