"""Who may be nominated to the Steering Committee, and what a slate needs (SC-1, SC-2).

1. A slate has a size that the bylaws allow and the committee's nomination (SC-1).
2. Each nominee meets every criterion, or has a named and recorded exception (SC-2).
3. What the sheets say of a nominee's events goes before what the contest's file says, for every
   year that they have from its first day; so does what the dues tab says of their dues. Neither a
   waiver nor a year lies in the future.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

from pydantic import Field, NonNegativeInt, field_validator

from models.base import Day, Value
from models.bylaws.counting import CommitteeCount
from models.committee.members import size
from models.membership.reasons import Reason, Spot
from models.privacy import Name
from models.text.folding import folded
from models.text.sentences import Sentence
from models.texts import Statement, Text

ByYear = Mapping[int, NonNegativeInt]
"""Calendar year → how many meetings and events somebody was at."""
NO_COMMITTEE = frozenset(("none", "no", "n/a", "na", "nothing", "tbd", "-", "–", "—", "?"))


class TimesAttended(NamedTuple):
    """What the sheets say of one person."""

    by_year: ByYear
    whole_from: int
    """The first year that the sheets have from its first day."""
    dues: tuple[bool, str] | None = None
    """Whether dues are paid on the day of confirmation, and what is to be said of it; None where no
    tab has dues, or nobody nominated them there (DP-5)."""

    def with_file(self, said: ByYear) -> dict[int, int]:
        """With what a contest's file says of the years that the sheets do not have whole."""
        before = {year: many for year, many in said.items() if year < self.whole_from}
        known = self.by_year
        return {**before, **{y: max(many, before.get(y, 0)) for y, many in known.items()}}


Attendance = Mapping[Name, TimesAttended]
"""Of everybody whose name nobody else has, by that name folded."""
Criterion = Literal[
    "events", "active in a committee", "dues", "registered voter", "bio", "summary of work"
]

KEYS: Mapping[Criterion, str] = {
    "events": "events_by_year",
    "active in a committee": "active_in",
    "dues": "dues_paid",
    "registered voter": "registered_voter",
    "bio": "bio",
    "summary of work": "summary",
}
"""What a contest's file calls each criterion."""


class Waiver(Value):
    """An exception for greater diversity: named, reasoned, recorded (SC-2)."""

    criterion: Criterion
    reason: Statement
    by: Statement
    on: Day


class Nominee(Value):
    """What is known of a person who would join the committee (SC-2)."""

    name: Text
    events_by_year: ByYear = Field(default_factory=dict)
    active_in: tuple[Statement, ...] = ()
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

    @field_validator("active_in")
    @classmethod
    def _are_committees(cls, named: tuple[str, ...]) -> tuple[str, ...]:
        if NO_COMMITTEE.intersection(map(folded, named)):
            raise ValueError("name the committee, or leave the list empty (SC-2)")
        return named


def slate(
    nominees: Sequence[Nominee],
    nominated: bool,
    on: date,
    rules: CommitteeCount,
    today: date,
    attended: Attendance,
) -> Iterator[Reason]:
    """What a slate needs before the members vote on it (SC-1, SC-2).

    Args:
        nominated: the committee puts it forward.
        on: the day of confirmation.
        today: the day of the look; what is recorded lies before it.
        attended: what the sheets say of people who may be nominees.
    """
    yield nomination(nominated, "SC-1")
    yield replace(size(len(nominees), "nominees", rules), at=Spot("nominees"))
    if in_first_quarter(on):
        yield Reason("SC-1", Sentence("confirmed in the first quarter, as usual"), True)
    else:
        late = Sentence("confirmed after the first quarter, in which it usually is")
        yield Reason("SC-1", late, True, look=True)
    for nominee in nominees:
        yield from _in_the_future(nominee, today)
        came = attended.get(Name.parse(nominee.name).folded())
        if attended and came is None:
            strange = Sentence(
                "{name}: nobody in the sheets has this name, or several people do; check the name",
                name=nominee.name,
            )
            yield Reason("SC-2", strange, True, look=True, at=Spot("name", nominee.name))
        asked = criteria(nominee, rules, came)
        told = [one for one in asked if not one.holds or "waived" in one.fact]
        for one in told:
            at = one.at._replace(person=nominee.name)
            fact = Sentence("{name}: {fact}", name=nominee.name, fact=one.fact)
            yield replace(one, fact=fact, at=at)
        if not told:
            yield Reason("SC-2", Sentence("{name} meets every criterion", name=nominee.name), True)


