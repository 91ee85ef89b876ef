"""The history of a vote, and whether the chapter's whole audit log is intact."""

from typing import Any, Final

from flows.context import ChapterContext
from flows.votes import history
from flows.votes.sending import CLERK
from flows.votes.tally import audit as audits
from flows.web.pages.vote_page import the_vote
from flows.web.visits import Asked, Page, Visit
from models.errors import FixTheData
from models.text import formats
from models.votes.audit_log import AuditLogEntry


def of_a_vote(visit: Visit) -> Page:
    """Who did what, when."""
    vote = the_vote(visit)
    zone = visit.context.chapter.tz
    lines = visit.context.ledger.votes.lines(vote.name)
    language, program = visit.words.language, visit.words.say("vote_record.program")
    rows = [
        (formats.stamp(line.at.astimezone(zone), language), _who(line, program), what, facts)
        for line, what, facts in history.rows(lines, vote, zone)
    ]
    return Page("vote-history.html", {"vote": vote, "rows": rows[::-1]})


def _who(line: AuditLogEntry, program: str) -> str:
    return program if line.who == CLERK else line.who


def audit(visit: Visit) -> Page:
    """Whether nothing was changed behind the program's back, and what to compare."""
    try:
        facts = _intact(visit.context, audits.audit(visit.context))
    except FixTheData as fault:
        facts = {"fault": fault, "many": 0, "newest": "", "results": []}
    return Page("audit.html", facts, 200)


def _intact(context: ChapterContext, lines: list[AuditLogEntry]) -> dict[str, Any]:
    results = [
        (name, line.number, line.seal) for name, line in audits.sealed_results(lines).items()
    ]
    newest = lines[-1].seal if lines else ""
    return {"fault": None, "many": len(lines), "newest": newest, "results": results}


ASKED: Final = (
    Asked("GET", "/votes/{name}/history", of_a_vote),
    Asked("GET", "/audit", audit),
)
