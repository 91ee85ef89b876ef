"""A sign-in → a person: exact, alias, ambiguous (asks), unknown; never guesses.

Registrations tie addresses together; a dated "same person" exception does so too. Two
registrations that share an address under different names are two people of one household until
somebody decides otherwise: a spouse is never overwritten.
"""

import hashlib
import hmac
from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from models.participation import ExceptionKind, RecordedException
from models.people import Person, PersonId, Registration
from models.places import Place, ReviewItem, Weight
from models.privacy import Email, Name
from models.unmask import plain

Claim = tuple[Email, Name | None]
"""What the ledger remembers a person by: an address, and the name where a household shares it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """No single person fits; the reason and the next step for a human."""

    reason: str
    next_step: str


@dataclass(slots=True)
class _Profile:
    """A person while the rows about them are still coming in."""

    registrations: list[Registration] = field(default_factory=list)
    addresses: dict[Email, None] = field(default_factory=dict)
    name: Name | None = None
    first_seen: Place | None = None
    """Where an unregistered person first signed in."""

    def names(self) -> set[Name]:
        return {r.name.folded() for r in self.registrations} or (
            {self.name.folded()} if self.name else set()
        )


class Directory:
    """Everybody the sources name, and the one way from an address to a person."""

    def __init__(
        self,
        registrations: Iterable[Registration] = (),
        exceptions: Iterable[RecordedException] = (),
    ) -> None:
        self.review: list[ReviewItem] = []
        self._profiles: list[_Profile] = []
        self._claims: dict[Email, list[int]] = {}
        self._aliases = _alias_groups(
            (e.address, e.other_address)
            for e in exceptions
            if e.kind is ExceptionKind.SAME_PERSON and e.other_address
        )
        rows = sorted(registrations, key=lambda r: r.at or date.min)
        for row in rows:
            self._register(row)
        self._ask_about_namesakes()

    def __len__(self) -> int:
        return len(self._profiles)

    def who(self, address: Email | None, name: Name | None, place: Place) -> int | Ask:
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
            if name and not self._profiles[owners[0]].name:
                self._profiles[owners[0]].name = name
            return owners[0]
        fitting = [o for o in owners if name and name.folded() in self._profiles[o].names()]
        if len(fitting) == 1:
            return fitting[0]
        return Ask(
            "the address is shared by several registered people and the name does not tell which",
            "write the name exactly as on the registration, or record a “same person” exception",
        )

    def people(self, ids: Mapping[Claim, PersonId], key: bytes) -> "Known":
        """Give everybody an id: the one the ledger knows, or a new one.

        Args:
            ids: what the ledger remembers, oldest first.
            key: the ledger's own secret, so that an id cannot be guessed back to an address.
        """
        age = {claim: order for order, claim in enumerate(ids)}
        people: dict[int, Person] = {}
        claims: dict[Claim, PersonId] = {}
        merged: dict[PersonId, PersonId] = {}
        taken: set[PersonId] = set()
        for number, profile in enumerate(self._profiles):
            if not profile.addresses:
                continue  # folded into another
            mine = [self._claim(address, number) for address in profile.addresses]
            known = sorted((claim for claim in mine if claim in ids), key=age.__getitem__)
            held = list(dict.fromkeys(ids[claim] for claim in known))
            free = [person for person in held if person not in taken]
            person = free[0] if free else mint(mine[0], key)
            taken.add(person)
            merged.update({other: person for other in held if other != person})
            claims.update(dict.fromkeys(mine, person))
            people[number] = _person(person, profile, tuple(a for a, shared in mine if not shared))
        merged = {old: kept for old, kept in merged.items() if old not in taken}
        return Known(people, claims, merged)

    def _claim(self, address: Email, number: int) -> Claim:
        """The first registered keeps the bare address; a household's others add their name."""
        if self._claims[address][0] == number:
            return address, None
        return address, min(self._profiles[number].names())

    def _register(self, row: Registration) -> None:
        """Join a registration to the person it is about, or start one."""
        addresses = [alias for a in row.addresses for alias in self._aliases.get(a, (a,))]
        declared = {alias for a in row.addresses for alias in self._aliases.get(a, ())}
        owners = dict.fromkeys(o for a in addresses for o in self._claims.get(a, ()))
        same = [
            o
            for o in owners
            if row.name.folded() in self._profiles[o].names()
            or declared.intersection(self._profiles[o].addresses)
        ]
        if owners and not same:
            self._ask_about_household(row, self._profiles[next(iter(owners))])
        home = self._merge(same) if same else self._start()
        profile = self._profiles[home]
        profile.registrations.append(row)
        profile.name = row.name
        # What the person typed first in their newest registration is where they want letters.
        profile.addresses = dict.fromkeys([*addresses, *profile.addresses])
        for address in addresses:
            holders = self._claims.setdefault(address, [])
            if home not in holders:
                holders.append(home)

    def _start(self) -> int:
        self._profiles.append(_Profile())
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
            self._profiles[other] = _Profile()
        return home

    def _newcomer(self, address: Email, name: Name | None, place: Place) -> int:
        number = self._start()
        group = self._aliases.get(address, (address,))
        self._profiles[number].name, self._profiles[number].first_seen = name, place
        self._profiles[number].addresses = dict.fromkeys([address, *group])
        for alias in self._profiles[number].addresses:
            self._claims[alias] = [number]
        return number

    def _nameless(self, name: Name | None) -> Ask:
        if name is None:
            return Ask(
                "neither an address nor a name stands here",
                "ask at the event who it was and add the address, or clear the row",
            )
        fitting = [p for p in self._profiles if p.registrations and name.folded() in p.names()]
        return Ask(
            "there is a name and no address; "
            + {0: "nobody is registered", 1: "one person is registered"}.get(
                len(fitting), f"{len(fitting)} people are registered"
            )
            + " under this name",
            "add the person's mail address to the row; a name alone is never matched",
        )

    def _ask_about_household(self, row: Registration, other: _Profile) -> None:
        theirs = other.registrations[-1].place if other.registrations else "an earlier row"
        self.review.append(
            ReviewItem(
                place=row.place,
                weight=Weight.QUESTION,
                reason=f"shares an address with {theirs} under another name; kept as two people",
                next_step="if they are one person, register them under one name; if two, ask the "
                "second for an address of their own: only the first gets letters there",
            )
        )

    def _ask_about_namesakes(self) -> None:
        """Equal names without a common address are never joined, only pointed out."""
        seen: dict[Name, Place] = {}
        for profile in self._profiles:
            for name in profile.names() if profile.registrations else ():
                place = profile.registrations[0].place
                if name in seen:
                    self.review.append(
                        ReviewItem(
                            place=place,
                            weight=Weight.QUESTION,
                            reason=f"has the same name as {seen[name]} and no address in common; "
                            "kept as two people",
                            next_step="if they are one person, add a “same person” exception "
                            "with both addresses",
                        )
                    )
                seen.setdefault(name, place)

    def tagged_twins(self) -> list[ReviewItem]:
        """Unregistered +tag addresses whose bare form is another person's: counted apart, shown."""
        twins = []
        for address, owners in self._claims.items():
            local, _, domain = plain(address).partition("@")
            untagged, plus, _ = local.partition("+")
            bare = self._claims.get(Email(f"{untagged}@{domain}")) if plus else None
            stranger = self._profiles[owners[0]]
            if bare and bare != owners and stranger.first_seen:
                twins.append(
                    ReviewItem(
                        place=stranger.first_seen,
                        weight=Weight.QUESTION,
                        reason="without its +tag the address would be another person's; kept apart",
                        next_step="if it is one person, add a “same person” exception with both",
                    )
                )
        return twins


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody with their ids, in the directory's numbering."""

    people: dict[int, Person]
    claims: dict[Claim, PersonId]
    merged: dict[PersonId, PersonId]
    """Ids that turned out to be one person: old → kept."""


