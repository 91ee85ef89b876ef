"""Who is nominated, held against the chapter's own record (SC-1, SC-2).

1. Events by calendar year, from the sheets; dues, by the dues tab, on the day of confirmation.
2. What only the nominee can say comes from their nomination: whether they agree, whether they are a
   registered voter, in which committee they are active, and their texts.
3. A ballot has names alone: of two nominees of one name neither can stand there.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from models.bylaws.counting import CommitteeCount
from models.committee.members import Committee
from models.committee.nominees import Nominee, TimesAttended, criteria
from models.contests.asks import BACKGROUND
from models.membership.reasons import Reason, Spot
from models.privacy import Name
from models.text import formats
from models.text.folding import folded
from models.year.nominations import Nominated

Table = dict[str, Any]


class Prospect(NamedTuple):
    """Somebody who is nominated, with the record's facts."""

    said: Nominated
    came: TimesAttended
    seat: str = ""
    """Their seat on the committee, if they sit there."""
    twins: bool = False
    """Whether another nominee has the same name."""
    shared: bool = False
    """Whether several people have this address, and none of them this name."""

    @property
    def nominee(self) -> Nominee:
        """As a contest's file has them."""
        return Nominee(
            name=self.said.name,
            events_by_year=dict(sorted(self.came.by_year.items())),
            active_in=self.said.committees,
            dues_paid=bool(self.came.dues and self.came.dues[0]),
            registered_voter=bool(self.said.registered_voter),
            bio=bool(self.said.bio),
            summary=bool(self.said.summary),
            waivers=self.said.waivers,
        )

    def reasons(self, rules: CommitteeCount) -> tuple[Reason, ...]:
        """Whether they agree, each criterion with its fact, and what their ballot entry lacks."""
        return (
            _agreement(self.said),
            *self._found(),
            *criteria(self.nominee, rules, self.came),
            *self._on_the_ballot(),
        )

    def _found(self) -> Iterator[Reason]:
        if self.shared:
            fact = "several people have this address, and none has this name; write the name as in "
            yield Reason("SC-2", f"{fact}the registration", False)

    def _on_the_ballot(self) -> Iterator[Reason]:
        proposes = bool(self.said.activities)
        fact = f"{'proposes' if proposes else 'does not propose'} activities for the coming year"
        yield Reason("EN-R14", fact, proposes, at=Spot("activities"))
        if self.twins:
            fact = "another nominee has the same name; add a middle name or a neighborhood to both"
            yield Reason("EN-R14", fact, False)

    @property
    def stands(self) -> bool:
        """Whether they can be put on a draft: they did not decline, and can be told apart."""
        return self.said.agrees is not False and not self.twins


def with_seats(
    found: Sequence[Prospect], committee: Committee | None, on: date, rules: CommitteeCount
) -> list[Prospect]:
    """With the seat that each has on a day, and with who has another's name."""
    names = Counter(folded(one.said.name) for one in found)
    seats = dict(_seats(committee, on, rules)) if committee else {}
    return [
        one._replace(
            seat=seats.get(folded(one.said.name), ""), twins=names[folded(one.said.name)] > 1
        )
        for one in found
    ]


def _seats(committee: Committee, on: date, rules: CommitteeCount) -> Iterator[tuple[str, str]]:
    """Folded name → since when a member sits, and whether that term is over."""
    for member in committee.sitting(on, rules):
        term = committee.seat(member, rules)
        said = f"on the committee since {formats.day(term.since)}"
        if term.held_over(on):
            said += f"; holds over since {formats.day(term.due)}"
        yield folded(member.name), said


def _agreement(one: Nominated) -> Reason:
    facts = {
        True: "agrees to be nominated",
        False: "does not agree to be nominated",
        None: "somebody else nominated them, and nothing says whether they agree",
    }
    return Reason("SC-2", facts[one.agrees], one.agrees is True)


def by_name(found: Sequence[Prospect]) -> dict[Name, TimesAttended]:
    """What the record says of each nominee whose name no other nominee has, by it folded."""
    return {Name.parse(one.said.name).folded(): one.came for one in found if not one.twins}


def slate_table(found: Sequence[Prospect], title: str) -> Table:
    """The contest's file of the members' vote on a slate, as the record has it.

    Who declined is not on it, nor two who have one name. Texts go on the ballot (EN-R14).
    """
    standing = [one for one in found if one.stands]
    nominees, about = [], []
    for one in standing:
        told = one.nominee.model_dump(mode="python", exclude={"bio", "summary"})
        told["waivers"] = [dict(each) for each in told["waivers"]]
        told["events_by_year"] = {str(y): many for y, many in told["events_by_year"].items()}
        told["active_in"] = list(told["active_in"])
        nominees.append({key: value for key, value in told.items() if value})
        texts = {key: said for key in BACKGROUND if (said := getattr(one.said, key))}
        if texts:
            about.append({"name": one.said.name, **texts})
    return {
        "id": "slate",
        "title": title,
        "kind": "up-or-down",
        "purpose": "slate",
        "subject": title,
        **({"nominees": nominees} if nominees else {}),
        **({"about": about} if about else {}),
    }


def differs(
    nominees: Sequence[Nominee], about: Mapping[str, Mapping[str, str]], found: Sequence[Prospect]
) -> Iterator[Reason]:
    """Where a draft's slate says something else than the nominations do.

    A draft is the committee's own, so that most is for a look; but nobody stands who did not agree.

    Args:
        about: what the ballot says of each, by the name folded.
    """
    known = {folded(one.said.name): one for one in found if not one.twins}
    for nominee in nominees:
        one = known.pop(folded(nominee.name), None)
        if one is None:
            yield _look(nominee.name, "has no row among the nominations", Spot("nominees"))
            continue
        yield from _differs(nominee, about.get(folded(nominee.name), {}), one)
    for one in known.values():
        if one.stands:
            yield _look(one.said.name, "is nominated, and not on this slate", Spot("nominees"))


def _differs(nominee: Nominee, told: Mapping[str, str], one: Prospect) -> Iterator[Reason]:
    agrees = _agreement(one.said)
    if not agrees.holds:
        yield Reason("SC-2", f"{nominee.name}: {agrees.fact}", False)
    said = one.said
    if said.registered_voter is not None and nominee.registered_voter != said.registered_voter:
        is_one = "a registered voter" if said.registered_voter else "no registered voter"
        at = Spot("registered_voter", nominee.name)
        yield _look(nominee.name, f"is {is_one} by the nomination, and not by this draft", at)
    if said.committees and set(map(folded, said.committees)) != set(map(folded, nominee.active_in)):
        at = Spot("active_in", nominee.name)
        fact = f"is active in {', '.join(said.committees)} by the nomination"
        yield _look(nominee.name, fact, at)
    for key in BACKGROUND:
        text = getattr(said, key)
        if text and " ".join(text.split()) != " ".join(told.get(key, "").split()):
            fact = f"the {_CALLED[key]} on the ballot is not that of the nomination"
            yield _look(nominee.name, fact, Spot(key, nominee.name))
    held = {(one.criterion, one.on) for one in nominee.waivers}
    for waiver in said.waivers:
        if (waiver.criterion, waiver.on) not in held:
            fact = f"the exception for {waiver.criterion} of {formats.day(waiver.on)} is not here"
            yield _look(nominee.name, fact, Spot("nominees", nominee.name))


_CALLED = {"bio": "bio", "summary": "summary of work", "activities": "proposed activities"}


def _look(name: str, fact: str, at: Spot) -> Reason:
    return Reason("SC-2", f"{name}: {fact}", True, look=True, at=at)
