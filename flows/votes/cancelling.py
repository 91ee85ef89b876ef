"""Until a vote closes: cancel it or one of its races, or note that a candidate withdrew (EN-R11).

The word of an officer is a line of the record, and fixed with it; what follows is the clock's: the
letters, the codes that go off the mailing list, and the page of a cancelled vote. After the close
nothing can be cancelled, so that nobody can discard a result they dislike.
"""

from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.votes.emails.ballots import REMINDER_TEXTS, ballot_words
from flows.votes.lifecycle import on_the_clock, state_label, vote_of
from flows.votes.officers_words import given, in_one_line
from flows.votes.quorum import held_until
from models.contests.contest import Advisory, Approval, CommitteeDecision
from models.errors import Refused
from models.tally.rehearsal import rehearse
from models.text.folding import folded
from models.votes.changes import candidate_to_withdraw, contest_of, passed_over, race_to_cancel
from models.votes.election import REMINDERS, ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import CandidateWithdrawn, RaceCancelled, VoteCancelled


def cancel_vote(
    context: ChapterContext, name: str, by: str, reason: str, reason_es: str = ""
) -> ElectionRecord:
    """Cancel a vote that was approved and has not closed.

    Returns:
        The vote as it was before; `opened` says whether anybody has to be told.

    Raises:
        Refused: it has closed, or was cancelled already.
    """
    with context.ledger.alone():
        vote, event = cancellation(context, name, reason, reason_es)
        context.ledger.votes.cancel(vote, event, by, context.now())
    return vote


def cancellation(
    context: ChapterContext, name: str, reason: str, reason_es: str = ""
) -> tuple[ElectionRecord, VoteCancelled]:
    """What would be written of it; nothing is."""
    event = VoteCancelled(reason=given(reason), reason_es=in_one_line(reason_es))
    return changeable(context, name), event


def cancel_race(
    context: ChapterContext, name: str, race: str, by: str, reason: str, reason_es: str = ""
) -> ElectionRecord:
    """Cancel one race of it; the others go on.

    Raises:
        Refused: it has closed, or the race is cancelled already, or the last one.
        FixTheSettings: it has no such race.
    """
    with context.ledger.alone():
        vote, event = race_cancellation(context, name, race, reason, reason_es)
        context.ledger.votes.change(vote, event, by, context.now())
    return vote_of(context, name)


def race_cancellation(
    context: ChapterContext, name: str, race: str, reason: str, reason_es: str = ""
) -> tuple[ElectionRecord, RaceCancelled]:
    """What would be written of it; nothing is."""
    vote = changeable(context, name)
    _not_gone(context.chapter, vote, race)
    held = race_to_cancel(vote.election, race)
    said = {"reason": given(reason), "reason_es": in_one_line(reason_es)}
    return vote, RaceCancelled(race=held.id, **said)


def withdraw_candidate(
    context: ChapterContext,
    name: str,
    race: str,
    candidate: str,
    by: str,
    reason: str,
    reason_es: str = "",
) -> ElectionRecord:
    """Note that a candidate stands no more; the count passes over them.

    Raises:
        Refused: it has closed, or they have withdrawn already, or fewer than two would be left.
        FixTheSettings: it has no such race, or nobody of this name stands in it.
    """
    with context.ledger.alone():
        vote, event = withdrawal(context, name, race, candidate, reason, reason_es)
        context.ledger.votes.change(vote, event, by, context.now())
    return vote_of(context, name)


def withdrawal(
    context: ChapterContext,
    name: str,
    race: str,
    candidate: str,
    reason: str,
    reason_es: str = "",
) -> tuple[ElectionRecord, CandidateWithdrawn]:
    """What would be written of it; nothing is."""
    vote = changeable(context, name)
    _not_gone(context.chapter, vote, race, candidate)
    who = candidate_to_withdraw(vote.election, race, candidate)
    _can_be_counted(context, vote, race, who)
    said = {"reason": given(reason), "reason_es": in_one_line(reason_es)}
    return vote, CandidateWithdrawn(race=race, candidate=who, **said)


