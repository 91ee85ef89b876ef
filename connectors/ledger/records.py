"""What goes into the ledger and comes out of it, as values without a table's shape."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from models.intake.locations import ReviewItem
from models.intake.people import Person, PersonId
from models.intake.tables import Table
from models.mail.notices import Notice, NoticeKind
from models.membership.identity import Claim
from models.membership.reasons import Reason
from models.membership.status_periods import StatusPeriod
from models.membership.voter_roll import Facts, VoterRoll
from models.membership.voting_status import Status


class MailingState(StrEnum):
    """How far a mailing has come."""

    OPEN = "open"
    SENT = "sent"
    STOPPED = "stopped"
    """Its campaign was stopped, by a person there or by the service, before it was known to be
    sent."""
    VOID = "void"
    """Nobody was left to send it to."""


CALL: Final = "call "
"""How the letter of a call to members begins."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was read of one source the last time."""

    key: str
    """``workbook <id>`` or ``form <id>``."""
    version: str
    """The Drive version, or a form's newest submission time; "" means: do not trust, read again."""
    tables: tuple[Table, ...] = field(repr=False)
    rows: dict[str, int]
    """Rows by box, ``source|kind``, for the guard against shrunk sources."""


class Recorded(NamedTuple):
    """The newest standing on record of one person."""

    status: Status
    spell: StatusPeriod | None
    since_recorded: date
    """The night on which it was written down in its present form."""


class NoticeRecord(NamedTuple):
    """What became of one letter that was due to a person."""

    kind: NoticeKind
    sent: date | None
    passed_over: bool
    """Noted as told without a letter: the first sync, or a letter turned off."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a night found of everybody before it judged them, to be kept."""

    facts: Facts = field(repr=False)
    rests_on: str
    """A digest of all it rests on beside sources and people."""
    changes: date
    """The first day on which it may be otherwise."""
    waiting: Callable[[Person], Iterable[ReviewItem]] = field(repr=False)
    """What is asked of the rows that name somebody."""
    homes: Mapping[str, str]
    """Where each tab and form opens in Google, by its title."""


@dataclass(frozen=True, slots=True)
class Found:
    """The same as it was kept: of everybody, or of those who were asked about."""

    facts: Facts = field(repr=False)
    waiting: Mapping[PersonId, list[ReviewItem]] = field(repr=False)
    """What is asked of the rows that name each of them; nobody of whom nothing is."""
    homes: Mapping[str, str]
    """As of `Gathered`."""


@dataclass(frozen=True, slots=True)
class NightlyRun:
    """Everything one night decided; the ledger takes all of it or nothing."""

    day: date
    started: datetime
    """With its zone."""
    fingerprint: str
    """Of the plan."""
    counts: dict[str, int]
    baseline: bool
    roll: VoterRoll = field(repr=False)
    approved: str = ""
    """The fingerprint a person approved, where the plan needed it."""
    snapshots: Sequence[Snapshot] = ()
    """The sources read anew; those left out keep what the ledger has of them."""
    keep: Collection[str] | None = None
    """The keys of all sources there are now: the snapshots of others go (DP-5). None keeps all."""
    claims: Mapping[Claim, PersonId] = field(default_factory=dict, repr=False)
    merged: Mapping[PersonId, PersonId] = field(default_factory=dict)
    """Ids that turned out to be one person: old → kept."""
    letters: Sequence[Notice] = field(default=(), repr=False)
    """Due tonight."""
    passed_over: Sequence[Notice] = field(default=(), repr=False)
    """Transitions noticed and told nobody: the first sync, or a letter turned off."""
    off: Collection[str] = ()
    """The kinds that are turned off: what waits of them is told nobody either."""
    gathered: Gathered | None = field(default=None, repr=False)
    """What is kept of each person for those who ask; None keeps nothing."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One night as recorded; moments are in UTC."""

    id: int
    day: date
    started: datetime
    committed: datetime
    finished: datetime | None
    """When all of it had been applied; None: to be finished."""
    fingerprint: str
    counts: dict[str, int]
    baseline: bool
    approved: str
    failed: datetime | None = None
    """When it gave up and said why, or was stopped by hand."""
    finishes: int | None = None
    """The run that was cut short, and whose work this one took over."""

    @property
    def cut_short(self) -> bool:
        """Whether it is at work, or died without a word; the ledger's lock tells which."""
        return self.finished is None and self.failed is None


@dataclass(frozen=True, slots=True)
class OfficerKey:
    """A sign-in link or a session of an officer; moments are in UTC."""

    kind: str
    officer: str
    made: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class PersonLook:
    """That an officer looked at a person (DP-3)."""

    at: datetime
    officer: str
    person: PersonId
    """"" once the person was erased."""
    what: str


@dataclass(frozen=True, slots=True)
class LooksInAnHour:
    """What an officer looked at in one hour (DP-3)."""

    at: datetime
    """The last time."""
    officer: str
    what: str
    people: int
    """How many, each once."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A person's standing from the day it was recorded until the next row."""

    recorded: date
    status: Status
    since: date | None
    until: date | None
    evidence: tuple[tuple[date, str], ...]
    """The events counted: day and name."""
    reasons: tuple[Reason, ...]
    edition: str


@dataclass(frozen=True, slots=True)
class Mailing:
    """A letter to many, as one campaign to a segment."""

    id: int
    election: str | None
    """The vote whose letter it is; None: it is a night's."""
    letter: str
    """Its name; a night's is that of its kind."""
    day: date
    """When it was begun, on the chapter's clock."""
    mark: str
    """What tells it from all other mailings of this ledger; its campaign's title is made of it."""
    campaign_id: str | None
    people: int
    """To how many it went, or is about to go."""
    state: MailingState
    ended: datetime | None

    @property
    def is_named(self) -> bool:
        """Whether there is one of its name for ever: a call to members, an answer to a request."""
        return self.letter.startswith(CALL)

    @property
    def never_tracked(self) -> bool:
        """Whether nobody may learn who opened its links: a vote's, and one of a name (DP-8)."""
        return self.election is not None or self.is_named

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be sent any more."""
        return self.state is not MailingState.OPEN
