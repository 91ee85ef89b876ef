"""What the mailing list should say about each person, and whom it cannot reach (DP-3, DP-4).

We own our merge fields and our tags on subscribed contacts, and nothing else: other fields,
other tags and other contacts are never touched.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import Field

from models.base import Value
from models.intake.people import Person, PersonId
from models.mail.refusals import NONE_KNOWN, KnownRefusals
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import Status
from models.privacy import Email, Name
from models.text.folding import unmarked
from models.text.sentences import Sentence


class ContactState(StrEnum):
    """A contact's state in the mailing list, in Mailchimp's words."""

    SUBSCRIBED = "subscribed"
    UNSUBSCRIBED = "unsubscribed"
    CLEANED = "cleaned"
    PENDING = "pending"
    ARCHIVED = "archived"
    TRANSACTIONAL = "transactional"
    UNKNOWN = "unknown"
    """None that the clerk knows; the contact is left alone."""


OFFERS: Final = "clerk: offers "
"""How the tags of offers begin."""
NO_OFFERS: Final[Mapping[PersonId, Sequence[str]]] = {}


def is_offer(tag: str) -> bool:
    """Whether a tag is of an offer, by how it begins."""
    return tag.startswith(OFFERS)


class FieldNames(Value):
    """The names under which we own things in the audience; ten letters are a tag's limit there."""

    status: str = Field("CLSTATUS", max_length=10)
    events: str = Field("CLEVENTS", max_length=10)
    until: str = Field("CLUNTIL", max_length=10)
    voting_tag: str = "clerk: voting member"
    one_away_tag: str = "clerk: one event away"

    @staticmethod
    def of_offer(offer: str) -> str:
        """The tag of those who offer something, and want email about it (ST-2)."""
        return f"{OFFERS}{unmarked(offer)}"

    def ours(self, tag: str) -> str:
        """A tag of the list as we call it; "" if it is not ours.

        Those of offers are ours by how they begin: one that nobody can offer any more goes too.
        """
        name = tag.casefold()
        known = {one.casefold(): one for one in self.tags}
        return known.get(name, name if is_offer(name) else "")

    @property
    def fields(self) -> dict[str, str]:
        """Our merge fields: tag → the label a volunteer sees."""
        return {
            self.status: "Voting status",
            self.events: "Events counted",
            self.until: "Status valid until",
        }

    @property
    def tags(self) -> tuple[str, ...]:
        """Our tags of a status; those of offers are made of the chapter's own words."""
        return self.voting_tag, self.one_away_tag


@dataclass(frozen=True, slots=True)
class Contact:
    """An actual contact, cut down to what is ours."""

    address: Email
    state: ContactState
    fields: tuple[tuple[str, str], ...] = ()
    """Our merge fields with a value, sorted."""
    tags: frozenset[str] = frozenset()
    """Our tags only."""


@dataclass(frozen=True, slots=True)
class Desired:
    """What a contact should carry."""

    person: PersonId
    address: Email
    fields: tuple[tuple[str, str], ...]
    tags: frozenset[str]
    new: bool = False
    """Not on the list yet and asked to be (DP-4)."""
    name: Name | None = None


class Unreachable(StrEnum):
    """Why a person gets no letters; voting members among them get a personal call (DP-4)."""

    UNSUBSCRIBED = "has unsubscribed"
    BOUNCED = "emails bounce"
    ARCHIVED = "was archived"
    UNCONFIRMED = "has not confirmed the subscription"
    RECEIPTS = "is on the list for receipts only"
    UNKNOWN = "is on the list in a state that the program does not know"
    NEVER_ASKED = "never asked for email"
    REFUSED = "the mailing list rejects the address"
    REFUSED_FOR_NOW = "the mailing list rejects the address for now; it is tried again"
    SHARED = "shares an address with someone who gets the emails"


_SAID = {
    str(said): said
    for said in (
        Sentence("has unsubscribed"),
        Sentence("emails bounce"),
        Sentence("was archived"),
        Sentence("has not confirmed the subscription"),
        Sentence("is on the list for receipts only"),
        Sentence("is on the list in a state that the program does not know"),
        Sentence("never asked for email"),
        Sentence("the mailing list rejects the address"),
        Sentence("the mailing list rejects the address for now; it is tried again"),
        Sentence("shares an address with someone who gets the emails"),
    )
}


def why_said(why: str) -> str:
    """Why a person gets no letters, as a sentence; what was kept with a day is kept as it was."""
    return _SAID.get(why, why)


