"""An endorsement cycle as a table: for a meeting, the terminal, and a script.

Candidates for public office are public. What a member did is said without their name.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from models.membership.reasons import Reason
from models.text import formats
from models.year.cycles import STEPS, Race, Step, StepKind
from models.year.standing import CandidateStanding, CycleStanding, RaceStanding

HEADERS: Final = (
    "Race", "Level", "Decision", "Candidates", "Done", "Missing", "To look at", "Next step",
)  # fmt: skip
QUESTION: Final = "ballot question"
UNDECIDED: Final = "not decided"


def row_of(standing: RaceStanding, *, line: str = "; ") -> tuple[str, ...]:
    """One race, in the order of the headers.

    Args:
        line: what stands between two entries of one cell.
    """
    return (
        standing.race.title,
        str(standing.level or QUESTION),
        decision_of(standing),
        line.join(map(candidate_told, standing.candidates)),
        line.join(steps_told(standing.race)),
        line.join(told(standing.missing)),
        line.join(told(standing.to_look_at)),
        standing.next_step,
    )


def decision_of(standing: RaceStanding) -> str:
    """What the committee decided, with whom it is about and why."""
    race = standing.race
    if not race.decision:
        return UNDECIDED
    named = standing.subject.name if standing.subject and race.decision != "full" else ""
    said = f"{race.decision}: {named}" if named else race.decision
    return f"{said} ({race.reason})" if race.reason else said


def candidate_told(one: CandidateStanding) -> str:
    """A candidate, and whether they can be invited, or why not."""
    facts = []
    if one.may_be_invited:
        facts.append("can be invited")
    else:
        why = ", ".join(reason.fact for reason in one.invitation if not reason.holds)
        facts.append(f"cannot be invited: {why}")
    if one.candidate.incumbent:
        facts.append("incumbent")
    if one.endorsed_before:
        by = "previously endorsed"
        facts.append(f"{by}, which the tab denies" if one.contradicted else by)
    return f"{one.candidate.name} ({'; '.join(facts)})"


def steps_told(race: Race) -> list[str]:
    """What was done, the steps of one kind together; nobody's name but a candidate's."""
    found = []
    for kind, steps in steps_by_kind(race):
        each = [
            f"{formats.day(step.day)}{f' ({step.candidate})' if step.candidate else ''}"
            for step in steps
        ]
        found.append(f"{kind}: {', '.join(each)}")
    return found


def steps_by_kind(race: Race) -> list[tuple[StepKind, list[Step]]]:
    """The steps of one kind together, in the order of the bylaws' process and by their days."""
    in_order = sorted(race.steps, key=lambda step: (STEPS.index(step.kind), step.day))
    return [(kind, list(of)) for kind, of in groupby(in_order, key=lambda step: step.kind)]


def told(reasons: Iterable[Reason]) -> list[str]:
    """Facts with their rules."""
    return [f"{one.fact} ({one.rule})" for one in reasons]


def unlisted_told(cycle: CycleStanding) -> str:
    """The offices of the bylaws' lists that nobody decided about; "" where there is none."""
    if not cycle.unlisted:
        return ""
    return f"Nobody has decided about these offices of the bylaws: {', '.join(cycle.unlisted)}"


def as_json(cycle: CycleStanding) -> dict[str, Any]:
    """The same for a script."""
    return {
        "cycle": cycle.name,
        "races": [_race(one) for one in cycle.races],
        "not_in_the_tab": list(cycle.unlisted),
    }


def _race(standing: RaceStanding) -> dict[str, Any]:
    race = standing.race
    return {
        "race": race.title,
        "office": race.office,
        "districts": list(race.districts),
        "scope": race.scope,
        "level": str(standing.level or QUESTION),
        "decision": race.decision,
        "about": standing.subject.name if standing.subject else "",
        "reason": race.reason,
        "fits": list(standing.fits),
        "candidates": [
            {
                "name": one.candidate.name,
                "can_be_invited": one.may_be_invited,
                "because": _reasons(one.invitation),
                "previously_endorsed": one.endorsed_before,
                "incumbent": one.candidate.incumbent,
            }
            for one in standing.candidates
        ],
        "steps": [
            {"step": step.kind, "day": step.day, "candidate": step.candidate, "link": step.link}
            for step in race.steps
        ],
        "missing": _reasons(standing.missing),
        "to_look_at": _reasons(standing.to_look_at),
        "next": standing.next_step,
    }


def _reasons(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [{"rule": one.rule, "fact": one.fact, "holds": one.holds} for one in reasons]
