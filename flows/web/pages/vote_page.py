"""The page of a vote: how it stands, what waits for a person, each step, and what can be done."""

from collections.abc import Iterator
from typing import NamedTuple

from flows.views import election as election_views
from flows.views.status import outcomes
from flows.views.timeline import timeline
from flows.votes.lifecycle import calendar, vote_of
from flows.votes.publish import goes_out_by_itself, is_announced
from flows.votes.quorum import HELD, held_until
from flows.web.spoken import moment
from flows.web.turnouts import Read
from flows.web.visits import Page, Visit
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord


def the_vote(visit: Visit) -> ElectionRecord:
    """The vote that the path names.

    Raises:
        Refused: it has not been approved.
    """
    return vote_of(visit.context, visit.at["name"])


def show(visit: Visit, vote: ElectionRecord) -> Page:
    """How a vote stands that was approved."""
    stage = stage_of(visit, vote)
    read = read_of(visit, vote)
    is_public = vote.state is ElectionState.PUBLISHED
    return Page(
        "vote-page.html",
        {
            "vote": vote,
            "title": vote.election.title_in(visit.words.language),
            "stage": stage,
            "heading": _heading(visit, vote, stage),
            "read": read,
            "told": election_views.known(visit.context, vote, lambda _, at: moment(visit, at)),
            "steps": timeline(visit.context, vote),
            "waits": list(_waits(visit, vote, stage, read)),
            "can": frozenset(_can(visit, vote)),
            "moment": lambda at: moment(visit, at),
            "outcomes": outcomes(vote, visit.words.language) if is_public else {},
        },
    )


def read_of(visit: Visit, vote: ElectionRecord) -> Read | None:
    """The turnout as last read; None where there is nothing to read."""
    is_off = vote.state is ElectionState.CANCELLED and vote.opened is not None
    if vote.state is not ElectionState.OPEN and not is_off:
        return None
    return visit.shared.turnouts.of(visit.context, visit.shared.now, vote)


def stage_of(visit: Visit, vote: ElectionRecord) -> str:
    """How far it is: a word for each sentence that can stand at the top."""
    plan, now = calendar(visit.context.chapter, vote.election), visit.context.now()
    match vote.state:
        case ElectionState.DRAFT:
            stages = ("approved", plan.opens), ("opening", plan.closes)
            return next((stage for stage, until in stages if now < until), "missed")
        case ElectionState.OPEN:
            held = held_until(visit.context.ledger, vote)
            return "open" if now < plan.closes else "held" if held and now < held else "closing"
        case ElectionState.CLOSED:
            return "tie" if vote.question else "counting"
        case ElectionState.COUNTED:
            return "publishing" if goes_out_by_itself(vote) else "counted"
        case ElectionState.PUBLISHED:
            stage = "published" if is_announced(visit.context.ledger, vote) else "announcing"
            return stage if vote.election.has_public_pages else f"{stage}_to_the_committee"
        case ElectionState.CANCELLED:
            return "canceled"


def _heading(visit: Visit, vote: ElectionRecord, stage: str) -> str:
    plan = calendar(visit.context.chapter, vote.election)
    told = {
        "opens": moment(visit, plan.opens),
        "closes": moment(visit, plan.closes),
        "counts": moment(visit, plan.counts),
        "ends": moment(visit, plan.closes + HELD),
    }
    return visit.words.say(f"vote_page.stage.{stage}", **told)


class Waiting(NamedTuple):
    """Something that waits for a person."""

    what: str
    path: str = ""
    """Where to do it; "" if it is done somewhere else."""
    post: bool = False
    """Whether a button does it at once."""
    many: int = 0


_BY_ITSELF = ("opening", "closing", "publishing", "announcing")
"""Stages whose next step the clock takes."""


def _waits(visit: Visit, vote: ElectionRecord, stage: str, read: Read | None) -> Iterator[Waiting]:
    here = f"/votes/{vote.name}"
    counts = calendar(visit.context.chapter, vote.election).counts
    if stage in ("closing", "counting") and visit.context.now() >= counts:
        yield Waiting("tally", f"{here}/tally", post=True)
    elif stage == "held":
        yield Waiting("quorum", f"{here}/extend")
    elif stage.removesuffix("_to_the_committee") in _BY_ITSELF:
        yield Waiting("due", f"{here}/due", post=True)
    if stage == "tie":
        yield Waiting("tie", f"{here}/tie")
    if stage == "counted":
        yield Waiting("none_counts" if _none_counts(vote) else "publish", f"{here}/result")
    if read and read.turnout and read.turnout.calls:
        many = len(read.turnout.calls)
        yield Waiting("calls", f"{here}/calls", many=many)
    if read and read.turnout and read.turnout.still_asks:
        yield Waiting("form")


def _none_counts(vote: ElectionRecord) -> bool:
    return bool(vote.result and vote.result.counts_none)


def _can(visit: Visit, vote: ElectionRecord) -> Iterator[str]:
    """What an officer can do with it now."""
    yield "look"
    is_before_close = visit.context.now() < vote.election.closes
    if vote.opened and vote.state is not ElectionState.CANCELLED:
        yield "voter"
    if vote.state in (ElectionState.COUNTED, ElectionState.PUBLISHED):
        yield "result"
    if not visit.officer.acts:
        return
    if vote.state is ElectionState.DRAFT:
        yield "unapprove"
    held = held_until(visit.context.ledger, vote)
    if vote.state is ElectionState.OPEN and (is_before_close or held):
        yield "extend"
    if vote.state in (ElectionState.DRAFT, ElectionState.OPEN) and is_before_close:
        yield from ("cancel", "withdraw")
