"""All votes: what is prepared, what is under way, what is over."""

from datetime import datetime
from typing import Final, Literal, NamedTuple

from flows.votes.drafts.folders import Draft, draft_of, names
from flows.votes.lifecycle import calendar
from flows.votes.what_next import is_finished
from flows.web.spoken import dated
from flows.web.visits import Asked, Page, Visit
from models.privacy import redact_addresses
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord

Group = Literal["prepared", "going", "over"]


class Row(NamedTuple):
    """One vote of the list."""

    name: str
    title: str
    state: str
    tone: str
    """How its state looks: good, warn, grave, calm."""
    next: str
    group: Group
    opens: datetime | None


def votes(visit: Visit) -> Page:
    """The list; the newest first."""
    context = visit.context
    rows = [_approved(visit, vote) for vote in context.ledger.votes.all()]
    rows += [_draft(visit, draft_of(context, name)) for name in names(context)]
    rows.sort(key=lambda row: (row.opens is None, row.opens and -row.opens.timestamp(), row.name))
    groups = [(group, [row for row in rows if row.group == group]) for group in _GROUPS]
    return Page("votes.html", {"groups": [(name, of) for name, of in groups if of]})


_GROUPS: Final[tuple[Group, ...]] = ("going", "prepared", "over")
_TONES: Final = {
    ElectionState.DRAFT: "good",
    ElectionState.OPEN: "good",
    ElectionState.CLOSED: "warn",
    ElectionState.COUNTED: "warn",
    ElectionState.PUBLISHED: "calm",
    ElectionState.CANCELLED: "calm",
}


def _approved(visit: Visit, vote: ElectionRecord) -> Row:
    state, over = vote.state, is_finished(visit.context, vote)
    going: Group = "prepared" if state is ElectionState.DRAFT else "going"
    key = "approved" if state is ElectionState.DRAFT else state.value
    return Row(
        vote.name,
        _title(visit, vote.election.title, vote.election.title_es),
        visit.words.say(f"votes.state.{key}"),
        "warn" if vote.question else _TONES[state],
        _next(visit, vote),
        "over" if over else going,
        vote.election.opens,
    )


def _next(visit: Visit, vote: ElectionRecord) -> str:
    """Its next moment, or whom it waits for."""
    context, say = visit.context, visit.words.say
    plan, now = calendar(context.chapter, vote.election), context.now()
    match vote.state:
        case ElectionState.DRAFT if now >= plan.closes:
            return say("votes.next.missed", at=dated(visit, plan.closes))
        case ElectionState.DRAFT if now >= plan.opens:
            return say("votes.next.opening", at=dated(visit, plan.opens))
        case ElectionState.DRAFT:
            return say("votes.next.opens", at=dated(visit, plan.opens))
        case ElectionState.OPEN if now < plan.closes:
            return say("votes.next.closes", at=dated(visit, plan.closes))
        case ElectionState.OPEN | ElectionState.CLOSED if vote.question is None:
            return say("votes.next.counts", at=dated(visit, plan.counts))
        case ElectionState.OPEN | ElectionState.CLOSED:
            return say("votes.next.tie")
        case ElectionState.COUNTED:
            return say("votes.next.publish")
        case ElectionState.PUBLISHED if not is_finished(context, vote):
            return say("votes.next.announce")
        case _:
            return say("votes.next.closed", at=dated(visit, plan.closes))


def _draft(visit: Visit, draft: Draft) -> Row:
    words, election = visit.words, draft.election or draft.sketch
    if election is None:
        said, opens = words.say("votes.next.unfinished"), None
    else:
        opens = election.opens
        passed = election.closes <= visit.context.now()
        key = "votes.next.passed" if passed else "votes.next.would_open"
        said = words.say(key, at=dated(visit, election.closes if passed else opens))
    title_es = str(draft.settings.table.get("title_es", ""))
    title = _title(visit, draft.title, title_es)
    return Row(draft.name, title, words.say("votes.state.draft"), "calm", said, "prepared", opens)


def _title(visit: Visit, title: str, title_es: str) -> str:
    """An address in it is dots: one vote's file hides no other vote."""
    return redact_addresses((visit.words.language == "es" and title_es) or title)


ASKED: Final = (Asked("GET", "/votes", votes),)
