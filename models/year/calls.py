"""A call to action: whom it goes to, and what it says (ST-2).

1. It goes to those alone who said in their volunteer profile that they want email about it (DP-4).
2. Of them, to those whom everything that the call names fits: an offer, a district, a language, a
   time, a status. What it leaves open fits everybody.
3. It cannot ask how anybody voted, nor whether: nothing of a vote is here to be named (EN-R8).
"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from pydantic import Field

from models.base import Value
from models.intake.people import PersonId
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import Status
from models.text.folding import unmarked
from models.year.profiles import VolunteerProfile


class CalledStatus(StrEnum):
    """A voting status that a call can ask for, as `call.toml` has it."""

    VOTING = "voting member"
    ONE_AWAY = "one event away"


_STATUS = {CalledStatus.VOTING: Status.VOTING, CalledStatus.ONE_AWAY: Status.ONE_AWAY}


class CallToAction(Value):
    """`call.toml`: of each list one entry must fit; an empty list fits everybody."""

    offers: tuple[str, ...] = ()
    """In the words of the settings."""
    districts: tuple[str, ...] = ()
    """As registrations have them; case and spaces make no difference."""
    languages: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    status: tuple[CalledStatus, ...] = ()
    """On the day it is sent."""
    replies: str = Field("", max_length=300)
    """The event that it is about, as its sign-in form in the settings names it; "" of none."""

    def fits(self, profile: VolunteerProfile, entry: Entry) -> bool:
        """Whether it is for somebody, by what they said and how they stand."""
        return (
            _one_of(self.offers, profile.offers)
            and _one_of(self.districts, (entry.person.district,))
            and _one_of(self.languages, profile.languages)
            and _one_of(self.times, profile.times)
            and (not self.status or entry.standing.status in map(_STATUS.get, self.status))
        )

    def whom(self) -> str:
        """Whom it is for, in words."""
        asked = (
            ("who offer", self.offers),
            ("who live in", self.districts),
            ("who speak", self.languages),
            ("who have time", self.times),
            ("with the status", self.status),
        )
        said = [f"{what} {' or '.join(names)}" for what, names in asked if names]
        return f"volunteers {' and '.join(said)}".strip()


class CallText(NamedTuple):
    """What a call says in one language."""

    subject: str
    paragraphs: tuple[str, ...]


def segment(
    call: CallToAction, willing: Mapping[PersonId, VolunteerProfile], roll: VoterRoll
) -> list[PersonId]:
    """Whom a call is for, of those who want one."""
    return [
        person
        for person, profile in willing.items()
        if (entry := roll.entries.get(person)) and call.fits(profile, entry)
    ]


def unlisted(call: CallToAction, offers: Collection[str]) -> list[str]:
    """The offers of a call that the settings do not have."""
    known = set(map(unmarked, offers))
    return [one for one in call.offers if unmarked(one) not in known]


def _one_of(wanted: Iterable[str], said: Iterable[str]) -> bool:
    asked = set(map(unmarked, wanted))
    return not asked or bool(asked & set(map(unmarked, said)))
