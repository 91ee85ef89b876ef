"""Who votes when the committee decides: its active members of the day, as a frozen roll.

1. Active is who has a seat and is not on leave (SC-4).
2. Whoever steps aside from an item stays on the roll, and has no vote on that item (SC-5, SC-R2).
3. A seat is a person by its address, or by a name that one registered person alone has. Whom
   nobody can be found for gets no code; so no vote opens while there is one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models.bylaws.counting import CommitteeCount
from models.committee.members import Committee, Member
from models.contests.contest import Approval, CommitteeDecision, Contest
from models.intake.people import Person, PersonId
from models.privacy import Name
from models.text.folding import folded
from models.votes.frozen_roll import RollEntry


@dataclass(frozen=True, slots=True)
class Electorate:
    """The active members of a day, each as a person where they are known."""

    people: Mapping[str, PersonId]
    """Member's name, as the committee has it → who it is."""
    unknown: tuple[str, ...]
    """The active members whom no registration shows, or who would be one person."""


def electorate(
    committee: Committee, on: date, rules: CommitteeCount, people: Iterable[Person]
) -> Electorate:
    """Find the active members among the people whom the chapter knows."""
    people = list(people)
    found = {one.name: _person(one, people) for one in committee.active(on, rules)}
    twice = {person for person, many in Counter(found.values()).items() if many > 1}
    return Electorate(
        {name: one for name, one in found.items() if one and one not in twice},
        tuple(name for name, one in found.items() if not one or one in twice),
    )


def seat_names(members: Iterable[Member], people: Iterable[Person]) -> dict[PersonId, str]:
    """The name that the committee's list has for each person, whenever their seat began or ends."""
    people = list(people)
    return {found: one.name for one in members if (found := _person(one, people))}


def _person(member: Member, people: Iterable[Person]) -> PersonId | None:
    """Who a member is; nobody where two fit, for a guess would give away a vote."""
    name = Name.parse(member.name).folded()
    fits = [one for one in people if _bears(one, name)]
    if member.address:
        there = [one for one in people if member.address in one.addresses]
        fits = there if len(there) == 1 else [one for one in there if _bears(one, name)]
    return fits[0].id if len(fits) == 1 else None


def _bears(person: Person, name: Name) -> bool:
    return person.name is not None and person.name.folded() == name


def strangers(contests: Iterable[Contest], names: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Contest → the names in it that no active member has: of who steps aside, or would chair."""
    known = set(map(folded, names))
    return {
        contest.id: found
        for contest in contests
        if (found := tuple(name for name in _named(contest) if folded(name) not in known))
    }


def _named(contest: Contest) -> tuple[str, ...]:
    match contest:
        case CommitteeDecision():
            return contest.recused_members
        case Approval():
            return contest.candidates
        case _:
            return ()


def frozen_committee(
    found: Electorate, contests: Iterable[Contest], confirmed: Mapping[str, date]
) -> tuple[RollEntry, ...]:
    """The roll of a vote of the committee, in an order that says nothing (VM-R3).

    Args:
        confirmed: member's name → when the members confirmed the seat.
    """
    aside = {
        contest.id: set(map(folded, contest.recused_members))
        for contest in contests
        if isinstance(contest, CommitteeDecision)
    }
    entries = [
        RollEntry(
            frozen_as=person,
            person=person,
            evidence=((confirmed[name].isoformat(), "confirmed by the members"),),
            because=("SC-4: an active member of the committee",),
            aside=tuple(item for item, names in aside.items() if folded(name) in names),
        )
        for name, person in found.people.items()
    ]
    return tuple(sorted(entries, key=lambda entry: entry.person))


def with_numbers(contest: Contest, roll: Iterable[RollEntry]) -> Contest:
    """A contest of the committee with the numbers that its roll gives (SC-4, SC-R2)."""
    there = [voter for voter in roll if voter.on_roll]
    active = len({voter.person for voter in there})
    match contest:
        case CommitteeDecision():
            aside = len({voter.person for voter in there if contest.id in voter.aside})
            return contest.model_copy(update={"active": active, "recused": aside})
        case Approval():
            return contest.model_copy(update={"active": active})
        case _:
            return contest
