"""Who may come in at this page, who is in, and who looked at people (DP-3)."""

from typing import Final, NamedTuple

from connectors.ledger import LooksInAnHour
from flows.votes.phone_calls import without_end
from flows.web.access import ended_sessions, made_link, officer_called, officers_told
from flows.web.spoken import dated, moment
from flows.web.visits import Asked, GoTo, Page, Visit

NEWEST: Final = 500


class LookTold(NamedTuple):
    """That an officer looked at so many people in an hour."""

    at: str
    officer: str
    what: str
    people: int


def access(visit: Visit) -> Page:
    """The officers, and who looked at whom: how many, not who."""
    told = [_look(visit, one) for one in visit.context.ledger.officers.looks_by_hour(NEWEST)]
    officers = [
        one._asdict() | {"link_until": one.link_until and moment(visit, one.link_until)}
        for one in officers_told(visit.context)
    ]
    return Page("privacy-access.html", {"officers": officers, "looks": told})


def _look(visit: Visit, one: LooksInAnHour) -> LookTold:
    return LookTold(dated(visit, one.at), one.officer, without_end(one.what), one.people)


def invited(visit: Visit) -> Page:
    """Make a sign-in link for an officer; it is shown on this answer alone."""
    officer = officer_called(visit.context.chapter, visit.sent.one("officer"))
    with visit.context.ledger.alone():
        link, ends = made_link(visit.context, officer.name, visit.by)
    facts = {"name": officer.name, "link": link, "until": moment(visit, ends)}
    return Page("privacy-invited.html", facts)


def signed_out(visit: Visit) -> GoTo:
    """End all sessions of an officer, and take back the links that were not used."""
    officer = officer_called(visit.context.chapter, visit.sent.one("officer"))
    with visit.context.ledger.alone():
        ended_sessions(visit.context, officer.name, visit.by)
    if officer.name == visit.by:
        return GoTo("/sign-in")
    return GoTo("/privacy/access", (visit.words.say("privacy.signed_out", name=officer.name),))


ASKED: Final = (
    Asked("GET", "/privacy/access", access),
    Asked("POST", "/privacy/access/invite", invited, "act"),
    Asked("POST", "/privacy/access/sign-out", signed_out, "act"),
)
