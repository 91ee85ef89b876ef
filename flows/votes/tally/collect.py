"""The ballots of a vote as they arrived, each row accounted for (BA-2)."""

from dataclasses import replace

from connectors.google import Arrived
from flows.context import ChapterContext
from flows.votes.arrived import code_of
from flows.votes.unread_tabs import how_to_copy, unread_tabs
from models.ballots.boxes import BallotAccounting, RejectionReason, Window, classify_ballots
from models.ballots.form_reader import FormReader
from models.ballots.received import Received
from models.ballots.void import said_void
from models.bylaws.counting import CountingRules
from models.errors import FixTheData
from models.votes.codes import is_well_formed
from models.votes.election_record import ElectionRecord
from models.votes.frozen_roll import codes_of


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
    """Check that no ballot is left in a tab that is not read, as after the form was linked again.

    Raises:
        FixTheData: answers of the window stand in another tab of the workbook (BA-2).
    """
    for found in unread_tabs(context, vote, arrived):
        raise FixTheData(
            "this tab has responses of this election, but the program reads a different tab",
            where=f"tab “{found.title}”",
            rule="BA-2",
            next_step=f"{how_to_copy(vote.election.ballots)}, and run `clerk election tally "
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
            next_step="restore the titles of questions and rows; if a column appears twice, put "
            "the responses of both into one, row by row, and rename the one that is "
            f"then empty; then run `clerk election tally {vote.name}`",
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
