"""Who may be nominated to the Steering Committee, and what a slate needs (SC-1, SC-2).

1. A slate has a size that the bylaws allow and the committee's nomination (SC-1).
2. Each nominee meets every criterion, or has a named and recorded exception (SC-2).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import Field, NonNegativeInt, field_validator

from models.base import Day, Value
from models.bylaws.counting import CommitteeCount
from models.committee import size
from models.contest_settings import Said, Text
from models.privacy import Name
from models.standing import Reason

Criterion = Literal[
    "events", "active in a committee", "dues", "registered voter", "bio", "summary of work"
]


class Waiver(Value):
    """An exception for greater diversity: named, reasoned, recorded (SC-2)."""

    criterion: Criterion
    reason: Said
    by: Said
    on: Day


class Nominee(Value):
    """What is known of a person who would join the committee (SC-2)."""

    name: Text
    events_by_year: Mapping[int, NonNegativeInt] = Field(default_factory=dict)
    active_in: tuple[Said, ...] = ()
    dues_paid: bool = False  # to Progressive Mass, at the time of confirmation
    registered_voter: bool = False
    bio: bool = False
    summary: bool = False
    waivers: tuple[Waiver, ...] = ()

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        Name.parse(name)
        return name


def slate(
    nominees: Sequence[Nominee], nominated: bool, on: date, rules: CommitteeCount
) -> Iterator[Reason]:
    """What a slate needs before the members vote on it (SC-1, SC-2).

    Args:
        nominated: the committee puts it forward.
        on: the day of confirmation.
    """
    yield nomination(nominated, "SC-1")
    yield size(len(nominees), "nominees", rules)
    quarter = "in" if in_first_quarter(on) else "outside"
    yield Reason("SC-1", f"confirmed {quarter} the first quarter, which is usual", True)
    for nominee in nominees:
        asked = criteria(nominee, rules)
        told = [one for one in asked if not one.holds or "waived" in one.fact]
        yield from (Reason(one.rule, f"{nominee.name}: {one.fact}", one.holds) for one in told)
        if not told:
            yield Reason("SC-2", f"{nominee.name} meets every criterion", True)


def nomination(given: bool, rule: str) -> Reason:
    """The committee's word that the members may vote on it (SC-1, SC-7)."""
    return Reason(rule, f"the committee {'puts it' if given else 'has not put it'} forward", given)


def criteria(nominee: Nominee, rules: CommitteeCount) -> tuple[Reason, ...]:
    """Every criterion with its fact; the nominee qualifies when all hold.

    A waived criterion holds, and its fact says so.
    """
    most = max(nominee.events_by_year.values(), default=0)
    needed = rules.nominee_events.value
    facts: dict[Criterion, tuple[str, bool]] = {
        "events": (f"{most} events within a calendar year, {needed} needed", most >= needed),
        "active in a committee": (
            f"active in {', '.join(nominee.active_in) or 'no committee'}",
            bool(nominee.active_in),
        ),
        "dues": (f"dues {'paid' if nominee.dues_paid else 'not paid'}", nominee.dues_paid),
        "registered voter": (
            f"{'a' if nominee.registered_voter else 'no'} registered voter",
            nominee.registered_voter,
        ),
        "bio": (f"{'a' if nominee.bio else 'no'} bio", nominee.bio),
        "summary of work": (f"{'a' if nominee.summary else 'no'} summary", nominee.summary),
    }
    waived = {waiver.criterion: waiver for waiver in nominee.waivers}
    reasons = []
    for criterion, (fact, holds) in facts.items():
        waiver = waived.get(criterion)
        if waiver and not holds:
            fact += f"; waived on {waiver.on} by {waiver.by}: {waiver.reason}"
        reasons.append(Reason("SC-2", fact, holds or waiver is not None))
    return tuple(reasons)


def in_first_quarter(day: date) -> bool:
    """Whether a day is in Q1, when the annual meeting confirms the slate (SC-1)."""
    return day.month <= 3