_WHY = {
    ContactState.UNSUBSCRIBED: Unreachable.UNSUBSCRIBED,
    ContactState.CLEANED: Unreachable.BOUNCED,
    ContactState.ARCHIVED: Unreachable.ARCHIVED,
    ContactState.PENDING: Unreachable.UNCONFIRMED,
    ContactState.TRANSACTIONAL: Unreachable.RECEIPTS,
    ContactState.UNKNOWN: Unreachable.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The desired audience: by address, and by person who cannot be reached."""

    contacts: dict[Email, Desired]
    unreachable: dict[PersonId, Unreachable]
    """Nobody of them gets a letter tonight; of the refused some are tried all the same."""
    refused_since: dict[PersonId, date] = field(default_factory=dict)
    """Of those refused: since when, and of the others when it was last tried."""

    def why(self, person: PersonId) -> str:
        """Why somebody gets no letters, and since when the list refuses them."""
        since = self.refused_since.get(person)
        why = why_said(self.unreachable[person])
        return Sentence("{why} (since {day})", why=why, day=since) if since else why

    def to_call(self, roll: VoterRoll) -> list[tuple[Entry, Unreachable]]:
        """Voting members who cannot be mailed (DP-4)."""
        return [
            (entry, self.unreachable[entry.person.id])
            for entry in roll.voting()
            if entry.person.id in self.unreachable
        ]


def desired(
    roll: VoterRoll,
    actual: Mapping[Email, Contact],
    marks: FieldNames,
    refused: KnownRefusals = NONE_KNOWN,
    offers: Mapping[PersonId, Sequence[str]] = NO_OFFERS,
) -> Wanted:
    """The audience as the roll wants it, one contact a person.

    Args:
        refused: new contacts whom the list has refused: nobody has reached them yet, whether they
            are tried again or not.
        offers: what those offer who want email about it (ST-2).
    """
    contacts: dict[Email, Desired] = {}
    unreachable: dict[PersonId, Unreachable] = {}
    refused_since: dict[PersonId, date] = {}
    for person_id, entry in roll.entries.items():
        where = _mailbox(entry.person, actual)
        if isinstance(where, Unreachable):
            unreachable[person_id] = where
            continue
        new = where not in actual
        if new and (known := refused.of((where, entry.person.name))):
            passes = known.passes
            unreachable[person_id] = Unreachable.REFUSED_FOR_NOW if passes else Unreachable.REFUSED
            refused_since[person_id] = known.since
            if not known.is_tried:
                continue
        contacts[where] = Desired(
            person=person_id,
            address=where,
            fields=_fields(entry, marks),
            tags=_tags(entry, marks) | {*map(marks.of_offer, offers.get(person_id, ()))},
            new=new,
            name=entry.person.name,
        )
    return Wanted(contacts, unreachable, refused_since)


def _mailbox(person: Person, actual: Mapping[Email, Contact]) -> Email | Unreachable:
    """Where letters may go, or why nowhere. Nobody is ever subscribed again (DP-4)."""
    if not person.mail_addresses:
        return Unreachable.SHARED
    held = [actual[address] for address in person.mail_addresses if address in actual]
    for contact in held:
        if contact.state is ContactState.SUBSCRIBED:
            return contact.address
    for contact in held:
        if contact.state is not ContactState.CLEANED:
            return _WHY[contact.state]
    # A dead address says nothing against a new one that its owner gave and asked for mail at.
    new = [a for a in person.mail_addresses if a in person.asks_at and a not in actual]
    if new:
        return new[0]
    return Unreachable.BOUNCED if held else Unreachable.NEVER_ASKED


def _fields(entry: Entry, marks: FieldNames) -> tuple[tuple[str, str], ...]:
    standing = entry.standing
    values = {
        marks.status: standing.status.value,
        marks.events: str(len(standing.counted)),
        marks.until: standing.spell.last_day if standing.spell else "",
    }
    return tuple(sorted((tag, value) for tag, value in values.items() if value))


def _tags(entry: Entry, marks: FieldNames) -> frozenset[str]:
    match entry.standing.status:
        case Status.VOTING:
            return frozenset({marks.voting_tag})
        case Status.ONE_AWAY:
            return frozenset({marks.one_away_tag})
        case Status.NOT_YET:
            return frozenset()


def leftovers(actual: Iterable[Contact], wanted: Mapping[Email, Desired]) -> list[Contact]:
    """Subscribed contacts that carry our marks and should carry none."""
    return [
        contact
        for contact in actual
        if contact.state is ContactState.SUBSCRIBED
        and contact.address not in wanted
        and (contact.tags or contact.fields)
    ]