def mint(claim: Claim, key: bytes) -> PersonId:
    """A new id: HMAC-SHA256 of the claim, the first 50 bits in base 32."""
    address, name = claim
    text = plain(address) + ("\0" + plain(name) if name else "")
    digest = hmac.digest(key, text.encode(), hashlib.sha256)
    return PersonId("p-" + b32encode(digest)[:10].decode().lower())


def _person(person: PersonId, profile: _Profile, mail: tuple[Email, ...]) -> Person:
    rows = sorted(profile.registrations, key=lambda r: r.at or date.min)
    newest = rows[-1] if rows else None
    return Person(
        id=person,
        name=profile.name,
        addresses=tuple(profile.addresses),
        mail_addresses=mail,
        wants_mail=newest.wants_mail if newest else False,
        phone=next((row.phone for row in reversed(rows) if row.phone), None),
        district=newest.district if newest else "",
        registered=bool(rows),
    )


def _alias_groups(pairs: Iterable[tuple[Email, Email]]) -> dict[Email, tuple[Email, ...]]:
    """Addresses declared to be one person's, each with its whole group."""
    groups: dict[Email, dict[Email, None]] = {}
    for one, other in pairs:
        group = groups.setdefault(one, {one: None}) | groups.setdefault(other, {other: None})
        for address in group:
            groups[address] = group
    return {address: tuple(group) for address, group in groups.items()}