def left_to_do(vote: ElectionRecord, *, whole: bool) -> str:
    """What is left to do by hand: no program of ours edits a form that people answer.

    Args:
        vote: as it was before it, or one of its races, was cancelled.
        whole: whether the vote was, and not one of its races.
    """
    where = "the form" if vote.election.ballots.form else "the form behind the tab"
    if whole:
        return (
            f"In {where}, stop accepting responses now (Publish → Published → Accepting "
            "responses). No response will be counted."
            if vote.opened
            else "No one was invited, so no one gets an email."
        )
    if vote.opened:
        return f"Do not change {where}: choices in this contest are not counted."
    return f"Remove the question from {where} before voting opens."


KEEP_THE_FORM = "Do not change the ballot form: votes for this name are not counted."


def silent_reminder(context: ChapterContext, vote: ElectionRecord, reason: str) -> str:
    """That the chapter's own reminder is silent on a change; it would send people to it."""
    if is_in_reminders(context, vote, reason):
        return ""
    include = '{% include "vote-changes.txt" %}'
    return f"Your own vote-reminder text does not mention this. Add {include} to it."


def _not_gone(chapter: Chapter, vote: ElectionRecord, race: str, candidate: str = "") -> None:
    """Whoever says the same a second time learns that it is done, and when."""
    gone = [
        (f"“{contest.title}” is already canceled", line)
        for line, event, contest in vote.changes.races
        if event.race == race
    ]
    gone += [
        (f"{event.candidate} has already withdrawn", line)
        for line, event, _ in vote.changes.candidates
        if event.race == race and folded(event.candidate) == folded(candidate)
    ]
    for fact, line in gone:
        raise Refused(
            f"{fact}, since {on_the_clock(chapter, line.at)}",
            where=f"{vote.name} {race}",
            rule="EN-R11",
            next_step=f"`clerk election status {vote.name}` shows what was canceled or withdrawn",
        )


def _can_be_counted(context: ChapterContext, vote: ElectionRecord, race: str, who: str) -> None:
    """What could not be counted without somebody is not announced so, and then void."""
    contest = passed_over(contest_of(vote.election, race), [who])
    if isinstance(contest, CommitteeDecision | Approval | Advisory):
        return
    if wrong := "; ".join(rehearse(contest, context.counting_of(vote.election))):
        raise Refused(
            f"without {who}, this contest could not be counted: {wrong}",
            where=f"{vote.name} {race}",
            rule="EN-R11",
            next_step=f"cancel the contest: `clerk election cancel {vote.name} {race} --by …`",
        )


def is_in_reminders(context: ChapterContext, vote: ElectionRecord, reason: str) -> bool:
    """Whether later reminders tell of a change: the built-in text does, a chapter's own may not."""
    if not context.chapter.emails.folder:
        return True
    words = ballot_words(context, vote, REMINDER_TEXTS, number=1, in_all=REMINDERS)
    return in_one_line(reason) in words.text


def changeable(context: ChapterContext, name: str) -> ElectionRecord:
    """The vote, which has not closed.

    Raises:
        Refused: it has, or it was cancelled.
    """
    vote = vote_of(context, name)
    is_over = context.now() >= vote.election.closes
    if vote.state in (ElectionState.DRAFT, ElectionState.OPEN) and not is_over:
        return vote
    if off := vote.changes.cancelled:
        fact = f"the election is already canceled, since {on_the_clock(context.chapter, off[0].at)}"
        step = "a new election can open now"
    else:
        how = "past its close" if vote.state is ElectionState.OPEN else state_label(vote)
        fact = f"the election is {how}, so nothing can be canceled or withdrawn"
        step = (
            "wait for the count; after that, only the committee can void a contest, and "
            "the result stays published "
        )
        step += f"with the reason: `clerk election void {name} CONTEST …`"
        if held_until(context.ledger, vote):
            step = f"extend it first: `clerk election extend {name} …`; then it can be canceled"
    raise Refused(fact, where=name, rule="EN-R11", next_step=step)
