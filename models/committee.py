"""The Steering Committee: who sits, who is away, who steps aside, who may be nominated.

1. 5 to 15 members with one-year terms (SC-1); up to three co-chairs with two-year terms (SC-3).
2. A member on leave, for six months at most, is not active (SC-4); quorum is of the active.
3. A member with a conflict of interest steps aside from an item (SC-5) and leaves both sides of
   its quorum (SC-R2).
4. A slate has a size that the bylaws allow and the committee's nomination (SC-1); each nominee
   meets every criterion, or has a named and recorded exception (SC-2).
"""

import calendar
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from math import ceil
from typing import Any, Literal, Self

from pydantic import Field, NonNegativeInt, ValidationError, field_validator, model_validator

from models.base import Day, Value
from models.bylaws.counting import CommitteeCount
from models.contest_settings import Said, Text, folded, named_twice
from models.errors import FixTheData, FixTheSettings
from models.faults import faults
from models.privacy import Name, quiet
from models.standing import Reason


class Leave(Value):
    """A leave of absence, both days included."""

    first: Day
    last: Day

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

    name: Text
    confirmed: Day
    co_chair_since: Day | None = None
    leaves: tuple[Leave, ...] = ()
    left: Day | None = None  # resigned or recalled on that day

    def ends(self, rules: CommitteeCount) -> date:
        """The first day without the seat."""
        term = months_after(self.confirmed, 12 * rules.member_term_years.value)
        return min(term, self.left or term)

    def sits(self, on: date, rules: CommitteeCount) -> bool:
        """Whether the seat is held on a day."""
        return self.confirmed <= on < self.ends(rules)

    def is_active(self, on: date, rules: CommitteeCount) -> bool:
        """Whether the member sits and is not on leave."""
        return self.sits(on, rules) and not any(lv.first <= on <= lv.last for lv in self.leaves)


class Committee(Value):
    """The committee as its file says, past members included."""

    members: tuple[Member, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_sits_once(self) -> Self:
        # Twice in the list they would be two of the active, and one who steps aside (SC-R2).
        sitting = [f"|{n}" if one.left else one.name for n, one in enumerate(self.members)]
        if twice := named_twice(sitting):
            raise ValueError(
                f"members {twice} have the same name; keep one entry for each who sits, and give "
                "a seat that has ended its `left` (SC-1)"
            )
        return self

    def active(self, on: date, rules: CommitteeCount) -> list[Member]:
        """Those of whom quorum is taken on a day (SC-4)."""
        return [member for member in self.members if member.is_active(on, rules)]

    def reasons(self, on: date, rules: CommitteeCount) -> Iterator[Reason]:
        """What the bylaws ask of the committee on a day (SC-1, SC-3, SC-4)."""
        sitting = [member for member in self.members if member.sits(on, rules)]
        yield size(len(sitting), "members", rules)
        chairs = [m.co_chair_since for m in sitting if m.co_chair_since and m.co_chair_since <= on]
        most = rules.co_chairs.value
        yield Reason("SC-3", f"{len(chairs)} co-chairs; {most} at most", len(chairs) <= most)
        if chairs:
            due = max(chairs).year + rules.co_chair_term_years.value
            fact = f"co-chairs are chosen next in the first quarter of {due}"
            yield Reason("SC-3", fact, on < date(due, 4, 1))
        months = rules.longest_leave_months.value
        for member in sitting:
            if any(leave.longer_than(months) for leave in member.leaves):
                yield Reason("SC-4", f"{member.name}: a leave longer than {months} months", False)


def size(many: int, of_what: str, rules: CommitteeCount) -> Reason:
    """Whether a committee or slate has a size the bylaws allow (SC-1)."""
    least, most = rules.fewest_members.value, rules.most_members.value
    return Reason("SC-1", f"{many} {of_what}; {least} to {most} are allowed", least <= many <= most)


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


def stepped_aside(active: Iterable[Member], names: Collection[str], where: str) -> int:
    """How many active members step aside from an item (SC-5, SC-R2).

    Raises:
        FixTheData: somebody named is not among them.
    """
    known = {folded(member.name): member.name for member in active}
    aside = {folded(name): name for name in names}
    if strangers := [name for key, name in aside.items() if key not in known]:
        raise FixTheData(
            "; ".join(
                f"“{quiet(name)}” is no active member on that day{_nearest(name, known)}"
                for name in strangers
            ),
            where=where,
            rule="SC-5",
            next_step="write the name as the file has it; who is on leave need not step aside",
        )
    return len(aside)


def _nearest(name: str, known: Mapping[str, str]) -> str:
    near = get_close_matches(folded(name), known, n=1)
    return f"; the nearest is {quiet(known[near[0]])}" if near else ""


def quorum(active: int, aside: int, rules: CommitteeCount) -> int:
    """The fewest who must be present (SC-4), without those who step aside (SC-R2)."""
    return ceil(rules.quorum.value * (active - aside))


def committee_from(table: Mapping[str, Any], where: str) -> Committee:
    """Check a parsed list of the committee's members. All its faults are told at once.

    Raises:
        FixTheSettings: unknown, missing or mistyped keys, each with its place.
    """
    try:
        return Committee.model_validate(table)
    except ValidationError as exc:
        raise FixTheSettings(
            "; ".join(faults(exc, Committee)),
            where=where,
            next_step="docs/commands.md has an example",
        ) from None


def in_first_quarter(day: date) -> bool:
    """Whether a day is in Q1, when the annual meeting confirms the slate (SC-1)."""
    return day.month <= 3


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
