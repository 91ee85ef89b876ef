"""At the close: collect, sort into boxes, count, count again, render, record; stop at a tie.

A race that cannot be counted is void, with its reason, and the others are counted (EN-R11).

Nothing here runs before the closing minute (EN-R8). Ballots are read anew from the form at each
try, with the same window, and are written nowhere but as sums; so a count that died is simply made
again, and two at once come to one result.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from connectors import elections
from connectors.google import Arrived
from connectors.ledger import ElectionRecord
from flows.context import ChapterContext
from flows.nightly.keeping import OVER
from flows.votes.emails.delivered import look_after
from flows.votes.emails.reminders import code_of
from flows.votes.emails.tellers import worth_a_look
from flows.votes.history import questions
from flows.votes.lifecycle import calendar, look_at, on_the_clock, rules_changed, standing, vote_of
from flows.votes.pages import PAGES, TELLERS, CountedContest, render
from flows.votes.sending import CLERK
from flows.votes.tally.contest_count import count_race
from flows.votes.unread_tabs import how_to_copy, unread_tabs
from models.ballots.boxes import BallotAccounting, RejectionReason, Window, classify_ballots
from models.ballots.form_reader import FormReader
from models.ballots.received import Received
from models.ballots.void import said_void
from models.bylaws.counting import CountingRules
from models.errors import AskAPerson, FixTheData, Refused, TryAgainLater
from models.votes.codes import is_well_formed, secret_digest
from models.votes.election import ElectionState
from models.votes.frozen_roll import codes_of
from models.votes.replay import replayed
from models.votes.results import ElectionResult, OpenTie, Question, RaceResult, TieDecision


def close(context: ChapterContext, vote: ElectionRecord) -> None:
    """End the voting; what arrives from now on is late."""
    if context.now() < vote.election.closes:
        until = on_the_clock(context, vote.election.closes)
        raise Refused(
            f"voting goes on until {until}",
            where=vote.election.name,
            rule="EN-R8",
            next_step=look_at(vote.name),
        )
    context.ledger.votes.close(vote, CLERK, context.now())


def close_and_count(context: ChapterContext, name: str, tell: Callable[[str], None]) -> None:
    """Close one vote if its time has come, and count it, whatever else is due; no letter goes out.

    Args:
        tell: called with each step as soon as it is done.

    Raises:
        Refused: it has not opened, voting goes on, or the grace for the last rows is not over.
        AskAPerson: a tie needs a recorded decision (EN-R5).
    """
    with context.ledger.alone():
        vote = vote_of(context, name)
        if vote.state is ElectionState.DRAFT:
            until = on_the_clock(context, vote.election.opens)
            raise Refused(
                f"the vote is approved, and not open; it opens {until}",
                where=name,
                rule="EN-R8",
                next_step=look_at(name),
            )
        if vote.state is ElectionState.OPEN:
            close(context, vote)
            tell("Closed.")
            vote = vote_of(context, name)
        if vote.state is not ElectionState.CLOSED:
            tell(f"It is {vote.state} already.")
            return
        tally(context, vote)
        tell("Counted. The tellers get their report with the next strike of the clock.")


def tally(context: ChapterContext, vote: ElectionRecord) -> list[CountedContest]:
    """Count a closed vote and leave its pages and its result.

    Raises:
        Refused: it has not closed, or the grace for the last rows is not over.
        AskAPerson: a tie needs a recorded decision (EN-R5).
    """
    due = calendar(context, vote.election).counts
    state = standing(vote)
    if vote.state in OVER:
        name = vote.election.name
        raise Refused(f"the vote is {state}", where=name, rule="EN-R8", next_step=look_at(name))
    if vote.state is not ElectionState.CLOSED or context.now() < due:
        raise Refused(
            f"the vote is {state}, and is counted from {on_the_clock(context, due)} on",
            where=vote.election.name,
            rule="EN-R8",
            next_step="the clock counts it then by itself, and so does this command",
        )
    if rules_changed(context, vote.election):
        name = context.counting_of(vote.election).name
        raise Refused(
            f"the counting rules (now {name}) are not those by which the vote was approved",
            where=vote.election.name,
            rule="EN-R6",
            next_step="give `bylaws` in chapter.toml, the file it names, or the program's version "
            f"back as at the approval; `clerk election history {vote.election.name}` has its day",
        )
    is_untouched(context, vote)
    with suppress(TryAgainLater):  # no mail waits for the count, and the count for no mail
        look_after(context, vote)
    boxes, races, typos = counted(context, vote)
    if ties := [(race, tie) for race in races if (tie := race.result.question)]:
        _stop(context, vote, {race.contest.id: OpenTie.of(tie) for race, tie in ties})
    folder = elections.folder_of(context.chapter.folder, vote.election.name)
    render(context, vote, boxes, races, typos)
    result = result_of(context, vote, boxes, races, typos)
    pages, tellers = (elections.pages_digest(folder / kind) for kind in (PAGES, TELLERS))
    context.ledger.votes.record_result(vote, result, pages, tellers, CLERK, context.now())
    return races


def is_untouched(context: ChapterContext, vote: ElectionRecord) -> None:
    """Nobody defines a race anew, or makes other codes, when ballots are in.

    Raises:
        FixTheData: the ledger holds another definition than the record says was approved (EN-R6),
            or another secret than that of the opening (BA-1).
    """
    told = replayed(context.ledger.votes.lines(vote.name))
    if told.definition not in (None, vote.definition_digest):
        raise _touched(vote, "what was voted on is not what was approved", "EN-R6")
    if bool(vote.secret) is told.roll_destroyed:
        raise _touched(vote, "the secret of the codes is not as the record says", "DP-6")
    if vote.secret and told.secret not in (None, secret_digest(vote.secret)):
        raise _touched(vote, "the secret of the codes is not that of the opening", "BA-1")


def _touched(vote: ElectionRecord, fact: str, rule: str) -> FixTheData:
    return FixTheData(
        fact,
        where=vote.name,
        rule=rule,
        next_step="`clerk audit` says what was changed; put the ledger back from a backup",
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


def sorted_ballots(context: ChapterContext, vote: ElectionRecord) -> tuple[BallotAccounting, int]:
    """Every row that arrived in its box, and how many codes are typing errors.

    Raises:
        FixTheData: the form does not ask what the contests ask any more (BA-4).
    """
    election = vote.election
    assert vote.opened is not None  # noqa: S101 - a closed vote was opened
    roll, _ = codes_of(context.ledger.votes.roll(election.name), vote.secret, election.name)
    arrived = _as_counted(vote, context.ballot_forms.arrived(election.ballots))
    none_elsewhere(context, vote, arrived)
    rows = received(arrived, vote, context.counting_of(election))
    window = Window(opens=vote.opened, closes=election.closes)
    typos = sum(1 for row in rows if row.code and not is_well_formed(row.code))
    boxes = classify_ballots(rows, roll, window)
    edition = context.counting_of(election)
    reader = FormReader(arrived.headers, election.contests, edition, vote.cancelled)
    void = said_void(arrived.headers, reader.read, [row.cells for row in arrived.rows])
    marked = tuple(arrived.rows[number].place for number in void)
    return boxes.model_copy(update={"unsent": arrived.unsent, "marked": marked}), typos


def _as_counted(vote: ElectionRecord, arrived: Arrived) -> Arrived:
    """Once it is counted, without the late answers that came since: they change nothing (BA-2)."""
    if vote.result is None:
        return arrived
    closes = vote.election.closes
    rows = arrived.rows
    late = sorted((row.at, n) for n, row in enumerate(rows) if row.at and row.at >= closes)
    since = {n for _, n in late[vote.result.set_aside.get(RejectionReason.LATE, 0) :]}
    return replace(arrived, rows=tuple(row for n, row in enumerate(rows) if n not in since))


def none_elsewhere(context: ChapterContext, vote: ElectionRecord, arrived: Arrived) -> None:
    """No ballot is left in a tab that is not read, as after the form was linked anew; copies are.

    Raises:
        FixTheData: answers of the window stand in another tab of the workbook (BA-2).
    """
    for found in unread_tabs(context, vote, arrived):
        raise FixTheData(
            "answers of this vote stand here, and the vote is read from another tab",
            where=f"tab “{found.title}”",
            rule="BA-2",
            next_step=f"{how_to_copy(vote.election.ballots)}, and `clerk election tally "
            f"{vote.name}`",
        )


def received(arrived: Arrived, vote: ElectionRecord, edition: CountingRules) -> list[Received]:
    """Rows with a place, a time, a code and answers; here identity and choice part (BA-5)."""
    reader = FormReader(arrived.headers, vote.election.contests, edition, vote.cancelled)
    if faults := reader.faults or reader.forgotten([row.cells for row in arrived.rows]):
        raise FixTheData(
            "; ".join(faults),
            where="the ballot form",
            rule="BA-4",
            next_step="give questions and rows their titles back; of two columns, put the answers "
            "of both into one, row by row, and retitle the one that is empty then; then `clerk "
            f"election tally {vote.name}`",
        )
    return [
        Received(
            place=row.place,
            at=row.at,
            code=code_of(row.code),
            answers=reader.answers(row.cells, gone=row.gone),
        )
        for row in arrived.rows
    ]


def _stop(context: ChapterContext, vote: ElectionRecord, question: Question) -> None:
    """Write the question down, once, and ask it (EN-R5)."""
    if question != vote.question:
        context.ledger.votes.record_tie(vote, question, CLERK, context.now())
    raise AskAPerson(
        "; ".join(questions(question)),
        where=vote.name,
        rule="EN-R5",
        next_step=f"`clerk election decide {vote.name} {next(iter(question))} PICKED --how … "
        "--by …`, then it is counted again",
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
            raise Refused("no tie is open there", where=f"{name} {contest}", rule="EN-R5")
        if picked not in asked.tied:
            listed = ", ".join(asked.tied)
            raise Refused(f"{picked} is not among the tied: {listed}", where=contest, rule="EN-R5")
        decision = TieDecision(contest=contest, tied=asked.tied, picked=picked, how=how)
        context.ledger.votes.decide_tie(vote, decision, by, context.now())


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
