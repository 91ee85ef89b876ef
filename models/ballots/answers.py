"""What one ballot says on one race."""

from models.base import Value
from models.tally.rankings import Ranking


class Answer(Value):
    """What one ballot says on one race: a ranking (`()` is blank), or why it cannot be read."""

    ranking: Ranking = ()
    unreadable: str = ""
    too_high: bool = False
    """It also marks a rank above the number of choices; that rank is nothing (BA-7)."""
