"""A sign-in → a person: exact, alias, ambiguous (asks), unknown.

Registrations tie addresses together; a dated "same person" exception does so too. Two
registrations that share an address under different names are two people of one household until
somebody decides otherwise: a spouse is never overwritten. Where one person is known at an address,
the address decides and not the name beside it; one that is quite another's is noted and not asked
about. That is a ruling, with its reasons in docs/decisions/0003.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.intake.locations import Ask, ReviewItem, SourceLocation
from models.intake.participation import ExceptionKind, RecordedException
from models.intake.people import (
    Person,
    PersonId,
    Registration,
    StatewideSignUp,
    latest_answers,
)
from models.membership import questions
from models.membership.ids import Claim, give_ids
from models.membership.one_person import Profile, agreed, person_of
from models.privacy import Email, Name
from models.text.sentences import Sentence

__all__ = ["Ask", "Claim", "Directory", "KnownPeople"]


class Directory:
    """Everybody the sources name, and the one way from an address to a person."""

    def __init__(
        self,
        registrations: Iterable[Registration] = (),
        exceptions: Iterable[RecordedException] = (),
        sign_ups: Iterable[StatewideSignUp] = (),
    ) -> None:
        self.review: list[ReviewItem] = []
        self._profiles: list[Profile] = []
        self._claims: dict[Email, list[int]] = {}
        self._aliases = _alias_groups(
            (e.address, e.other_address)
            for e in exceptions
            if e.kind is ExceptionKind.SAME_PERSON and e.other_address
        )
        # By time, then by name: sorting the tab anew changes nothing.
        for row in sorted(registrations, key=lambda r: (r.order, r.name)):
            self._register(row)
        for one in sign_ups:
            self._sign_up(one)
        self._namesakes = Counter(
            name for p in self._profiles if p.registrations for name in p.names()
        )
        self._ask_about_namesakes()
        self._ask_about_consent()
        self._ask_about_places()
        self._met: set[tuple[int, Name]] = set()

    def __len__(self) -> int:
        return len(self._profiles)

    def who(self, address: Email | None, name: Name | None, place: SourceLocation) -> int | Ask:
        """The number of the person who signed in at a place, or what to ask.

        An address nobody registered is a person of its own (VM-5): being registered is not a
        condition of the vote.
        """
        if address is None:
            return self._nameless(name)
        owners = self._claims.get(address)
        if owners is None:
            return self._newcomer(address, name, place)
        if len(owners) == 1:
            if name and (owners[0], name) not in self._met:
                self._meet(owners[0], name, place)
            return owners[0]
        fitting = [o for o in owners if name and name.folded() in self._profiles[o].names()]
        if len(fitting) == 1:
            return fitting[0]
        return questions.shared_address()

    def people(self, ids: Mapping[Claim, PersonId], key: bytes) -> "KnownPeople":
        """Give everybody an id: the one the ledger knows, or a new one.

        Args:
            ids: what the ledger remembers, oldest first.
            key: the ledger's own secret, so that an id cannot be guessed back to an address.
        """
        numbers = [n for n, profile in enumerate(self._profiles) if profile.addresses]
        given = give_ids({n: self._claims_of(n) for n in numbers}, ids, key)
        people = {n: person_of(given.of[n], self._profiles[n], self._mailboxes(n)) for n in numbers}
        return KnownPeople(people, given.claims, given.merged)

    def _claims_of(self, number: int) -> list[Claim]:
        """All that a person can be known by: addresses of their own, and what they registered."""
        profile = self._profiles[number]
        bare: list[Claim] = [(address, None) for address in self._mailboxes(number)]
        typed: list[Claim] = [
            (address, name)
            for row in profile.registrations
            for address in row.addresses
            for name in (row.name.folded(), row.name.lowered())  # as ledgers held it before
        ]
        return list(dict.fromkeys([*bare, *typed]))

    def _mailboxes(self, number: int) -> tuple[Email, ...]:
        """A household's shared address takes the letters of whoever registered it first."""
        return tuple(a for a in self._profiles[number].addresses if self._claims[a][0] == number)

    def _register(self, row: Registration) -> None:
        """Join a registration to the person it is about, or start one."""
        aliases = (alias for a in row.addresses for alias in self._aliases.get(a, ()))
        addresses = list(dict.fromkeys([*row.addresses, *aliases]))
        owners = dict.fromkeys(o for a in addresses for o in self._claims.get(a, ()))
        same = [o for o in owners if row.name.folded() in self._profiles[o].names()]
        decided = [o for o in owners if o not in same and self._decided_to_be(row, o)]
        if len(decided) == 1:  # of several, the decision does not say which
            same += decided
        if owners and not same:
            self._ask_about_household(row, self._profiles[next(iter(owners))])
        home = self._merge(sorted(same)) if same else self._start()
        profile = self._profiles[home]
        profile.registrations.append(row)
        profile.name = row.name
        # What the person typed first in their newest registration is where they want letters.
        profile.addresses = dict.fromkeys([*addresses, *profile.addresses])
        for address in addresses:
            holders = self._claims.setdefault(address, [])
            if home not in holders:
                holders.append(home)

    def _sign_up(self, one: StatewideSignUp) -> None:
        """Add a statewide sign-up to whoever gets the letters at its address."""
        owners = self._claims.get(one.address)
        number = owners[0] if owners else self._newcomer(one.address, None, one.place)
        self._profiles[number].sign_ups.append(one)

    def _decided_to_be(self, row: Registration, number: int) -> bool:
        """Whether a "same person" exception ties a registration to a person.

        It speaks of two addresses; who typed one and the same address under another name is of the
        household and nothing was decided about them.
        """
        typed = {a for r in self._profiles[number].registrations for a in r.addresses}
        return typed.isdisjoint(row.addresses) and any(
            alias in typed for a in row.addresses for alias in self._aliases.get(a, ())
        )

    def _start(self) -> int:
        self._profiles.append(Profile())
        return len(self._profiles) - 1

    def _merge(self, numbers: list[int]) -> int:
        """Fold several profiles of one person into the first; the emptied ones stay as blanks."""
        home, *others = numbers
        for other in others:
            gone = self._profiles[other]
            self._profiles[home].registrations += gone.registrations
            self._profiles[home].addresses |= gone.addresses
            for address in gone.addresses:
                holders = self._claims[address]
                self._claims[address] = list(
                    dict.fromkeys(home if h == other else h for h in holders)
                )
            self._profiles[other] = Profile()
        return home

    def _newcomer(self, address: Email, name: Name | None, place: SourceLocation) -> int:
        number = self._start()
        group = self._aliases.get(address, (address,))
        self._profiles[number].name, self._profiles[number].first_seen = name, place
        self._profiles[number].addresses = dict.fromkeys([address, *group])
        for alias in self._profiles[number].addresses:
            self._claims[alias] = [number]
        return number

    def _nameless(self, name: Name | None) -> Ask:
        return (
            questions.name_alone(self._namesakes[name.folded()])
            if name
            else questions.nobody_named()
        )

    def _meet(self, number: int, name: Name, place: SourceLocation) -> None:
        """Learn an unregistered person's name; point out one that is quite another's, once."""
        self._met.add((number, name))
        profile = self._profiles[number]
        if not profile.name:
            profile.name = name
        elif not any(name.folded().akin(other) for other in profile.names()):
            self.review.append(questions.another_name(place))

    def _ask_about_household(self, row: Registration, other: Profile) -> None:
        known = other.registrations
        first = known[-1].place.told if known else Sentence("an earlier row")
        self.review.append(questions.household(row.place, first))

    def _ask_about_namesakes(self) -> None:
        """Equal names without a common address are never joined, only pointed out."""
        seen: dict[Name, SourceLocation] = {}
        for profile in self._profiles:
            for name in profile.names() if profile.registrations else ():
                place = profile.registrations[0].place
                if name in seen:
                    self.review.append(questions.namesake(place, seen[name]))
                seen.setdefault(name, place)

    def _ask_about_consent(self) -> None:
        """Registrations that disagree about mail and do not say which of them is the newest."""
        for profile in self._profiles:
            words = profile.last_words()
            if len({row.wants_email for row in words}) > 1:
                self.review.append(questions.consent(words[-1].place))

    def _ask_about_places(self) -> None:
        """Sign-ups of one person that name different places, and none is clearly the newest."""
        for profile in self._profiles:
            newest = latest_answers(profile.sign_ups)
            if len(newest) > 1 and not agreed(newest):
                self.review.append(questions.lives_in_two_places(newest[-1].place))

    def strangers(self) -> list[ReviewItem]:
        """Unregistered addresses that may be another's own: counted apart, and asked about."""
        like = dict.fromkeys(self._alike(Email.unaccented), questions.accented_twin)
        like |= dict.fromkeys(self._alike(Email.untagged), questions.tagged_twin)
        known = {
            name: profile.registrations[0].place
            for profile in reversed(self._profiles)
            for name in (profile.names() if profile.registrations else ())
        }
        asked = []
        for number, profile in enumerate(self._profiles):
            if (place := profile.first_seen) is None or profile.registrations:
                continue
            name = profile.name.folded() if profile.name else None
            if number in like:
                asked.append(like[number](place))
            elif name in known:
                asked.append(questions.unregistered_namesake(place, known[name]))
            if name and name.is_whole:  # of first names alone there are many
                known.setdefault(name, place)
        return asked

    def _alike(self, bare: Callable[[Email], Email]) -> Iterator[int]:
        """Whose address would be another person's, written barely."""
        for address, owners in self._claims.items():
            others = self._claims.get(bare(address))
            if others and others != owners:
                yield owners[0]


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Everybody with their ids, in the directory's numbering."""

    people: dict[int, Person]
    claims: dict[Claim, PersonId]
    merged: dict[PersonId, PersonId]
    """Ids that turned out to be one person: old → kept."""


def _alias_groups(pairs: Iterable[tuple[Email, Email]]) -> dict[Email, tuple[Email, ...]]:
    """Addresses declared to be one person's, each with its whole group."""
    groups: dict[Email, dict[Email, None]] = {}
    for one, other in pairs:
        group = groups.setdefault(one, {one: None}) | groups.setdefault(other, {other: None})
        for address in group:
            groups[address] = group
    return {address: tuple(group) for address, group in groups.items()}
