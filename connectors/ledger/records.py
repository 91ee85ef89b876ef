"""What goes into the ledger and comes out of it, as values without a table's shape."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from models.identity import Claim
from models.letters import Letter, LetterKind
from models.people import PersonId
from models.roll import Roll
from models.standing import Reason, Spell, Status
from models.tables import Table

BatchState = Literal["open", "sent", "void"]


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
    spell: Spell | None
    since_recorded: date
    """The night on which it was written down in its present form."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One campaign's worth of letters of one kind."""

    id: int
    kind: LetterKind
    day: date
    people: tuple[PersonId, ...]
    campaign_id: str | None = None
    state: BatchState = "open"


class Told(NamedTuple):
    """What became of one letter that was due to a person."""

    kind: LetterKind
    sent: date | None
    passed_over: bool
    """Noted as told without a letter: the first sync, or a letter turned off."""


@dataclass(frozen=True, slots=True)
class Night:
    """Everything one night decided; the ledger takes all of it or nothing."""

    day: date
    started: datetime
    """With its zone."""
    fingerprint: str
    """Of the plan."""
    counts: dict[str, int]
    baseline: bool
    roll: Roll = field(repr=False)
    approved: str = ""
    """The fingerprint a person approved, where the plan needed it."""
    snapshots: Sequence[Snapshot] = ()
    """The sources read anew; those left out keep what the ledger has of them."""
    keep: Collection[str] | None = None
    """The keys of all sources there are now: the snapshots of others go (DP-5). None keeps all."""
    claims: Mapping[Claim, PersonId] = field(default_factory=dict, repr=False)
    merged: Mapping[PersonId, PersonId] = field(default_factory=dict)
    """Ids that turned out to be one person: old → kept."""
    letters: Sequence[Letter] = field(default=(), repr=False)
    """Due tonight."""
    passed_over: Sequence[Letter] = field(default=(), repr=False)
    """Transitions noticed and told nobody: the first sync, or a letter turned off."""


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
    """One letter of a vote, to a segment."""

    id: int
    kind: str
    started: datetime
    sent: datetime | None
    campaign_id: str | None
    people: int
