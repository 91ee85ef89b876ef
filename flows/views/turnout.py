"""How many have voted, and whom no letter reaches: what the services say of a vote just now.

Counts of ballots, and no mark on any (EN-R8). It reads the ballots' times and codes, and the
mailing list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flows.context import ChapterContext
from flows.votes.arrived import arrived_numbers
from flows.votes.emails.to_call import people_of, to_call
from flows.votes.sending import reach
from flows.votes.who_answers import still_asks
from models.intake.people import Person, PersonId
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord


@dataclass(frozen=True, slots=True)
class Turnout:
    """What was read, and when."""

    at: datetime
    voters: int
    ballots: int | None
    """None when the vote is not open."""
    calls: Mapping[PersonId, str] = field(repr=False)
    """Whom no letter reaches, and why."""
    people: Mapping[PersonId, Person] = field(repr=False)
    """The same, as the sheets name them."""
    still_asks: bool = False
    """Whether the form of a cancelled vote still accepts responses."""


def turnout(context: ChapterContext, vote: ElectionRecord) -> Turnout:
    """Read it anew."""
    on_roll = {one.person for one in context.ledger.votes.roll(vote.name) if one.on_roll}
    is_open = vote.state is ElectionState.OPEN
    is_off = vote.state is ElectionState.CANCELLED and vote.opened is not None
    reached = reach(context) if is_open or is_off else None
    calls = to_call(context, vote, reached) if reached else {}
    return Turnout(
        at=context.now(),
        voters=len(on_roll),
        ballots=len(arrived_numbers(context, vote)) if is_open else None,
        calls=calls,
        people=people_of(context, reached, calls) if reached else {},
        still_asks=is_off and still_asks(context, vote),
    )
