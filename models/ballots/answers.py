"""What one ballot says on one race."""

from models.base import Value
from models.tally.rankings import Ranking


class Answer(Value):
    """What one ballot says on one race: a ranking (`()` is blank), or why it cannot be read."""

    ranking: Ranking = ()
    unreadable: str = ""
    too_high: bool = False
    """It also answers a question for a rank above the number of choices: nothing (BA-7)."""
