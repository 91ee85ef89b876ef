"""The Steering Committee: who sits, who is away, who steps aside, who may be nominated.

1. 5 to 15 members with one-year terms (SC-1); up to three co-chairs with two-year terms (SC-3).
2. A member on leave, for six months at most, is not active (SC-4); quorum is of the active.
3. A member with a conflict of interest steps aside from an item, of their own accord or because
   two thirds of the committee require it (SC-5, SC-R2).
4. A nominee meets every criterion, or has a named and recorded exception (SC-2).
"""

import calendar
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, Self

from pydantic import Field, NonNegativeInt, model_validator

from models.base import Value
from models.bylaws.counting import CommitteeCount
from models.people import PersonId
from models.standing import Reason


class Leave(Value):
    """A leave of absence, both days included."""

    first: date
    last: date

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last < self.first:
            raise ValueError("a leave ends on or after its first day")
        return self

    def longer_than(self, months: int) -> bool:
        """Whether it lasts beyond so many months (SC-4)."""
        return self.last >= months_after(self.first, months)


class Member(Value):
    """One member's seat; a term runs until the day before its end."""

    person: PersonId
    confirmed: date
    co_chair_since: date | None = None
    leaves: tuple[Leave, ...] = ()
    left: date | None = None  # resigned or recalled on that day

    def sits(self, on: date, rules: CommitteeCount) -> bool:
        """Whether the seat is held on a day."""
        ends = months_after(self.confirmed, 12 * rules.member_term_years.value)
        return self.confirmed <= on < min(ends, self.left or ends)

    def is_active(self, on: date, rules: CommitteeCount) -> bool:
        """Whether the member sits and is not on leave."""
        return self.sits(on, rules) and not any(lv.first <= on <= lv.last for lv in self.leaves)


class Recusal(Value):
    """A member steps aside from one item (SC-5)."""

    person: PersonId
    item: str
    by: Literal["own accord", "two thirds of the committee"]


class Sitting(Value):
    """The numbers a decision needs: active members, and those of them who are recused."""

    active: NonNegativeInt
    recused: NonNegativeInt


def sitting(
    members: Iterable[Member],
    recusals: Iterable[Recusal],
    item: str,
    on: date,
    rules: CommitteeCount,
) -> Sitting:
    """Who counts for an item on a day (SC-4, SC-R2)."""
    active = {member.person for member in members if member.is_active(on, rules)}
    aside = {recusal.person for recusal in recusals if recusal.item == item}
    return Sitting(active=len(active), recused=len(active & aside))


def size_faults(nominees: int, rules: CommitteeCount) -> tuple[Reason, ...]:
    """Whether a slate has a size the bylaws allow (SC-1)."""
    least, most = rules.fewest_members.value, rules.most_members.value
    fits = least <= nominees <= most
    return (Reason("SC-1", f"{nominees} nominees; {least} to {most} are allowed", fits),)


Criterion = Literal[
    "events", "active in a committee", "dues", "registered voter", "bio", "summary of work"
]


class Waiver(Value):
    """An exception for greater diversity: named, reasoned, recorded (SC-2)."""

    criterion: Criterion
    reason: str
    by: str
    on: date


class Nominee(Value):
    """What is known of a person who would join the committee (SC-2)."""

    events_by_year: Mapping[int, NonNegativeInt] = Field(default_factory=dict)
    active_in: tuple[str, ...] = ()
    dues_paid: bool = False  # to Progressive Mass, at the time of confirmation
    registered_voter: bool = False
    bio: bool = False
    summary: bool = False
    waivers: tuple[Waiver, ...] = ()


def nomination(nominee: Nominee, rules: CommitteeCount) -> tuple[Reason, ...]:
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
    """Whether a day is in Q1, when the annual meeting confirms (SC-1) and co-chairs are chosen."""
    return day.month <= 3


def co_chairs_due(last_chosen: date, rules: CommitteeCount) -> int:
    """The year whose first quarter brings the next choice of co-chairs (SC-3)."""
    return last_chosen.year + rules.co_chair_term_years.value


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
