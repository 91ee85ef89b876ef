"""Events, who came, who volunteered: what counts towards voting membership (VM-2, VM-R2)."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.base import Value
from models.bylaws.paths import Membership
from models.intake.locations import SourceLocation
from models.privacy import Email, Name
from models.text import formats
from models.text.sentences import Sentence, SpokenTerm, named


class Event(Value):
    """One thing the chapter (or a partner, DP-2) held on one day."""

    place: SourceLocation
    day: date
    name: str
    kind: str
    counts: bool | None = None  # None: its kind decides
    cancelled: bool = False
    partner: str = ""
    sign_in_tab: str = ""
    also: tuple[str, ...] = ()
    """What else rows call it: a form keeps the words of old answers when an option is renamed."""
    of_the_log: bool = False
    """Whether only the volunteer log names it: volunteering, whatever an edition calls that."""
    as_event: bool = False
    """Whether “Counts” says that it is an event among others, even if people volunteered there."""

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    @property
    def told(self) -> SpokenTerm:
        """The same within a sentence."""
        return SpokenTerm(
            str(self), lambda language: f"{self.name} ({formats.day(self.day, language)})"
        )

    def why_not(self, membership: Membership, known: date) -> str:
        """Why this event counts on no path, or "" when its kind or its mark lets it (VM-2, VM-R2).

        Args:
            known: the last day of which anything is known.
        """
        if self.cancelled:
            return Sentence("it was canceled")
        if self.day > known:
            return Sentence("it has not happened yet")
        if self.counts is False:
            return Sentence("it is marked as not counting")
        kind = self.kind_by(membership)
        if self.counts is None and kind not in membership.kinds.value:
            if not kind:
                return Sentence("a nameless kind does not count unless it is marked as counting")
            return Sentence(
                "a {kind} does not count unless it is marked as counting", kind=named(kind, kind)
            )
        return ""

    def is_to_come(self, membership: Membership, today: date) -> bool:
        """Whether it counts, and people can still come to it."""
        return self.day >= today and not (self.of_the_log or self.why_not(membership, self.day))

    def kind_by(self, membership: Membership) -> str:
        """Its kind in an edition's own words (VM-2).

        A sheet names a kind; the log names none, so that each edition that counts volunteer
        activities reads it as one of those.
        """
        if not self.of_the_log or self.kind in membership.helping:
            return self.kind
        return next(iter(membership.helping), self.kind)

    def is_volunteering(self, membership: Membership) -> bool:
        """A volunteer activity is also an event, and an event can be one (VM-2)."""
        return self.kind_by(membership) in membership.helping

    def is_one_among_others(self, membership: Membership) -> bool:
        """Return whether this activity alone is not enough for voting membership (VM-R6).

        Who runs it organised it: with a partner named it is an event by its kind, and “organized
        by” the chapter only when `Counts` says so.
        """
        others = bool(self.partner) or self.as_event
        return others and self.counts is None and self.is_volunteering(membership)

    def waits_for_a_word(self, membership: Membership) -> bool:
        """Return whether a person must say if this activity is enough on its own (VM-R6)."""
        return self.is_one_among_others(membership) and not self.as_event


class LostEvent(NamedTuple):
    """What can still be read of an event whose row was skipped: what other rows would call it."""

    place: SourceLocation
    """The cell that is at fault."""
    names: tuple[str, ...]
    day: date | None
    reason: str
    next_step: str


class SignIn(NamedTuple):
    """One row of a sign-in sheet or form. There may be a million: a tuple, of parsed values."""

    place: SourceLocation
    day: date | None = None
    event: str = ""
    address: Email | None = None
    name: Name | None = None


class VolunteerActivity(Value):
    """One row of the volunteer log: a person helped on a day."""

    place: SourceLocation
    day: date
    activity: str
    address: Email | None = None
    name: Name | None = None


class ExceptionKind(StrEnum):
    """What a dated, named, reasoned exception may say (VM-R3)."""

    ATTENDED = "attended"
    DID_NOT_ATTEND = "did not attend"
    VOLUNTEERED = "volunteered"
    ATTESTED = "attested"
    SAME_PERSON = "same person"


class RecordedException(Value):
    """A correction that a named person decided on a day, with the reason (VM-R3)."""

    place: SourceLocation
    decided: date
    decided_by: Name
    reason: str
    kind: ExceptionKind
    address: Email
    name: Name | None = None
    event: str = ""
    event_day: date | None = None
    other_address: Email | None = None
