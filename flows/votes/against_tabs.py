"""An election that names its cycle, held against the committee's tabs (EN-2, EN-7, EN-8).

What the tabs lack of the minimum keeps it from opening. What its files say otherwise than the tabs
is told, and what the bylaws strive for.
"""

from collections.abc import Iterator
from typing import Any, Final

from flows.committee.cycle import cycle_called
from flows.context import ChapterContext
from flows.votes.drafts.from_cycle import contest_of
from models.bylaws.counting import CountingRules
from models.contests.contest import Contest, UpOrDown
from models.contests.offices import office_called
from models.errors import FixTheData
from models.membership.reasons import Reason, Spot
from models.text.folding import folded
from models.votes.election import Election
from models.year.standing import CycleStanding, RaceStanding

FACTS: Final = (
    "office", "districts", "scope", "candidates", "purpose", "subject", "previously_endorsed",
    "uncontested", "done", "invited",
)  # fmt: skip
"""What a contest's file says that the tabs say, too; in both it has this name."""


def against_the_tabs(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """What the tabs say of an election's races; nothing where it names no cycle."""
    if not _has_tabs(context, election):
        return
    try:
        cycle = cycle_called(context, election.cycle)
    except FixTheData as fault:
        fact = f"the tabs have no cycle “{election.cycle}”: {fault.fact}; {fault.next_step}"
        yield Reason("EN-7", fact, False)
        return
    rules = context.counting_of(election)
    found: set[str] = set()
    for contest in election.contests:
        if isinstance(contest, UpOrDown) and contest.confirms:
            continue
        if standing := race_of(contest, cycle, rules):
            found.add(standing.race.title)
            yield from _of(contest, standing, rules)
        else:
            fact = f"{contest.title}: no race of the cycle in the tabs is this one"
            yield Reason("EN-2", fact, True, look=True, at=Spot("office", contest=contest.id))
    for standing in cycle.races:
        if standing.is_voted_on and standing.race.title not in found:
            fact = f"{standing.race.title}: decided in the tabs, and not in this election"
            yield Reason("EN-2", fact, True, look=True)


def striven_for(context: ChapterContext, election: Election) -> tuple[str, ...]:
    """What the bylaws strive for and these races do not have, for the record."""
    if not _has_tabs(context, election):
        return ()
    cycle, rules = cycle_called(context, election.cycle), context.counting_of(election)
    races = ((contest, race_of(contest, cycle, rules)) for contest in election.contests)
    return tuple(
        f"{contest.title}: {one.fact}" for contest, race in races if race for one in race.to_look_at
    )


def _has_tabs(context: ChapterContext, election: Election) -> bool:
    """Whether there is anything to hold it against; a rehearsal's tabs are empty."""
    return bool(election.cycle) and context.chapter.rehearsal is None


def race_of(contest: Contest, cycle: CycleStanding, rules: CountingRules) -> RaceStanding | None:
    """The race that a contest is about: of its title, else of its office and districts."""
    titled = (one for one in cycle.races if folded(one.race.title) == folded(contest.title))
    if found := next(titled, None):
        return found
    office = office_called(contest.office, rules.offices) if contest.office else None
    here = set(map(folded, contest.districts))
    same = [
        one
        for one in cycle.races
        if office and one.race.office == office
        if set(map(folded, one.race.districts)) == here
    ]
    return same[0] if len(same) == 1 else None


def _of(contest: Contest, standing: RaceStanding, rules: CountingRules) -> Iterator[Reason]:
    def told(rule: str, fact: str, *, holds: bool) -> Reason:
        said = f"{contest.title}: {fact}, by the tabs"
        return Reason(rule, said, holds, look=holds, at=Spot(contest=contest.id))

    if standing.race.decision == "withheld":
        yield told("EN-8", "the committee withholds an endorsement", holds=False)
        return
    for one in standing.reasons:
        if not one.holds or one.look:
            yield told(one.rule, one.fact, holds=one.holds)
    if standing.is_voted_on and (keys := list(_differing(contest, standing, rules))):
        yield told("EN-7", f"these facts are otherwise: {', '.join(keys)}", holds=True)


def _differing(contest: Contest, standing: RaceStanding, rules: CountingRules) -> Iterator[str]:
    """The facts that a contest's file says otherwise than the tabs."""
    tabs = contest_of(standing, rules)
    said = contest.model_dump(exclude_defaults=True)
    for key in FACTS:
        if key == "districts" and contest.office and not contest.districts:
            continue  # an office of a district that no registration names
        if _plain(said.get(key), key, rules) != _plain(tabs.get(key), key, rules):
            yield key.replace("_", " ")


def _plain(value: Any, key: str, rules: CountingRules) -> Any:
    """A fact for comparing: names however they are typed, in whatever order."""
    if key == "office" and value:
        return office_called(value, rules.offices) or folded(value)
    if isinstance(value, list | tuple):
        return frozenset(_entry(one) for one in value)
    return folded(value) if isinstance(value, str) else value or None


def _entry(one: Any) -> Any:
    return frozenset((k, folded(str(v))) for k, v in one.items()) if isinstance(one, dict) else (
        folded(str(one))
    )  # fmt: skip
