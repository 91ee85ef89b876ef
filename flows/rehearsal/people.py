"""Invented people in the shape of a roll: how many vote, how many are one event away, and so on."""

from typing import NamedTuple

from connectors.sandbox.invented import address_of, name_of
from flows.rehearsal.values import Invented
from models.errors import FixTheSettings
from models.text.sentences import Sentence

MOST = 2000
"""People; more would make each step of a rehearsal slow, and show nothing else."""
VOTES, AWAY, NOT_YET, UNREACHED = "votes", "away", "not yet", "unreached"
PLAYS = {
    VOTES: Sentence("can vote"),
    AWAY: Sentence("needs one more event"),
    NOT_YET: Sentence("registered, and cannot vote yet"),
    UNREACHED: Sentence("can vote, and left the mailing list: someone has to call"),
}


class Shape(NamedTuple):
    """How many of each there are."""

    votes: int = 22
    away: int = 6
    not_yet: int = 10
    unreached: int = 2

    def plays(self) -> list[tuple[int, str]]:
        """Each invented person by number, with what they are there for."""
        parts = ((VOTES, self.votes), (UNREACHED, self.unreached), (AWAY, self.away),
                 (NOT_YET, self.not_yet))  # fmt: skip
        return list(enumerate(part for part, many in parts for _ in range(many)))


def held_to_bounds(shape: Shape) -> Shape:
    """A shape that can be rehearsed.

    Raises:
        FixTheSettings: nobody in it can vote, or it has more people than a rehearsal takes.
    """
    step = "begin the rehearsal without --like-roll"
    if shape.votes + shape.unreached == 0:
        raise FixTheSettings(
            "nobody on the chapter's voter roll can vote, so there is no vote to rehearse",
            where="--like-roll",
            next_step=f"run `clerk sync --apply` first, or {step}",
        )
    if sum(shape) > MOST:
        fact = f"the chapter's voter roll has {sum(shape)} people; a rehearsal takes {MOST}"
        raise FixTheSettings(fact, where="--like-roll", next_step=step)
    return shape


def invented(plays: list[tuple[int, str]]) -> tuple[Invented, ...]:
    """The people themselves."""
    return tuple(Invented(name_of(n), address_of(n), PLAYS[part]) for n, part in plays)