def nomination(given: bool, rule: str) -> Reason:
    """The committee's word that the members may vote on it (SC-1, SC-7)."""
    fact = (
        Sentence("the committee puts it forward")
        if given
        else Sentence("the committee has not put it forward")
    )
    return Reason(rule, fact, given, at=Spot("recommendation"))


def _in_the_future(nominee: Nominee, today: date) -> Iterator[Reason]:
    """A day or year that has not come cannot have been recorded."""
    for waiver in nominee.waivers:
        if waiver.on > today:
            said = Sentence(
                "{name}: {criterion} waived on {day}, which has not come",
                name=nominee.name,
                criterion=_CALLED[waiver.criterion],
                day=waiver.on,
            )
            yield Reason("SC-2", said, False)
    for year in sorted(nominee.events_by_year):
        if year > today.year:
            said = Sentence(
                "{name}: events of {year}, which has not come", name=nominee.name, year=year
            )
            yield Reason("SC-2", said, False, at=Spot("events_by_year", nominee.name))


_CALLED: Mapping[Criterion, Sentence] = {
    "events": Sentence("events"),
    "active in a committee": Sentence("active in a committee"),
    "dues": Sentence("dues"),
    "registered voter": Sentence("registered voter"),
    "bio": Sentence("bio"),
    "summary of work": Sentence("summary of work"),
}


def _events(nominee: Nominee, needed: int, attended: TimesAttended | None) -> tuple[str, bool]:
    """The most events within one calendar year, by the sheets where they have it."""
    said = max(nominee.events_by_year.values(), default=0)
    if attended is None:
        fact = Sentence(
            "{many} events within a calendar year, {needed} needed", many=said, needed=needed
        )
        return fact, said >= needed
    most = max(attended.with_file(nominee.events_by_year).values(), default=0)
    fact = Sentence(
        "{many} events within a calendar year by the sheets, {needed} needed",
        many=most,
        needed=needed,
    )
    if most < needed <= said:
        fact = Sentence("{fact}; the contest file says {many}", fact=fact, many=said)
    return fact, most >= needed


def _dues(nominee: Nominee, known: tuple[bool, str] | None) -> tuple[str, bool]:
    """Whether dues are paid, by the dues tab where it is asked about the nominee."""
    if known is None:
        return (
            Sentence("dues paid") if nominee.dues_paid else Sentence("dues not paid"),
            nominee.dues_paid,
        )
    paid, fact = known
    return fact + "; the contest file says paid" * (nominee.dues_paid and not paid), paid


def criteria(
    nominee: Nominee, rules: CommitteeCount, attended: TimesAttended | None = None
) -> tuple[Reason, ...]:
    """Every criterion with its fact; the nominee qualifies when all hold.

    A waived criterion holds, and its fact says so.

    Args:
        attended: what the sheets say of the nominee; None if they do not know them.
    """
    facts: dict[Criterion, tuple[str, bool]] = {
        "events": _events(nominee, rules.nominee_events.value, attended),
        "active in a committee": (
            Sentence("active in {committees}", committees=", ".join(nominee.active_in))
            if nominee.active_in
            else Sentence("active in no committee"),
            bool(nominee.active_in),
        ),
        "dues": _dues(nominee, attended.dues if attended else None),
        "registered voter": (
            Sentence("a registered voter")
            if nominee.registered_voter
            else Sentence("no registered voter"),
            nominee.registered_voter,
        ),
        "bio": (Sentence("a bio") if nominee.bio else Sentence("no bio"), nominee.bio),
        "summary of work": (
            Sentence("a summary") if nominee.summary else Sentence("no summary"),
            nominee.summary,
        ),
    }
    waived = {waiver.criterion: waiver for waiver in nominee.waivers}
    reasons = []
    for criterion, (fact, holds) in facts.items():
        waiver = waived.get(criterion)
        if waiver and not holds:
            fact = Sentence(
                "{fact}; waived on {day} by {by}: {reason}",
                fact=fact,
                day=waiver.on,
                by=waiver.by,
                reason=waiver.reason,
            )
        at = Spot(KEYS[criterion])
        reasons.append(Reason("SC-2", fact, holds or waiver is not None, at=at))
    return tuple(reasons)


def in_first_quarter(day: date) -> bool:
    """Whether a day is in Q1, when the annual meeting confirms the slate (SC-1)."""
    return day.month <= 3
