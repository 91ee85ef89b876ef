"""Who worked on a race's forums although a disclosed tie keeps them from it (SC-5)."""

from datetime import date
from typing import get_args

import pytest

from models.intake.locations import SourceLocation
from models.membership.reasons import Reason
from models.year.cycles import Candidate, Cycle, Race, Step, StepKind
from models.year.disclosures import Disclosure
from models.year.forum_work import FORUM_STEPS, worked_anyway

PLACE = SourceLocation("Steps", "A2")
DAY = date(2026, 2, 1)


def work(
    by: str,
    kind: StepKind = "forum",
    day: date = DAY,
    *,
    tie: str = "Jo Rivera",
    gone: bool = False,
) -> list[Reason]:
    """What is said of a step of a race with Jo Rivera, for whom Ann Alder works since January."""
    candidate = Candidate(place=PLACE, name="Jo Rivera", withdrawn=gone)
    step = Step(place=PLACE, kind=kind, day=day, done_by=by)
    race = Race(
        place=PLACE, cycle="2026", called="State Rep", districts=("15th Suffolk",),
        candidates=(candidate,), steps=(step,),
    )  # fmt: skip
    paid = Disclosure(
        place=PLACE, member="Ann Alder", tie=tie, kind="paid work", since=date(2026, 1, 1)
    )
    return list(worked_anyway([paid], Cycle(name="2026", races=(race,))))


@pytest.mark.parametrize(
    "by",
    ["Ann Alder", "ann  alder", "Ben Birch, Ann Alder", "Ann Alder; Ben Birch",
     "Ann Alder/Ben Birch", "Ben Birch and Ann Alder"],
)  # fmt: skip
def test_whoever_is_among_those_who_worked_is_found(by: str) -> None:
    (one,) = work(by)
    assert (one.rule, one.holds) == ("SC-5", False)
    assert one.fact == (
        "Ann Alder worked on a step of State Rep, 15th Suffolk (forum on February 1, 2026), and "
        "disclosed paid work for Jo Rivera"
    )


@pytest.mark.parametrize("by", ["", "Ben Birch", "Joann Alder", "Ann Alder-Smith", "Ann Alder Jr"])
def test_nobody_else_is_taken_for_them(by: str) -> None:
    assert work(by) == []


@pytest.mark.parametrize("kind", get_args(StepKind))
def test_it_is_about_questionnaires_and_forums(kind: StepKind) -> None:
    assert bool(work("Ann Alder", kind)) is (kind in FORUM_STEPS)


def test_a_tie_that_began_later_kept_nobody() -> None:
    assert work("Ann Alder", day=date(2025, 12, 31)) == []


def test_a_tie_to_somebody_who_withdrew_is_to_nobody_here() -> None:
    assert work("Ann Alder", gone=True) == []


def test_a_tie_that_is_only_like_it_is_to_look_at() -> None:
    (one,) = work("Ann Alder", tie="Joe Rivera")
    assert one.holds
    assert one.look
