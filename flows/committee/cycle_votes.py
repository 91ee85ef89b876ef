"""What the committee recommended by its own votes, as steps of the races of a cycle (EN-1)."""

from collections import Counter
from collections.abc import Mapping

from flows.committee.recommendations import Recommended, recommendations
from flows.context import ChapterContext
from models.contests.recommending import names_of_race
from models.intake.locations import SourceLocation
from models.text.folding import folded
from models.year.cycles import Cycle, Race, Step


def with_recommendations(context: ChapterContext, cycle: Cycle) -> Cycle:
    """The cycle, with a step for each race about which the record has a recommendation."""
    known = recommendations(context.ledger, context.now())
    if not known:
        return cycle
    offices = Counter(folded(race.office or race.called) for race in cycle.races)
    races = tuple(
        _with_step(context, race, known, alone=offices[folded(race.office or race.called)] == 1)
        for race in cycle.races
    )
    return cycle.model_copy(update={"races": races})


def _with_step(
    context: ChapterContext, race: Race, known: Mapping[str, Recommended], *, alone: bool
) -> Race:
    names = names_of_race(race.title, (race.called, race.office), race.districts, alone=alone)
    found = next((known[one] for one in names if one in known), None)
    if found is None or len(found.choices) > 1:
        return race
    step = Step(
        place=SourceLocation(f"the committee's vote “{found.vote}”", ""),
        kind="recommendation",
        day=found.closed.astimezone(context.chapter.tz).date(),
        candidate=found.choices[0],
    )
    return race.model_copy(update={"steps": (*race.steps, step)})
