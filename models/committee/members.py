"""The Steering Committee: who sits, who is away, who steps aside.

1. 5 to 15 members with one-year terms (SC-1); up to three co-chairs with two-year terms (SC-3);
   `models.committee.terms` says from when to when (SC-R5).
2. A member on leave, for six months at most, is not active (SC-4); quorum is of the active.
3. A member with a conflict of interest steps aside from an item (SC-5) and leaves both sides of
   its quorum (SC-R2).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from math import ceil
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import Field, ValidationError, model_validator

from models.base import Day, Value
from models.bylaws.counting import CommitteeCount
from models.committee.terms import Leave, Term, chair_term, joined, seat_term
from models.errors import FixTheData, FixTheSettings
from models.faults import faults
from models.membership.reasons import Reason
from models.privacy import Email, redact_addresses
from models.text.folding import folded
from models.text.sentences import Sentence
from models.texts import Text, named_twice


class SlateVote(NamedTuple):
    """A vote of the members on a slate, as the record has it."""

    on: date
    """The day on which it closed."""
    confirmed: bool


class Member(Value):
    """One member's seat, as the members confirmed it last."""

    name: Text
    confirmed: Day
    co_chair_since: Day | None = None
    leaves: tuple[Leave, ...] = ()
    left: Day | None = None  # resigned or recalled on that day
    address: Annotated[Email | None, Field(exclude_if=lambda said: said is None)] = None
    """For the committee's own votes; else they are found by their name (SC-4)."""

    @model_validator(mode="after")
    def _leaves_last(self) -> Self:
        if self.left is None:
            return self
        if self.left <= self.confirmed:
            raise ValueError("`left` must be after `confirmed`")
        if self.co_chair_since and self.left <= self.co_chair_since:
            raise ValueError("`left` must be after `co_chair_since`")
        if any(leave.first >= self.left for leave in self.leaves):
            raise ValueError("a leave begins before `left`")
        return self


