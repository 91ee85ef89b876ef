"""The voters whom no email reaches: call them, and write down how the call ended (DP-4)."""

from typing import Final

from flows.views import calls as to_call
from flows.views import election as election_views
from flows.views.roll import name_of, phone_of
from flows.votes import phone_calls
from flows.votes.lifecycle import on_the_clock
from flows.votes.phone_calls import CallEnd
from flows.web.pages.vote_page import read_of, the_vote
from flows.web.spoken import moment
from flows.web.visits import Asked, GoTo, Page, Visit
from models.errors import FixTheData
from models.intake.people import PersonId
from models.outgoing import naming_nobody
from models.votes.election import ElectionState


def _is_over(call: phone_calls.Called | None) -> bool:
    """Whether nobody has to try again."""
    return call is not None and call.end is not CallEnd.NO_ANSWER


def calls(visit: Visit) -> Page:
    """Whom to call, why, and who was called already."""
    vote = the_vote(visit)
    read = read_of(visit, vote)
    known = read.turnout if read else None
    noted = phone_calls.noted(visit.context, vote.name)
    rows = []
    if known:
        people = sorted(known.calls, key=lambda one: name_of(known.people[one]).casefold())
        visit.looked_at(people, f"calls for {vote.name}")
        rows = [
            {
                "name": name_of(known.people[one]),
                "phone": phone_of(known.people[one]),
                "why": known.calls[one],
                "handle": visit.keep(one),
                "called": noted.get(one),
            }
            for one in people
        ]
    return Page(
        "vote-calls.html",
        {
            "vote": vote,
            "read": read,
            "rows": rows,
            "open_calls": sum(not _is_over(noted.get(one)) for one in known.calls) if known else 0,
            "ends": list(CallEnd),
            "asks": list(election_views.what_is_asked(visit.context, vote.name)),
            "shows_codes": vote.state is ElectionState.OPEN and visit.officer.acts,
            "on": lambda at: on_the_clock(visit.context.chapter, at),
            "moment": lambda at: moment(visit, at),
        },
    )


def note(visit: Visit) -> GoTo:
    """Write down how a call ended."""
    vote, here = the_vote(visit), f"/votes/{visit.at['name']}/calls"
    person: PersonId = visit.kept(visit.sent.one("person"))
    if person not in {line.person for line in visit.context.ledger.votes.roll(vote.name)}:
        raise FixTheData(
            visit.words.say("desk.handle_lost"), next_step=visit.words.say("desk.search_again")
        )
    said = visit.sent.one("end")
    if said not in [*CallEnd]:
        raise FixTheData(
            visit.words.say("vote_calls.no_end"), next_step=visit.words.say("vote_changes.pick")
        )
    phone_calls.note(visit.context, vote.name, person, CallEnd(said), visit.by)
    return GoTo(here, (visit.words.say("vote_calls.noted"),))


def codes(visit: Visit) -> Page:
    """Each voter's own link to read out, once: this answer is kept nowhere, and recorded."""
    vote = the_vote(visit)
    reason = naming_nobody(visit.sent.one("reason"), "")
    to_call.is_asked_for(visit.by, reason)
    shown = to_call.links(visit.context, vote.name, visit.by, reason)
    return Page("vote-codes.html", {"vote": vote, "calls": shown})


ASKED: Final = (
    Asked("GET", "/votes/{name}/calls", calls),
    Asked("POST", "/votes/{name}/calls", note, "act"),
    Asked("POST", "/votes/{name}/codes", codes, "act"),
)
