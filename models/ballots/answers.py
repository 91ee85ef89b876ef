"""What one ballot says on one race."""

from models.base import Value
from models.tally.rankings import Ranking


class Answer(Value):
    """What one ballot says on one race: a ranking (`()` is blank), or why it cannot be read."""

    ranking: Ranking = ()
    unreadable: str = ""
