"""Who a person is to the chapter: an id, addresses, a name, and whether we can email them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NewType, Protocol, TypeVar

from pydantic import Field

from models.base import Value
from models.intake.locations import SourceLocation
from models.privacy import Email, Name, Phone

PersonId = NewType("PersonId", str)
"""A keyed hash, e.g. ``p-k3v9x2m7qa``: it names a person in plans and logs, anonymously."""


class Registration(Value):
    """One answer to the membership registration form.

    Being registered is not needed to vote (VM-1, VM-5): it ties a person's addresses together and
    carries their consent to mail (DP-4). The district decides nothing about voting (VM-3). What a
    form asks beyond that, as whether dues are paid, is not read: no rule uses it (DP-5).
    """

    place: SourceLocation
    at: date | None = None
    moment: datetime | None = None
    """When on that day; None if the sheet says only the day."""
    name: Name
    addresses: tuple[Email, ...]
    phone: Phone | None = None
    district: str = Field("", repr=False)  # free text: who knows what was typed there
    wants_email: bool = False

    @property
    def order(self) -> tuple[date, datetime]:
        """Oldest first; without a day, or a time of day, before those with one."""
        return self.at or date.min, self.moment or datetime.min.replace(tzinfo=UTC)


class StatewideSignUp(Value):
    """One answer to a statewide body's form: where somebody lives, and whether they want email.

    No name is read: the email about the chapter near them needs none (ST-1, DP-5).
    """

    place: SourceLocation
    at: date
    moment: datetime | None = None
    """When on that day; None if the sheet says only the day."""
    address: Email
    town: str = Field("", repr=False)  # free text: who knows what was typed there
    zip_code: str = Field("", repr=False)
    """Five digits; "" if they gave none. There is a town, a ZIP code, or both."""
    wants_email: bool = False

    @property
    def addresses(self) -> tuple[Email, ...]:
        """The one it has, as a registration has several."""
        return (self.address,)


class _Dated(Protocol):
    """An answer with the day it was given, and the moment where it is known."""

    @property
    def at(self) -> date | None:
        """The day."""

    @property
    def moment(self) -> datetime | None:
        """When on that day."""


A = TypeVar("A", bound=_Dated)


def latest_answers(rows: Sequence[A]) -> list[A]:
    """Return a person's latest answer, and any other that could be later.

    On one day the later moment is newer; a row that says no time of day, or no day at all, may be
    the newest. Where these disagree nobody knows what the person last said (DP-4).
    """
    undated = [row for row in rows if not row.at]
    newest = max((row.at for row in rows if row.at), default=None)
    that_day = [row for row in rows if row.at and row.at == newest]
    moments = [row.moment for row in that_day if row.moment]
    if moments and len(moments) == len(that_day):
        that_day = [row for row in that_day if row.moment == max(moments)]
    return that_day + undated


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the roll knows them."""

    id: PersonId
    name: Name | None
    addresses: tuple[Email, ...]
    mail_addresses: tuple[Email, ...] = ()
    """Those where letters may go to this person, best first; a household's shared address belongs
    to the person who registered it first."""
    asks_at: tuple[Email, ...] = ()
    """The addresses they typed where they asked for mail; none when they did not ask (DP-4)."""
    phone: Phone | None = None
    district: str = field(default="", repr=False)
    registered: bool = False
    registered_since: date | None = None
    """The day of their first registration that says one (VM-R7)."""

    new_since: date | None = None
    """The same; None too where a registration of theirs says no day, and may be older (VM-5)."""

    sign_up: StatewideSignUp | None = None
    """Their newest statewide sign-up; None too where two say different places, and nobody can
    tell which is newer (ST-1)."""

    @property
    def wants_email(self) -> bool:
        """Whether their last word was to ask for mail."""
        return bool(self.asks_at)
