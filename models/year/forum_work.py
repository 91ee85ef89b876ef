"""Who worked on a questionnaire or forum of a race, although a disclosed tie keeps them from it."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from models.membership.reasons import Reason
from models.text import formats
from models.text.folding import folded
from models.year.cycles import Cycle, Race, StepKind
from models.year.disclosures import Disclosure, Matter, kept_from_forums

FORUM_STEPS: Final[tuple[StepKind, ...]] = (
    "questionnaire sent",
    "questionnaire received",
    "forum",
    "video or written answers",
    "discussion",
)
"""The steps on which nobody works who works for a campaign of the race (SC-5)."""
_BETWEEN_NAMES: Final = re.compile(r"[;,/]| and ")


def matter_of(race: Race) -> Matter:
    """A race as disclosures are held against it, with who stands in it."""
    return Matter(race.title, tuple(one.name for one in race.standing))


def worked_anyway(disclosures: Iterable[Disclosure], cycle: Cycle) -> Iterator[Reason]:
    """The questionnaires and forums on which somebody worked who is kept from them (SC-5)."""
    held = list(disclosures)
    for race in cycle.races:
        item = matter_of(race)
        for step in race.done(*FORUM_STEPS):
            by = {one.strip() for one in _BETWEEN_NAMES.split(folded(step.done_by))}
            for kept in kept_from_forums(held, item, step.day):
                if folded(kept.member) in by:
                    fact = (
                        f"{kept.member} worked on a step of {item.title} ({step.kind} on "
                        f"{formats.day(step.day)}), and disclosed {kept.kind} for {kept.to}"
                    )
                    yield Reason("SC-5", fact, kept.near, look=kept.near)
