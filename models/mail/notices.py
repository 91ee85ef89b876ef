"""Which letter, to whom, when: everybody is told once for one transition (VM-4, VM-R4, VM-R5).

VM-5 adds the welcome of who just registered: its transition is the registration. ST-1 adds the
chapter near who just signed up with a statewide body: its transition is the sign-up.

A kind of letter is a folder of texts and a line in `KINDS`. Whether one is due, still concerns its
reader, is withdrawn or remembered is decided here; the ledger only writes it down.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, NewType

from pydantic import AfterValidator

from models.intake.people import PersonId
from models.membership.status_periods import DAY, StatusPeriod
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import Status

NoticeKind = NewType("NoticeKind", str)
"""A letter about a person's own standing, by the name of the folder of its texts."""
VOTING, ONE_AWAY, LAPSE, WELCOME, NEAR = map(
    NoticeKind,
    ("voting-member", "one-event-away", "status-lapses", "welcome", "chapter-near-you"),
)

LAPSE_LEAD = timedelta(days=30)
"""How long before the last day the lapse letter goes, where a chapter turns it on (VM-R5)."""
NEWCOMER = timedelta(days=30)
"""How long after they registered or signed up somebody is new, and told of it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is to be known of a kind of letter."""

    occasion: Callable[[Entry], StatusPeriod | None]
    """The spell that the letter would be about; None when the standing gives no occasion for it."""
    is_news: bool = False
    """Whether it tells of something that has just happened, and never comes late: where it is not
    sent, at the first sync or while it is turned off, the transition is noted as told."""
    is_once: bool = False
    """Whether it goes to a person once, and not once for each spell."""
    says_status: bool = True
    """Whether its foot says the reader's voting status."""


def _while_voting(entry: Entry) -> StatusPeriod | None:
    return entry.standing.spell if entry.standing.status is Status.VOTING else None


def _while_one_away(entry: Entry) -> StatusPeriod | None:
    return entry.standing.spell if entry.standing.status is Status.ONE_AWAY else None


def _near_the_end(entry: Entry) -> StatusPeriod | None:
    spell = _while_voting(entry)
    near = spell is not None and spell.until - LAPSE_LEAD <= entry.standing.on
    return StatusPeriod(spell.until, spell.until) if spell and near else None


def _while_new(entry: Entry) -> StatusPeriod | None:
    """A registration of these days; who may vote, or is one event away, has that letter instead."""
    since, now = entry.person.new_since, entry.standing
    if since is None or now.status is not Status.NOT_YET or not since <= now.on <= since + NEWCOMER:
        return None
    return StatusPeriod(since, since + NEWCOMER)


def _while_signed_up(entry: Entry) -> StatusPeriod | None:
    """A sign-up of these days with a body of which there are chapters, and a consent to email."""
    one, on = entry.person.sign_up, entry.standing.on
    if one is None or not entry.person.wants_email or not one.at <= on <= one.at + NEWCOMER:
        return None
    return StatusPeriod(one.at, one.at + NEWCOMER)


KINDS: dict[NoticeKind, Kind] = {
    VOTING: Kind(_while_voting, is_news=True),
    ONE_AWAY: Kind(_while_one_away, is_news=True),
    LAPSE: Kind(_near_the_end),
    WELCOME: Kind(_while_new, is_news=True, is_once=True),
    NEAR: Kind(_while_signed_up, is_news=True, is_once=True, says_status=False),
}
"""Every kind there is; nothing else is asked which letter is due to whom."""
STATUS_ASKED = "request-status"
"""The email that answers whoever asks for their status (ST-3): it is due to no change of it."""
_SAY_STATUS = (kind for kind, known in KINDS.items() if known.says_status)
ABOUT_STATUS = frozenset((*_SAY_STATUS, STATUS_ASKED))
"""The emails that say how their reader stands, and what a vote asks for."""
NEWS = tuple(kind for kind, known in KINDS.items() if known.is_news)
"""Those that tell of what has just happened."""