class Committee(Value):
    """The committee as its file says, past members included."""

    members: tuple[Member, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_sits_once(self) -> Self:
        # Twice in the list they would be two of the active, and one who steps aside (SC-R2).
        sitting = [f"|{n}" if one.left else one.name for n, one in enumerate(self.members)]
        if twice := named_twice(sitting):
            raise ValueError(
                f"members {twice} have the same name; keep one entry per current member, and add "
                "`left` to a seat that has ended (SC-1)"
            )
        return self

    def seat(self, member: Member, rules: CommitteeCount) -> Term:
        """From when to when a member sits (SC-R5, SC-6)."""
        years, terms = rules.member_term_years.value, rules.terms.value
        slates = self.slates(rules)
        return seat_term(member.confirmed, years, terms, slates).until(member.left)

    def slates(self, rules: CommitteeCount) -> list[date]:
        """The days on which the members confirmed a whole slate: so many seats as one has (SC-1).

        Fewer of one day have filled vacancies, and end nobody's seat.
        """
        many = Counter(one.confirmed for one in self.members)
        return [day for day in many if many[day] >= rules.fewest_members.value]

    def chair(self, member: Member, rules: CommitteeCount) -> Term | None:
        """From when to when a member is co-chair, if ever (SC-3, SC-R5)."""
        if member.co_chair_since is None:
            return None
        choices = filter(None, (one.co_chair_since for one in self.members))
        years = rules.co_chair_term_years.value
        return chair_term(member.co_chair_since, years, rules.terms.value, choices).until(
            member.left
        )

    def sitting(self, on: date, rules: CommitteeCount) -> list[Member]:
        """Those who hold a seat on a day, on leave or not."""
        return [one for one in self.members if self.seat(one, rules).runs(on)]

    def chairs(self, on: date, rules: CommitteeCount) -> dict[str, Term]:
        """The co-chairs on a day, each with the term."""
        terms = ((one.name, self.chair(one, rules)) for one in self.sitting(on, rules))
        return {name: found for name, found in terms if found and found.runs(on)}

    def active(self, on: date, rules: CommitteeCount) -> list[Member]:
        """Those of whom quorum is taken on a day: who sits and is not on leave (SC-4)."""
        sitting = self.sitting(on, rules)
        return [one for one in sitting if not any(lv.first <= on <= lv.last for lv in one.leaves)]

    def reasons(
        self, on: date, rules: CommitteeCount, votes: Collection[SlateVote] = ()
    ) -> Iterator[Reason]:
        """What the bylaws ask of the committee on a day (SC-1, SC-3, SC-4, SC-8, SC-R5).

        Args:
            votes: the members' votes on slates that the record has.
        """
        yield from self.in_numbers(on, rules, votes)
        months = rules.longest_leave_months.value
        for member in self.sitting(on, rules):
            if any(leave.longer_than(months) for leave in joined(member.leaves)):
                yield Reason(
                    "SC-4",
                    Sentence(
                        "{name}: a leave longer than {months} months",
                        name=member.name,
                        months=months,
                    ),
                    False,
                )

    def in_numbers(
        self, on: date, rules: CommitteeCount, votes: Collection[SlateVote] = ()
    ) -> Iterator[Reason]:
        """The same without what is of one member, and so without a name."""
        seats = [self.seat(one, rules) for one in self.sitting(on, rules)]
        yield size(len(seats), "members", rules)
        yield from _held_over(seats, on)
        chairs = self.chairs(on, rules).values()
        most = rules.co_chairs.value
        yield Reason(
            "SC-3",
            Sentence("{many} co-chairs; {most} at most", many=len(chairs), most=most),
            len(chairs) <= most,
        )
        if chairs:
            first = min(chair.due for chair in chairs)
            fact = Sentence(
                "co-chairs are chosen next in the first quarter of {year}", year=first.year
            )
            yield Reason("SC-3", fact, on < first)
        yield from self._as_voted(on, rules, votes)

    def _as_voted(
        self, on: date, rules: CommitteeCount, votes: Collection[SlateVote]
    ) -> Iterator[Reason]:
        """What the members' votes say of it; the record knows better than a file (SC-1, SC-8)."""
        past = sorted(vote for vote in votes if vote.on <= on)
        if past and not past[-1].confirmed:
            refused = Sentence(
                "the members did not confirm the slate of {day}: an ad hoc committee must be "
                "formed",
                day=past[-1].on,
            )
            yield Reason("SC-8", refused, False)
        adopted = [vote.on for vote in past if vote.confirmed]
        if adopted and not any(adopted[-1] <= day <= on for day in self.slates(rules)):
            many = sum(adopted[-1] <= one.confirmed <= on for one in self.members)
            fact = (
                Sentence(
                    "the members confirmed a slate on {day}, and only {many} in the list since",
                    day=adopted[-1],
                    many=many,
                )
                if many
                else Sentence(
                    "the members confirmed a slate on {day}, and nobody in the list since",
                    day=adopted[-1],
                )
            )
            yield Reason("SC-1", fact, False)


def _held_over(terms: Iterable[Term], on: date) -> Iterator[Reason]:
    late = [one for one in terms if one.held_over(on)]
    if late:
        year = min(one.due for one in late).year
        fact = (
            Sentence(
                "the first quarter of {year} brought no choice: 1 member holds over until the "
                "members vote on the next slate",
                year=year,
            )
            if len(late) == 1
            else Sentence(
                "the first quarter of {year} brought no choice: {many} members hold over until the "
                "members vote on the next slate",
                year=year,
                many=len(late),
            )
        )
        yield Reason("SC-R5", fact, False)


def size(many: int, of_what: Literal["members", "nominees"], rules: CommitteeCount) -> Reason:
    """Whether a committee or slate has a size the bylaws allow (SC-1)."""
    least, most = rules.fewest_members.value, rules.most_members.value
    fact = (
        Sentence(
            "{many} nominees; {least} to {most} are allowed", many=many, least=least, most=most
        )
        if of_what == "nominees"
        else Sentence(
            "{many} members; {least} to {most} are allowed", many=many, least=least, most=most
        )
    )
    return Reason("SC-1", fact, least <= many <= most)


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
                (
                    f"“{redact_addresses(name)}” is not an active member on that "
                    f"day{_nearest(name, known)}"
                )
                for name in strangers
            ),
            where=where,
            rule="SC-5",
            next_step="use the name in the file; members on leave do not need to recuse themselves",
        )
    return len(aside)


def _nearest(name: str, known: Mapping[str, str]) -> str:
    near = get_close_matches(folded(name), known, n=1)
    return f"; did you mean {redact_addresses(known[near[0]])}" if near else ""


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
