"""At the close: collect, sort into boxes, count, count again, render, record; stop at a tie.

A race that cannot be counted is void, with its reason, and the others are counted (EN-R11).

Nothing here runs before the closing minute (EN-R8). Ballots are read anew from the form at each
try, with the same window, and are written nowhere but as sums; so a count that died is simply made
again, and two at once come to one result.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress

from connectors import elections
from connectors.ledger import Ledger
from flows.context import ChapterContext
from flows.nightly.keeping import OVER
from flows.votes.arrived import who_took_part
from flows.votes.emails.delivered import look_after
from flows.votes.emails.tellers import worth_a_look
from flows.votes.history import questions
from flows.votes.lifecycle import (
    calendar,
    look_at,
    on_the_clock,
    rules_changed,
    state_label,
    vote_of,
)
from flows.votes.pages import PAGES, TELLERS, CountedContest, render
from flows.votes.quorum import held_until, is_held, is_in_grace
from flows.votes.sending import CLERK
from flows.votes.tally.collect import sorted_ballots
from flows.votes.tally.contest_count import count_race
from models.ballots.boxes import BallotAccounting
from models.errors import AskAPerson, ClerkError, FixTheData, Refused
from models.tally.drawing import pick
from models.votes.codes import secret_digest
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.replay import replayed
from models.votes.results import ElectionResult, OpenTie, Question, RaceResult, TieDecision


def close(context: ChapterContext, vote: ElectionRecord, by: str = CLERK) -> None:
    """End the voting; what arrives from now on is late."""
    if context.now() < vote.election.closes:
        until = on_the_clock(context.chapter, vote.election.closes)
        raise Refused(
            f"voting is open until {until}",
            where=vote.election.name,
            rule="EN-R8",
            next_step=look_at(vote.name),
        )
    context.ledger.votes.close(vote, by, context.now())


def close_and_count(
    context: ChapterContext, name: str, tell: Callable[[str], None], by: str = CLERK
) -> None:
    """Close one vote if its time has come, and count it, whatever else is due; no letter goes out.

    Args:
        tell: called with each step as soon as it is done.
        by: the officer who asked for it, for the record.

    Raises:
        Refused: it has not opened, voting goes on, or the grace for the last rows is not over.
        AskAPerson: a tie needs a recorded decision (EN-R5).
    """
    with context.ledger.alone():
        vote = vote_of(context, name)
        if vote.state is ElectionState.DRAFT:
            until = on_the_clock(context.chapter, vote.election.opens)
            raise Refused(
                f"the election is approved but not open; it opens {until}",
                where=name,
                rule="EN-R8",
                next_step=look_at(name),
            )
        if vote.state is ElectionState.OPEN:
            _refuse_while_held(context, vote)
            close(context, vote, by)
            tell("Closed.")
            vote = vote_of(context, name)
        if vote.state is not ElectionState.CLOSED:
            tell(f"It is already {vote.state}.")
            return
        tally(context, vote, by)
        tell("Counted. The tellers get their report at the next scheduled check.")


def _refuse_while_held(context: ChapterContext, vote: ElectionRecord) -> None:
    """A vote of the committee without quorum stays open for a day, so that it can be extended.

    Raises:
        Refused: its day is not over (SC-4).
    """
    is_over = context.now() >= vote.election.closes
    if not (is_over and vote.election.is_the_committees):
        return
    if is_in_grace(context, vote):
        counts = on_the_clock(context.chapter, calendar(context.chapter, vote.election).counts)
        raise Refused(
            f"ballots that were sent in time may arrive until {counts}",
            where=vote.name,
            rule="EN-R8",
            next_step="the program closes and counts it then automatically, or run this again then",
        )
    if is_held(context, vote):
        until = held_until(context.ledger, vote)
        late = f" until {on_the_clock(context.chapter, until)}" if until else ""
        raise Refused(
            f"too few have voted for a quorum, so voting is held open{late}",
            where=vote.name,
            rule="SC-4",
            next_step=f"`clerk election extend {vote.name} …` gives more time; if nobody does, the "
            "program closes and counts it then",
        )


def tally(context: ChapterContext, vote: ElectionRecord, by: str = CLERK) -> list[CountedContest]:
    """Count a closed vote and leave its pages and its result.

    Raises:
        Refused: it has not closed, or the grace for the last rows is not over.
        AskAPerson: a tie needs a recorded decision (EN-R5).
    """
    due = calendar(context.chapter, vote.election).counts
    state = state_label(vote)
    if vote.state in OVER:
        name = vote.election.name
        raise Refused(f"the election is {state}", where=name, rule="EN-R8", next_step=look_at(name))
    if vote.state is not ElectionState.CLOSED or context.now() < due:
        raise Refused(
            f"the election is {state}; it can be counted from {on_the_clock(context.chapter, due)}",
            where=vote.election.name,
            rule="EN-R8",
            next_step="the program counts it then automatically, or run this command again",
        )
    if rules_changed(context, vote.election):
        name = context.counting_of(vote.election).name
        raise Refused(
            f"the counting rules changed after this election was approved (now {name})",
            where=vote.election.name,
            rule="EN-R6",
            next_step="restore `bylaws` in chapter.toml, the file it names, or the program's "
            "version from the day of the approval; `clerk election history "
            f"{vote.election.name}` shows that day",
        )
    is_untouched(context.ledger, vote)
    with suppress(ClerkError):  # no mail waits for the count, and the count for no mail
        look_after(context, vote)
    boxes, races, typos = counted(context, vote)
    if ties := [(race, tie) for race in races if (tie := race.result.question)]:
        _stop(context, vote, {race.contest.id: OpenTie.of(tie) for race, tie in ties}, by)
    folder = elections.folder_of(context.chapter.folder, vote.election.name)
    render(context, vote, boxes, races, typos)
    result = result_of(context, vote, boxes, races, typos)
    pages, tellers = (elections.pages_digest(folder / kind) for kind in (PAGES, TELLERS))
    took_part = who_took_part(context, vote) if vote.election.is_the_committees else None
    context.ledger.votes.record_result(vote, result, pages, tellers, by, context.now(), took_part)
    return races


def is_untouched(ledger: Ledger, vote: ElectionRecord) -> None:
    """Nobody defines a race anew, or makes other codes, when ballots are in.

    Raises:
        FixTheData: the ledger holds another definition than the record says was approved (EN-R6),
            or another secret than that of the opening (BA-1).
    """
    told = replayed(ledger.votes.lines(vote.name))
    if told.definition not in (None, vote.definition_digest):
        raise _touched(vote, "the contests are not the ones that were approved", "EN-R6")
    if bool(vote.secret) is told.roll_destroyed:
        raise _touched(vote, "the secret of the codes does not match the audit log", "DP-6")
    if vote.secret and told.secret not in (None, secret_digest(vote.secret)):
        raise _touched(vote, "the secret of the codes changed after voting opened", "BA-1")


def _touched(vote: ElectionRecord, fact: str, rule: str) -> FixTheData:
    return FixTheData(
        fact,
        where=vote.name,
        rule=rule,
        next_step="`clerk audit` shows what was changed; restore the ledger from a backup",
    )


def counted(
    context: ChapterContext, vote: ElectionRecord
) -> tuple[BallotAccounting, list[CountedContest], int]:
    """The answers in their boxes, every race by two counts, and how many codes are typing errors.

    Raises:
        FixTheData: the form does not ask what the contests ask any more (BA-4).
    """
    boxes, typos = sorted_ballots(context, vote)
    return boxes, [count_race(context, vote, one, boxes) for one in vote.election.contests], typos


def _stop(context: ChapterContext, vote: ElectionRecord, question: Question, by: str) -> None:
    """Write the question down, once, and ask it (EN-R5)."""
    if question != vote.question:
        context.ledger.votes.record_tie(vote, question, by, context.now())
    raise AskAPerson(
        "; ".join(questions(question)),
        where=vote.name,
        rule="EN-R5",
        next_step=f"run `clerk election decide {vote.name} {next(iter(question))} PICKED --how … "
        "--by …`; it is then counted again",
    )


def decide(
    context: ChapterContext, name: str, contest: str, picked: str, how: str, by: str
) -> None:
    """Record a decision of the tie that a count stopped at (EN-R5).

    Raises:
        Refused: no such question is open.
    """
    with context.ledger.alone():
        vote = context.ledger.votes.get(name)
        asked = (vote.question or {}).get(contest) if vote else None
        if vote is None or asked is None or vote.state is not ElectionState.CLOSED:
            raise Refused(
                "this contest has no tie to decide", where=f"{name} {contest}", rule="EN-R5"
            )
        if picked not in asked.tied:
            listed = ", ".join(asked.tied)
            raise Refused(
                f"{picked} is not one of the tied choices: {listed}", where=contest, rule="EN-R5"
            )
        decision = TieDecision(contest=contest, tied=asked.tied, picked=picked, how=how)
        context.ledger.votes.decide_tie(vote, decision, by, context.now())


def by_lot(asked: OpenTie, seed: str, how: str) -> tuple[str, str]:
    """Whom a drawing from a published text picks, and how that is recorded (EN-R5)."""
    return pick(asked.tied, seed), f"{how}; a lot from the published text “{seed}”"


def result_of(
    context: ChapterContext,
    vote: ElectionRecord,
    boxes: BallotAccounting,
    races: Sequence[CountedContest],
    typos: int,
) -> ElectionResult:
    """What the ledger keeps: totals and digests, no ballot (DP-6)."""
    return ElectionResult(
        look_at=tuple(worth_a_look(context, vote, boxes, races, typos)),
        received=boxes.received,
        counted=len(boxes.counted),
        superseded=len(boxes.superseded),
        set_aside=boxes.reasons(),
        races={
            race.contest.id: RaceResult(
                outcome=race.result.outcome,
                rounds=tuple(dict(one.tally) for one in race.result.rounds),
                digests=dict(race.result.digests),
                void=race.result.void,
            )
            for race in races
        },
    )
