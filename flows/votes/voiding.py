"""The committee voids a race that was counted, by two thirds; the result stays beside (EN-R11).

1. Nothing is void on an officer's word: the votes of the committee are counted here, by SC-4 and
   SC-R1, quorum included.
2. The result stays in the ledger, the record and the pages. The pages say beside it that it is
   void, by which decision and why; so nobody can discard a result they dislike unseen.
3. The pages are made anew of the answers in the form, which must give the recorded result.
"""

from dataclasses import dataclass

from connectors import elections
from connectors.ledger import Act
from flows.context import ChapterContext
from flows.votes import guide
from flows.votes.ahead import after
from flows.votes.lifecycle import state_label, vote_of
from flows.votes.officers_words import given, in_one_line
from flows.votes.pages import PAGES, TELLERS, render
from flows.votes.tally.recount import counted_as_recorded, publish_again
from models.contests.contest import CommitteeDecision
from models.errors import Refused
from models.tally.count import count
from models.tally.outcome import OutcomeKind
from models.votes.changes import contest_of
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import RaceOverruled

NOWHERE = "it does not say where the committee's decision is recorded"


@dataclass(frozen=True, slots=True)
class Decided:
    """How the committee voted on it, and where that is written down."""

    where: str
    yes: int
    no: int
    abstained: int
    active: int
    recused: int = 0


def void(
    context: ChapterContext,
    name: str,
    race: str,
    by: str,
    reason: str,
    reason_es: str,
    decided: Decided,
) -> None:
    """Void a counted race by a decision of the committee, and publish what was counted beside it.

    Raises:
        Refused: there is no result, the race is void already, the committee's vote does not pass,
            or an address stands in what was said; nothing was written.
        FixTheSettings: the vote has no such race.
        FixTheData: the answers of today do not give the recorded result, or the committee's
            numbers cannot be; or it does not say why, or where that was decided.
    """
    with context.ledger.alone():
        vote = can_be(context, name, race, decided)
        event = RaceOverruled(
            race=race,
            reason=given(reason),
            reason_es=in_one_line(reason_es),
            decision=given(decided.where, "--decision", NOWHERE),
            yes=decided.yes,
            no=decided.no,
            abstained=decided.abstained,
            active=decided.active,
            recused=decided.recused,
            pages="",
            tellers="",
        )
        act = Act(by, context.now(), event)  # before anything is written: it may name somebody
        boxes, races, typos = counted_as_recorded(context, vote)
        since = after(vote, act)
        told = guide.files_of(context, since)  # before anything is written: its words may be wrong
        render(context, since, boxes, races, typos)
        folder = elections.folder_of(context.chapter.folder, name)
        pages, tellers = (elections.pages_digest(folder / kind) for kind in (PAGES, TELLERS))
        if vote.state is ElectionState.PUBLISHED:
            publish_again(context.chapter, since, told)
        done = event.model_copy(update={"pages": pages, "tellers": tellers})
        context.ledger.votes.overrule(vote, done, act.who, act.at)


def can_be(context: ChapterContext, name: str, race: str, decided: Decided) -> ElectionRecord:
    """The vote whose race the committee has voided so; nothing is written.

    Raises:
        Refused, FixTheSettings, FixTheData: as `void`.
    """
    vote = _with_a_result(context, name, race)
    _has_passed(context, race, decided)
    return vote


def _with_a_result(context: ChapterContext, name: str, race: str) -> ElectionRecord:
    vote = vote_of(context, name)
    if vote.state not in (ElectionState.COUNTED, ElectionState.PUBLISHED):
        raise Refused(
            f"there is no result to void: the election is {state_label(vote)}",
            where=name,
            rule="EN-R11",
            next_step=f"before voting closes, cancel the contest: `clerk election cancel {name}`; "
            "after that, wait for the count",
        )
    contest = contest_of(vote.election, race)
    if race in vote.changes.overruled or (vote.result and race in vote.result.voids):
        raise Refused(f"“{contest.title}” is already void", where=name, rule="EN-R11")
    return vote


def _has_passed(context: ChapterContext, race: str, decided: Decided) -> None:
    """Quorum and two thirds, by the edition of today (SC-4, SC-R1, SC-R2)."""
    item = CommitteeDecision(
        id=race, title=f"To void {race}", active=decided.active, recused=decided.recused
    )
    cast = {(0,): decided.yes, (1,): decided.no, (2,): decided.abstained}
    edition = context.bylaws.in_force(context.today).counting
    outcome = count(item, {ranking: n for ranking, n in cast.items() if n}, edition).outcome
    if outcome.kind is not OutcomeKind.ADOPTED:
        raise Refused(
            f"with these numbers, the committee did not decide it: {outcome}",
            where=race,
            rule="SC-4",
            next_step="nothing to do; the result stays valid",
        )
