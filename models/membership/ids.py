"""An id of our own for everybody, kept night after night (DP-3).

The ledger remembers each person by their addresses and names; who it knows keeps the id.
"""

import hashlib
import hmac
from base64 import b32encode
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from models.intake.people import PersonId
from models.privacy import Email, Name
from models.unmask import reveal

Claim = tuple[Email, Name | None]
"""What the ledger remembers a person by: an address with each registered name, and the bare address
for whoever registered (or came) first."""


@dataclass(slots=True)
class Ids:
    """Who has which id."""

    of: dict[int, PersonId] = field(default_factory=dict)
    claims: dict[Claim, PersonId] = field(default_factory=dict)
    merged: dict[PersonId, PersonId] = field(default_factory=dict)
    """Ids that turned out to be one person: old → kept."""


def give_ids(
    claims: Mapping[int, Sequence[Claim]], remembered: Mapping[Claim, PersonId], key: bytes
) -> Ids:
    """Give every person, by number, the id the ledger knows, or a new one.

    Args:
        claims: all that each person can be known by.
        remembered: what the ledger remembers, oldest first.
        key: the ledger's own secret, so that an id cannot be guessed back to an address.
    """
    age = {claim: order for order, claim in enumerate(remembered)}
    known = {
        number: sorted(_known(mine, age), key=age.__getitem__) for number, mine in claims.items()
    }

    def seniority(number: int) -> tuple[bool, int]:
        """Who is known by name chooses first: nobody takes over the id of who was there before."""
        mine = known[number]
        return not any(name for _, name in mine), age[mine[0]] if mine else len(age)

    given = Ids()
    taken: set[PersonId] = set()
    spoken_for = set(remembered.values())
    for number in sorted(claims, key=seniority):
        held = list(dict.fromkeys(remembered[claim] for claim in known[number]))
        free = [person for person in held if person not in taken]
        person = free[0] if free else mint(claims[number][0], key, spoken_for)
        taken.add(person)
        spoken_for.add(person)
        given.of[number] = person
        given.claims.update(dict.fromkeys(claims[number], person))
        given.merged.update({other: person for other in held if other != person})
    given.merged = {old: kept for old, kept in given.merged.items() if old not in taken}
    return given


def _known(mine: Sequence[Claim], remembered: Container[Claim]) -> list[Claim]:
    """The claims the ledger knows; a bare address says less than the same one with the name."""
    known = [claim for claim in mine if claim in remembered]
    named = {address for address, name in known if name}
    return [(address, name) for address, name in known if name or address not in named]


def mint(claim: Claim, key: bytes, spoken_for: Container[PersonId] = ()) -> PersonId:
    """A new id: HMAC-SHA256 of the claim, the first 50 bits in base 32; again if it is taken."""
    address, name = claim
    text = reveal(address) + ("\0" + reveal(name) if name else "")
    while True:
        digest = hmac.digest(key, text.encode(), hashlib.sha256)
        person = PersonId("p-" + b32encode(digest)[:10].decode().lower())
        if person not in spoken_for:
            return person
        text += "\0"
