"""Who somebody is to the chapter: an id of ours, addresses, a name, and whether we may write."""

from dataclasses import dataclass, field
from datetime import date
from typing import NewType

from pydantic import Field

from models.base import Value
from models.places import Place
from models.privacy import Email, Name, Phone

PersonId = NewType("PersonId", str)
"""A keyed hash, e.g. ``p-k3v9x2m7qa``: it names a person in plans and logs and reveals nobody."""


class Registration(Value):
    """One answer to the membership registration form.

    Being registered is not needed to vote (VM-1, VM-5): it ties a person's addresses together and
    carries their consent to mail (DP-4). Dues and district decide nothing about voting (VM-3).
    """

    place: Place
    at: date | None = None
    name: Name
    addresses: tuple[Email, ...]
    phone: Phone | None = None
    district: str = Field("", repr=False)  # free text: who knows what was typed there
    registered_voter: bool | None = None
    dues_paid: bool | None = None
    wants_mail: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the roll knows them."""

    id: PersonId
    name: Name | None
    addresses: tuple[Email, ...]
    mail_addresses: tuple[Email, ...] = ()
    """Those where letters may go to this person, best first; a household's shared address belongs
    to whoever registered it first."""
    wants_mail: bool = False
    phone: Phone | None = None
    district: str = field(default="", repr=False)
    registered: bool = False
