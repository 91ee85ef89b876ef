"""An endorsement cycle as the committee's tabs have it: races, candidates, what was done."""

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal, get_args

from models.base import Value
from models.contests.kinds import Scope
from models.intake.locations import SourceLocation
from models.text.folding import folded

Decision = Literal[
    "", "full", "abbreviated", "re-endorsement", "anti-endorsement", "question", "withheld"
]
"""What the committee decided about a race; "" is nothing yet (EN-2, EN-7, EN-8, EN-12)."""
StepKind = Literal[
    "committee meeting",
    "questionnaire sent",
    "questionnaire received",
    "forum",
    "video or written answers",
    "discussion",
    "record review",
    "candidate conversation",
    "research",
    "recommendation",
]
DECISIONS: Final[tuple[Decision, ...]] = get_args(Decision)[1:]
STEPS: Final[tuple[StepKind, ...]] = get_args(StepKind)


class Candidate(Value):
    """Somebody who runs for a public office, as the tab has them."""

    place: SourceLocation
    name: str
    website: str = ""
    ocpf: bool | None = None
    """Whether an OCPF account is active; None: the cell is empty (EN-11)."""
    fec: bool | None = None
    incumbent: bool | None = None
    endorsed_before: bool | None = None
    """What the tab says; the record goes before it (`models.year.process`)."""
    withdrawn: bool = False
    elsewhere: bool = False
    """Whether another race of the cycle has a candidate of this name."""


class Step(Value):
    """Something that was done in a race."""

    place: SourceLocation
    kind: StepKind
    day: date
    candidate: str = ""
    """As the candidates' tab spells them; "" where the step was for all."""
    link: str = ""
    announced: bool | None = None
    """Whether all members were told of it and could come."""
    done_by: str = ""
    """A member's name: no tab, page or letter of the cycle shows it."""


class Race(Value):
    """A race or a ballot question of a cycle."""

    place: SourceLocation
    cycle: str
    called: str
    """As the tab calls it."""
    office: str = ""
    """The bylaws' name of the office; "" of a question, and of an office that they do not know."""
    is_question: bool = False
    districts: tuple[str, ...] = ()
    scope: Scope = ""
    decision: Decision = ""
    about: str = ""
    """The candidate that a short vote is about."""
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def title(self) -> str:
        """As a ballot and a meeting call it."""
        return self.called if self.is_question else ", ".join((self.called, *self.districts))

    @property
    def standing(self) -> tuple[Candidate, ...]:
        """Who has not withdrawn."""
        return tuple(one for one in self.candidates if not one.withdrawn)

    def done(self, *kinds: StepKind, of: str = "") -> tuple[Step, ...]:
        """The steps of these kinds.

        Args:
            of: those that concern this candidate: theirs, and those that were for all.
        """
        found = (one for one in self.steps if one.kind in kinds)
        if of:
            found = (one for one in found if folded(one.candidate) in ("", folded(of)))
        return tuple(found)


class Cycle(Value):
    """One endorsement cycle."""

    name: str
    races: tuple[Race, ...]

    def is_called(self, name: str) -> bool:
        """Whether somebody means this one."""
        return folded(self.name) == folded(name)


def in_cycles(races: Iterable[Race]) -> tuple[Cycle, ...]:
    """Races by their cycle, in the order of the tab."""
    found: dict[str, list[Race]] = {}
    for race in races:
        found.setdefault(folded(race.cycle), []).append(race)
    return tuple(Cycle(name=of[0].cycle, races=tuple(of)) for of in found.values())
