"""Desired state against actual state → a Plan: typed changes, counts, a fingerprint, safety.

A plan is a value; applying it is somebody else's verb. Approval names the fingerprint of exactly
this plan.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from models.base import Value
from models.errors import Refused
from models.intake.people import PersonId
from models.intake.unusable import Unusable
from models.mail.audience import Contact, FieldNames, Wanted, leftovers
from models.mail.notices import Notice
from models.privacy import Email, Name
from models.unmask import reveal


class ChangeKind(StrEnum):
    """What a change does to one contact."""

    ADD_CONTACT = "subscribe"
    SET_FIELDS = "update fields"
    ADD_TAG = "add tag"
    REMOVE_TAG = "remove tag"


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one contact; applying it twice is applying it once."""

    kind: ChangeKind
    address: Email
    person: PersonId | None = None
    fields: tuple[tuple[str, str], ...] = ()
    tag: str = ""
    name: Name | None = None

    def line(self) -> str:
        """The change as one canonical line, for the fingerprint; it never leaves this module."""
        name = reveal(self.name) if self.name else ""
        who = f"{reveal(self.address)}\t{self.person}"
        return f"{self.kind}\t{who}\t{self.tag}\t{self.fields}\t{name}"


class SafetyLimits(Value):
    """When a plan needs a person's approval, for small lists too."""

    unexpected_percent: int = Field(10, ge=0, le=100)
    """Of the voting members, how many may lose status before the day last night's roll named."""
    unexpected_at_least: int = Field(1, ge=0)
    losses_percent: int = Field(50, ge=0, le=100)
    """How many may lose status in all, lapses on their announced day included."""
    losses_at_least: int = Field(2, ge=0)
    gains_percent: int = Field(50, ge=0)
    """How many may gain the vote in one night, as a part of those who had it."""
    gains_at_least: int = Field(5, ge=0)
    shrink_percent: int = Field(10, ge=0, le=100)
    """How many rows a source may lose since the last night."""
    shrink_at_least: int = Field(1, ge=0)
    unusable_at_least: int = Field(2, ge=1)
    """How many rows a source has that is asked about when not one of them can be used."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A source with fewer rows than last night."""

    source: str
    before: int
    now: int


class AnotherPlan(Refused):
    """An approval names another plan than the one that would be applied."""

    def __init__(self, approved: str, now: str) -> None:
        super().__init__(
            f"the approval names plan {approved}, but the plan is now {now}",
            next_step="run `clerk sync` to see what changed, then approve that",
        )


class UnsafePlan(Refused):
    """The plan exceeds a safety limit.

    It would end or grant too many memberships, or rests on a source that shrank or says nothing.
    """

    def __init__(self, plan: "Plan", reasons: Iterable[str]) -> None:
        self.fingerprint = plan.fingerprint
        self.mend = (
            "fix the sheet or the setting; if the plan is right, run `clerk sync --approve "
            f"{plan.fingerprint}`"
        )
        """What is left to do for who looks at the review already."""
        self.had, self.losing, self.unexpected = plan.had, len(plan.losing), len(plan.unexpected)
        self.gaining, self.shrunk, self.unusable = len(plan.gaining), plan.shrunk, plan.unusable
        self.tags_removed, self.tags_held = plan.tags_removed, plan.tags_held
        super().__init__(
            "; ".join(reasons) + ". Nothing was changed",
            rule="VM-1",
            next_step=f"`clerk review` shows what to check and who is affected; {self.mend}",
        )