def kind_named(text: str) -> NoticeKind:
    """A kind by its name.

    Raises:
        ValueError: there is none of this name.
    """
    if text not in KINDS:
        *most, last = (f"'{kind}'" for kind in KINDS)
        raise ValueError(f"must be one of {', '.join(most)} or {last}")
    return NoticeKind(text)


KnownKind = Annotated[NoticeKind, AfterValidator(kind_named)]
"""A kind as a file or a report may name it."""


@dataclass(frozen=True, slots=True)
class EmailContent:
    """A letter's texts, with the mailing service's own merge tags where a person's values go."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One person is due one letter, for the transition that the spell names."""

    person: PersonId
    kind: NoticeKind
    spell: StatusPeriod


def occasion(kind: NoticeKind, entry: Entry) -> StatusPeriod | None:
    """The spell a letter would be about, or None when the standing gives no occasion for it.

    A kind that exists no more has none: its letters that wait are withdrawn.
    """
    known = KINDS.get(kind)
    return known.occasion(entry) if known else None


def due(
    roll: VoterRoll,
    noticed: Mapping[tuple[PersonId, NoticeKind], Iterable[StatusPeriod]],
    kinds: Iterable[NoticeKind],
    reachable: Container[PersonId],
) -> tuple[Notice, ...]:
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
            spell = occasion(kind, entry)
            told = tuple(noticed.get((person, kind), ()))
            if told and KINDS[kind].is_once:
                continue
            if spell and not any(map(spell.overlaps, told)):
                letters.append(Notice(person, kind, spell))
    return tuple(sorted(letters, key=lambda letter: (letter.kind, letter.person)))


def concerned(kind: NoticeKind, roll: VoterRoll, people: Iterable[PersonId]) -> set[PersonId]:
    """Whom a letter still concerns tonight, of these: to others it does not go (VM-4)."""
    return {person for person in people if occasion(kind, roll.entries[person])}


def doubled(
    kind: NoticeKind, roll: VoterRoll, besides: Mapping[PersonId, Iterable[StatusPeriod]]
) -> set[PersonId]:
    """Who has another letter for the present spell, and needs no second one (VM-R4).

    Args:
        besides: what their other letters of the kind are about.
    """
    found = set()
    for person, spells in besides.items():
        entry = roll.entries.get(person)
        now = occasion(kind, entry) if entry else None
        if now and any(now.overlaps(spell) for spell in spells):
            found.add(person)
    return found


def remembered(told: StatusPeriod, now: StatusPeriod | None, on: date) -> StatusPeriod:
    """What to keep of a told transition after tonight, so that the next night compares rightly.

    While the status lasts, the memory takes on its present ends; when it has ended, by lapse or by
    a correction, it ends the day before, so that qualifying again is a new transition (VM-R4).

    Args:
        now: tonight's occasion for the same letter.
    """
    if now and now.overlaps(told):
        return now
    return StatusPeriod(told.since, max(told.since, min(told.until, on - DAY)))


class FollowUp:
    """Keeps what people were told in step with the transition it was about (VM-R4).

    Ask of every letter on record once, those that wait last: then somebody who turned out to be two
    people tonight is not written to again for what one of them was told.
    """

    def __init__(self, roll: VoterRoll) -> None:
        self._roll = roll
        self._told: set[tuple[PersonId, NoticeKind]] = set()

    def verdict(self, letter: Notice, *, waits: bool) -> StatusPeriod | None:
        """The spell that is remembered of a letter from tonight on; None: it is withdrawn.

        A letter that still waits is withdrawn when its occasion has gone, or turns out to be one
        that the person was told of already.
        """
        entry = self._roll.entries.get(letter.person)
        now = occasion(letter.kind, entry) if entry else None
        current = now is not None and now.overlaps(letter.spell)
        if waits and (not current or self.is_told(letter)):
            return None
        if current:
            self._told.add((letter.person, letter.kind))
        return remembered(letter.spell, now, self._roll.on)

    def is_told(self, letter: Notice) -> bool:
        """Whether the present spell is noticed already, and no further letter is due for it."""
        return (letter.person, letter.kind) in self._told
