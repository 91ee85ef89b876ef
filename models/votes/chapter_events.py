"""What officers and retention do with the chapter's people, for the record; it names nobody."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from models.base import Value

Many = Annotated[int, Field(ge=0)]


class PlanApproved(Value):
    """An officer approved a nightly run's plan, which was then applied (VM-1)."""

    kind: Literal["plan-approved"] = "plan-approved"
    fingerprint: str
    changes: Many
    """Of the mailing list."""


class ListWritten(Value):
    """The list was written with addresses, for a stated reason (DP-1)."""

    kind: Literal["list-written"] = "list-written"
    reason: str
    people: Many


class ListImported(Value):
    """A partner's list of attendees, or a file of dues, was read and kept (DP-2, VM-3)."""

    kind: Literal["list-imported"] = "list-imported"
    about: str
    """The event, or that they are dues."""
    rows: Many


class ListRemoved(Value):
    """Such a list was removed."""

    kind: Literal["list-removed"] = "list-removed"
    about: str
    rows: Many


class PersonErased(Value):
    """A person was erased; what was taken out (DP-6)."""

    kind: Literal["person-erased"] = "person-erased"
    contacts: Many
    """Of the mailing list."""
    rows: Many
    """Of the sheets, in our copy of them."""
    nominations: Many = 0
    claims: Many = 0
    """Addresses and names."""
    standings: Many = 0
    letters: Many = 0


class PersonReadmitted(Value):
    """Somebody who was erased came back."""

    kind: Literal["person-readmitted"] = "person-readmitted"


class OfficerInvited(Value):
    """An officer made a sign-in link for another at the officers' page (DP-3)."""

    kind: Literal["officer-invited"] = "officer-invited"
    officer: str


class OfficerSignedOut(Value):
    """An officer ended the sessions of another, and took back links that were not used."""

    kind: Literal["officer-signed-out"] = "officer-signed-out"
    officer: str


class SettingsExtended(Value):
    """An officer added spreadsheets, tabs, or forms to what is read, at the officers' page."""

    kind: Literal["settings-extended"] = "settings-extended"
    tabs: Many
    forms: Many


class ProposalsCalled(Value):
    """An officer sent the voting members the call for proposals (SC-7)."""

    kind: Literal["proposals-called"] = "proposals-called"
    year: Annotated[int, Field(ge=1)]
    people: Many


class MembersEmailed(Value):
    """An officer sent all members the call for nominees or the meeting's reminder (SC-1)."""

    kind: Literal["members-emailed"] = "members-emailed"
    letter: str
    """By the folder of its texts."""
    people: Many


class VolunteersCalled(Value):
    """An officer sent a call to action to volunteers (ST-2)."""

    kind: Literal["volunteers-called"] = "volunteers-called"
    call: str
    """The name of its folder."""
    people: Many


class RequestDecided(Value):
    """An officer decided about a member's request (ST-3)."""

    kind: Literal["request-decided"] = "request-decided"
    number: Annotated[int, Field(ge=1)]
    about: str
    """Its kind."""
    how: str
    """How it stands since."""


class RowsDestroyed(Value):
    """What is older than it may be kept was destroyed (DP-6)."""

    kind: Literal["rows-destroyed"] = "rows-destroyed"
    rows: Many
    """Of the sheets, in our copy of them."""
    rolls: Many | None = None
    """Lines of frozen rolls; None where no roll was due."""
    letters: Many = 0
    standings: Many = 0
    people: Many = 0
    """Whom no source names any more."""

    @property
    def anything(self) -> bool:
        """Whether anything went."""
        return any((self.rows, self.rolls, self.letters, self.standings, self.people))


OfTheChapter: TypeAlias = (
    ListWritten
    | ListImported
    | ListRemoved
    | MembersEmailed
    | PersonErased
    | PersonReadmitted
    | OfficerInvited
    | OfficerSignedOut
    | PlanApproved
    | ProposalsCalled
    | RequestDecided
    | RowsDestroyed
    | SettingsExtended
    | VolunteersCalled
)