@dataclass(frozen=True)
class Plan:
    """Everything one night would do, sorted, before any of it is done."""

    changes: tuple[Change, ...] = ()
    letters: tuple[Notice, ...] = ()
    had: int = 0
    """Voting members before."""
    losing: frozenset[PersonId] = frozenset()
    """Those who lose the status tonight."""
    unexpected: frozenset[PersonId] = frozenset()
    """Those among them whose last standing said it would last longer."""
    gaining: frozenset[PersonId] = frozenset()
    """Those who may vote tonight and could not when last recorded."""
    shrunk: tuple[Shrunk, ...] = ()
    unusable: tuple[Unusable, ...] = ()
    """The sources of which no row can be used, and nobody has let pass yet."""
    tags_removed: int = 0
    tags_held: int = 0
    """Of our voting tag, in the audience: a second witness when the ledger is new."""
    baseline: bool = False
    """The first sync ever: nobody is told unless asked for."""

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hex digits that name exactly this plan."""
        digest = hashlib.sha256()
        for change in self.changes:
            digest.update(change.line().encode() + b"\n")
        for letter in self.letters:
            digest.update(f"{letter}\n".encode())
        digest.update(f"{sorted(self.losing)} {sorted(self.unexpected)} {self.shrunk}".encode())
        digest.update(f"{sorted(self.gaining)}".encode())
        digest.update("".join(f"{one}\n" for one in self.unusable).encode())
        return digest.hexdigest()[:12]

    def counts(self) -> dict[str, int]:
        """How many of each change and letter; nothing personal."""
        kinds = Counter(f"{c.kind} {c.tag}".strip() for c in self.changes)
        told = Counter(f"letter {letter.kind}" for letter in self.letters)
        return dict(sorted((kinds + told).items()))

    def concerned(self) -> dict[PersonId, str]:
        """Who would be written to, gain the vote or lose it, and which of these."""
        gain = "is a voting member" if self.baseline else "becomes a voting member"
        return (
            {letter.person: f"gets the email {letter.kind}" for letter in self.letters}
            | dict.fromkeys(sorted(self.gaining), gain)
            | dict.fromkeys(sorted(self.losing), "loses the voting membership")
        )

    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.changes and not self.letters

    def unsafe_because(self, limits: SafetyLimits) -> list[str]:
        """The reasons to ask a person first, with the numbers; [] when safe."""
        reasons = []
        lost = max(len(self.losing), self.tags_removed)
        had = max(self.had, self.tags_held)
        # At the first sync no day was ever named: the audience's own tags are the only witness.
        unexpected = max(len(self.unexpected), self.tags_removed if self.baseline else 0)
        if unexpected > _but_not_all(had, limits.unexpected_percent, limits.unexpected_at_least):
            reasons.append(
                f"{unexpected} of {had} voting members would lose their status before "
                "their recorded end date"
            )
        if lost > _allowed(had, limits.losses_percent, limits.losses_at_least):
            reasons.append(
                f"{lost} of {had} voting members would lose their status in one nightly run"
            )
        gained = 0 if self.baseline else len(self.gaining)  # at first, everybody is new
        if gained > _allowed(self.had, limits.gains_percent, limits.gains_at_least):
            reasons.append(
                f"{gained} people would become voting members in one nightly run; there were "
                f"{self.had} before"
            )
        reasons += [
            f"“{s.source}” has {s.now} rows but had {s.before} before"
            for s in self.shrunk
            if s.before - s.now
            > _but_not_all(s.before, limits.shrink_percent, limits.shrink_at_least)
        ]
        reasons += map(str, self.unusable)
        return reasons

    def raise_if_unsafe(self, limits: SafetyLimits, approved: str = "") -> None:
        """Let a safe plan pass, and an unsafe one that a person approved by its fingerprint.

        Raises:
            UnsafePlan: with the numbers and the fingerprint to approve.
            AnotherPlan: the approval names another plan than this one.
        """
        if approved and approved != self.fingerprint:
            raise AnotherPlan(approved, self.fingerprint)
        reasons = self.unsafe_because(limits)
        if reasons and not approved:
            raise UnsafePlan(self, reasons)


def _allowed(of: int, percent: int, at_least: int) -> int:
    return max(at_least, of * percent // 100)


def _but_not_all(of: int, percent: int, at_least: int) -> int:
    """The last one never goes unasked: the only voting member, the only row of a tab."""
    return min(_allowed(of, percent, at_least), max(of - 1, 0))


def changes_between(
    wanted: Wanted, actual: Mapping[Email, Contact], marks: FieldNames
) -> tuple[Change, ...]:
    """What turns the actual audience into the wanted one, sorted by kind, tag and address."""
    changes: list[Change] = []
    for address, want in wanted.contacts.items():
        have = actual.get(address)
        if have is None:
            changes.append(
                Change(ChangeKind.ADD_CONTACT, address, want.person, want.fields, name=want.name)
            )
        elif have.fields != want.fields:
            fields = _overwrite(have.fields, want.fields)
            changes.append(Change(ChangeKind.SET_FIELDS, address, want.person, fields))
        held = have.tags if have else frozenset()
        changes += [
            Change(ChangeKind.ADD_TAG, address, want.person, tag=tag) for tag in want.tags - held
        ]
        changes += [
            Change(ChangeKind.REMOVE_TAG, address, want.person, tag=tag) for tag in held - want.tags
        ]
    for contact in leftovers(actual.values(), wanted.contacts):
        if contact.fields:
            fields = _overwrite(contact.fields, ())
            changes.append(Change(ChangeKind.SET_FIELDS, contact.address, fields=fields))
        changes += [Change(ChangeKind.REMOVE_TAG, contact.address, tag=tag) for tag in contact.tags]
    order = {kind: place for place, kind in enumerate(ChangeKind)}
    return tuple(sorted(changes, key=lambda c: (order[c.kind], c.tag, reveal(c.address))))


def _overwrite(
    have: tuple[tuple[str, str], ...], want: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """The wanted values, and "" for a field that should be erased."""
    return tuple(sorted({**dict.fromkeys(dict(have), ""), **dict(want)}.items()))
