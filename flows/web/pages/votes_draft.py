"""A vote's page: a draft's own, and an approved vote's."""

from typing import Any, Final

from connectors.drafts import DraftFile
from flows.votes.check import window
from flows.votes.drafts.folders import Draft, draft_of, was_approved
from flows.votes.drafts.people import people_of
from flows.web.pages import vote_page
from flows.web.pages.votes_contests import called, is_asked_for
from flows.web.spoken import dated
from flows.web.visits import Asked, Page, Visit
from models.privacy import redact_addresses


def show(visit: Visit) -> Page:
    """One vote."""
    vote = visit.context.ledger.votes.get(visit.at["name"])
    return vote_page.show(visit, vote) if vote else _draft(visit)


def _draft(visit: Visit) -> Page:
    draft = draft_of(visit.context, visit.at["name"])
    election = draft.election or draft.sketch
    facts: dict[str, Any] = {"draft": draft, "dates": [], "faults": _faults(draft)}
    facts["can_go"] = visit.officer.acts and not was_approved(visit.context, draft.name)
    if election:
        facts["dates"] = [
            (visit.words.say("draft.opens"), dated(visit, election.opens)),
            (visit.words.say("draft.closes"), dated(visit, election.closes)),
        ]
        (how_long,) = window(visit.context.chapter, election, election.opens)
        facts["window"] = how_long.fact
        source = "form" if election.ballots.form else "tab"
        facts["source"] = "none" if draft.sketch else source
    contests = [_contest(visit, n, file) for n, file in enumerate(draft.contests, start=1)]
    return Page("draft.html", facts | {"contests": contests})


def _faults(draft: Draft) -> list[str]:
    """What is wrong with its files, but for what is said at its place: no contests, no form."""
    if draft.sketch:
        return []
    said = redact_addresses(draft.fault.fact).split("; ") if draft.fault else []
    return [line for line in said if draft.contests or not line.startswith("there are no contests")]


def _contest(visit: Visit, place: int, file: DraftFile) -> dict[str, Any]:
    table = file.table
    return {
        "place": place,
        "title": redact_addresses(str(table.get("title") or file.path.name)),
        "kind": redact_addresses(called(visit.words, table)),
        "asked_for": is_asked_for(table),
        "people": [redact_addresses(one) for one in people_of(table)],
        "file": file.path.name,
        "fault": redact_addresses(file.fault.fact) if file.fault else "",
    }


ASKED: Final = (Asked("GET", "/votes/{name}", show),)
