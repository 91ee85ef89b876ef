"""May this person vote on this day, and because of what, since when and until when?

The rule in its own order: a person votes who attended enough qualifying events within the window
(VM-1, VM-R1), **or** did enough volunteer activities within the past year (VM-1). One engine: the
roll, the letters, the explanations and the reports all ask here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from models.bylaws.rules import Bylaws, MembershipRules, Window
from models.participation import Event, Record, record_of

DAY = timedelta(days=1)


class Status(StrEnum):
    """The three answers, as members read them."""

    VOTING = "Voting member"
    ONE_AWAY = "One event away"
    NOT_YET = "Not yet"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule, the fact it met, and whether the fact satisfies it."""

    rule: str
    fact: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on which something holds without a break, both ends included."""

    since: date
    until: date

    def covers(self, on: date) -> bool:
        """Whether the day lies in the spell."""
        return self.since <= on <= self.until

    def overlaps(self, other: "Spell") -> bool:
        """Whether the two share a day."""
        return self.since <= other.until and other.since <= self.until


@dataclass(frozen=True, slots=True)
class Standing:
    """A verdict with its reasons.

    `spell` is how long the status has lasted and will last if nothing more happens; it is None for
    "not yet", which has no end of its own. `counted` is the evidence: the qualifying events inside
    the window on the day.
    """

    on: date
    status: Status
    counted: tuple[Event, ...]
    spell: Spell | None
    because: tuple[Reason, ...]
    edition: str

    @property
    def may_vote(self) -> bool:
        """The one question a vote asks (VM-1)."""
        return self.status is Status.VOTING


@cache
def last_day(event_day: date, window: Window) -> date:
    """The last day on which an event still counts, itself included (VM-R1).

    Trailing year: the first anniversary; February 29 has its anniversary on February 28.
    """
    if window == "calendar year":
        return date(event_day.year, 12, 31)
    try:
        return event_day.replace(year=event_day.year + 1)
    except ValueError:
        return date(event_day.year + 1, 2, 28)


def standing(attended: Iterable[Event], bylaws: Bylaws, on: date) -> Standing:
    """Judge one person on one day from the events they attended.

    Args:
        attended: each event once; those after `on` are ignored.
        bylaws: the chapter's; the edition in force on the day gives the numbers.
        on: the day asked about.
    """
    edition = bylaws.in_force(on)
    rules = edition.membership
    attended = tuple(attended)
    records = [record_of(attended, each.membership, on) for each in bylaws.editions]
    record = records[bylaws.editions.index(edition)]
    counted = tuple(e for e in record.events if last_day(e.day, rules.window.value) >= on)
    helped = _still_helping(record, rules, on)

    enough_events = len(counted) >= rules.events_needed.value
    enough_help = len(helped) >= rules.volunteer_activities_needed.value
    if enough_events or enough_help:
        status, short = Status.VOTING, 0
    elif len(counted) == rules.events_needed.value - 1:
        status, short = Status.ONE_AWAY, 1
    else:
        status, short = Status.NOT_YET, 0
    spell = None
    if status is not Status.NOT_YET:
        spells = _spells(records, bylaws, short)
        spell = next(spell for spell in spells if spell.covers(on))
        if short:
            spell = _outside(spell, _spells(records, bylaws, 0), on)
    return Standing(on, status, counted, spell, _reasons(counted, helped, rules, on), edition.name)


def _still_helping(record: Record, rules: MembershipRules, on: date) -> tuple[Event, ...]:
    """Volunteer activities within the past year, whatever the event window is (VM-1)."""
    return tuple(e for e in record.volunteered(rules) if last_day(e.day, "trailing year") >= on)


def _spells(records: Iterable[Record], bylaws: Bylaws, short: int) -> list[Spell]:
    """All spells of voting (`short` = 0) or of at most one event missing (`short` = 1).

    Drawn out into the future as if nothing more happened. Each edition judges its own days.

    Args:
        records: what was attended up to the day, by each edition's rules.
    """
    found: list[Spell] = []
    for edition, end, record in zip(bylaws.editions, _ends(bylaws), records, strict=True):
        rules = edition.membership
        for spell in (
            *_runs(record.events, rules.events_needed.value - short, rules.window.value),
            *_runs(
                record.volunteered(rules), rules.volunteer_activities_needed.value, "trailing year"
            ),
        ):
            since, until = max(spell.since, edition.in_force_from), min(spell.until, end)
            if since <= until:
                found.append(Spell(since, until))
    return _joined(found)


def _ends(bylaws: Bylaws) -> list[date]:
    """The last day of each edition; the newest has none in sight."""
    return [edition.in_force_from - DAY for edition in bylaws.editions[1:]] + [date.max]


def _runs(events: Sequence[Event], needed: int, window: Window) -> list[Spell]:
    """From the day the last of `needed` neighbours happened until the first of them runs out."""
    if needed < 1:
        return [Spell(date.min, date.max)]
    return [
        Spell(last.day, last_day(first.day, window))
        for first, last in zip(events, events[needed - 1 :], strict=False)
        if last.day <= last_day(first.day, window)
    ]


def _joined(spells: Iterable[Spell]) -> list[Spell]:
    """Spells that overlap or touch are one."""
    joined: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: spell.since):
        if joined and (joined[-1].until == date.max or spell.since <= joined[-1].until + DAY):
            joined[-1] = Spell(joined[-1].since, max(joined[-1].until, spell.until))
        else:
            joined.append(spell)
    return joined


def _outside(spell: Spell, others: Iterable[Spell], on: date) -> Spell:
    """The part of a spell around a day that none of the others covers."""
    since, until = spell.since, spell.until
    for other in others:
        if other.until < on:
            since = max(since, other.until + DAY)
        else:
            until = min(until, other.since - DAY)
    return Spell(since, until)


def _reasons(
    counted: tuple[Event, ...], helped: tuple[Event, ...], rules: MembershipRules, on: date
) -> tuple[Reason, ...]:
    """Both ways to vote, each with its fact; a member reads these (VM-4)."""
    needed, asked = rules.events_needed, rules.volunteer_activities_needed
    events = "; ".join(str(event) for event in counted)
    help_days = "; ".join(str(event) for event in helped)
    return (
        Reason(
            needed.rule,
            f"attended {len(counted)} qualifying event{'' if len(counted) == 1 else 's'} "
            f"({needed.value} needed)" + (f": {events}" if events else ""),
            len(counted) >= needed.value,
        ),
        Reason(
            asked.rule,
            f"volunteered: {help_days}" if helped else "no volunteer activity in the past year",
            len(helped) >= asked.value,
        ),
    )
