"""Which letter, to whom, when: everybody is told once for one transition (VM-4, VM-R4, VM-R5)."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.people import PersonId
from models.roll import Roll
from models.standing import DAY, Spell, Standing, Status


class LetterKind(StrEnum):
    """The letters about a person's own standing; each is a folder of texts."""

    VOTING = "voting-member"
    ONE_AWAY = "one-event-away"
    LAPSE = "status-lapses"


LAPSE_LEAD = timedelta(days=30)
"""How long before the last day the lapse letter goes, where a chapter turns it on (VM-R5)."""


@dataclass(frozen=True, slots=True)
class Words:
    """A letter's texts, with the mailing service's own merge tags where a person's values go."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One person is due one letter, for the transition that the spell names."""

    person: PersonId
    kind: LetterKind
    spell: Spell


def occasion(kind: LetterKind, standing: Standing) -> Spell | None:
    """The spell a letter would be about, or None when the standing gives no occasion for it."""
    match kind:
        case LetterKind.VOTING:
            return standing.spell if standing.status is Status.VOTING else None
        case LetterKind.ONE_AWAY:
            return standing.spell if standing.status is Status.ONE_AWAY else None
        case LetterKind.LAPSE:
            spell = standing.spell
            if standing.status is not Status.VOTING or spell is None:
                return None
            near = spell.until - standing.on <= LAPSE_LEAD
            return Spell(spell.until, spell.until) if near else None


def due(
    roll: Roll,
    noticed: Mapping[tuple[PersonId, LetterKind], Iterable[Spell]],
    kinds: Iterable[LetterKind],
    reachable: Container[PersonId],
) -> tuple[Letter, ...]:
    """The letters that tonight's roll asks for.

    A transition somebody was told of covers every spell that overlaps the one it named: a late
    sign-in that moves the first day is no second transition, a lapse between them is (VM-R4).

    Args:
        noticed: the spells already told (or passed over at the first sync) by person and kind.
        reachable: those who may be mailed (DP-4).
    """
    letters = []
    for person, entry in roll.entries.items():
        if person not in reachable:
            continue
        for kind in kinds:
            spell = occasion(kind, entry.standing)
            if spell and not any(spell.overlaps(told) for told in noticed.get((person, kind), ())):
                letters.append(Letter(person, kind, spell))
    return tuple(sorted(letters, key=lambda letter: (letter.kind, letter.person)))


def remembered(told: Spell, now: Spell | None, on: date) -> Spell:
    """What to keep of a told transition after tonight, so that the next night compares rightly.

    While the status lasts, the memory takes on its present ends; when it has ended, by lapse or by
    a correction, it ends the day before, so that qualifying again is a new transition (VM-R4).

    Args:
        now: tonight's occasion for the same letter.
    """
    if now and now.overlaps(told):
        return now
    return Spell(told.since, max(told.since, min(told.until, on - DAY)))
