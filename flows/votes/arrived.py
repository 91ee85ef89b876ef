"""Whose ballot has arrived, by times and codes alone; what they say is not looked at (EN-R8)."""

from collections.abc import Sequence

from flows.context import ChapterContext
from models.ballots.received import Code
from models.intake.people import PersonId
from models.votes.election_record import ElectionRecord
from models.votes.frozen_roll import RollEntry, codes_of, voted


def who_took_part(context: ChapterContext, vote: ElectionRecord) -> set[PersonId]:
    """Whose ballot arrived in the window: told of the committee's own votes alone (BA-6)."""
    roll, codes = codes_of(context.ledger.votes.roll(vote.name), vote.secret, vote.name)
    numbers = arrived_numbers(context, vote)
    return {person for person, code in codes.items() if roll[code].number in numbers}


def arrived_numbers(context: ChapterContext, vote: ElectionRecord) -> set[int]:
    """The numbers of the voters whose ballot has arrived in the window."""
    name, opened = vote.election.name, vote.opened
    roll, _ = codes_of(context.ledger.votes.roll(name), vote.secret, name)
    rows = context.ballot_forms.arrived(vote.election.ballots).rows
    inside = (r for r in rows if r.at and opened and opened <= r.at < vote.election.closes)
    return voted((code_of(row.code) for row in inside), roll)


def with_codes_of(context: ChapterContext, vote: ElectionRecord, roll: Sequence[RollEntry]) -> int:
    """How many rows have a code of this vote, whenever they came.

    Args:
        roll: its roll, which may not be frozen yet.
    """
    codes, _ = codes_of(roll, vote.secret, vote.name)
    rows = context.ballot_forms.arrived(vote.election.ballots).rows
    return sum(code_of(row.code) in codes for row in rows)


def code_of(typed: str) -> Code | None:
    """The code on a row; None when the cell is empty."""
    try:
        return Code.parse(typed)
    except ValueError:
        return None
