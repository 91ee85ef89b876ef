"""One scene: what is wrong, what is said of it, what its Next is, and what is right afterwards."""

import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Said(NamedTuple):
    """One thing a command says: what is so, and what to do."""

    fact: str
    next_step: str


class Stage(Protocol):
    """Where a scene plays: it can be asked what is said, and what is right."""

    before: object
    """The truth before anything was wrong."""
    said_before: list[Said]
    """What was said then."""

    def said(self) -> list[Said]:
        """All that is said now."""

    def truth(self) -> object:
        """What must not change by a fault that was mended as it says."""


Play = Callable[..., Generator[None, Said, object]]
"""Plants its fault, yields, is given what was said, and does what the Next says.

It returns the truth as it should be then, looked at by itself; None where it is that of before.
"""


@dataclass(frozen=True)
class Scene:
    """A row of the table."""

    wrong: str
    """What somebody did, in words."""
    fact: str
    """What the message must say: a regular expression."""
    next_step: str
    """What its Next must say: a regular expression."""
    right: str
    """What is right afterwards, in words."""
    play: Play
    place: str
    """The kind of scene, from its module's name."""
    stays: bool = False
    """Whether it is said for as long as it is so, and nothing is to be done."""

    def __str__(self) -> str:
        return self.play.__name__

    def find(self, said: Sequence[Said]) -> Said | None:
        """What is said of the fault, if anything is."""
        fits = (s for s in said if re.search(self.fact, s.fact))
        return next(fits, None)


def plays(stage: Stage, scene: Scene) -> None:
    """Play a scene to its end, and look at what became of it."""
    before = stage.before
    assert scene.find(stage.said_before) is None, "said before anything was wrong"
    acts = scene.play(stage)
    next(acts)
    found = scene.find(stage.said())
    assert found, f"nothing says “{scene.fact}”: {stage.said()}"
    assert re.search(scene.next_step, found.next_step), found
    expected = _followed(acts, found)
    left = scene.find(stage.said())
    assert bool(left) == scene.stays, "its Next was followed, and it is still said"
    assert stage.truth() == (before if expected is None else expected), scene.right


def _followed(acts: Generator[None, Said, object], found: Said) -> object:
    try:
        acts.send(found)
    except StopIteration as end:
        return end.value
    raise AssertionError("a scene has two acts")


class Rows:
    """The scenes of one module; a decorator adds a row."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.scenes: list[Scene] = []

    def __call__(
        self, wrong: str, fact: str, next_step: str, right: str, *, stays: bool = False
    ) -> Callable[[Play], Play]:
        """Add the scene that the function below plays."""

        def add(play: Play) -> Play:
            self.scenes.append(Scene(wrong, fact, next_step, right, play, self.place, stays))
            return play

        return add


def commands(text: str) -> list[list[str]]:
    """The commands that a Next names, as words behind `clerk`."""
    return [
        found.split()
        for found in re.findall(r"\bclerk ([a-z]+(?: (?!then|to|and)[^\s`;,]+)*)", text)
    ]
