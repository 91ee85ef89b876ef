"""What officers are told of the machine's work: typed facts, in which no person has a place (DP-3).

1. An alert is a kind and a place, with counts. Kind and place say which one it is.
2. While it is so, it is told once: when it was found, and again only when it got worse.
3. When it is over, that is told once. If it comes back after that, it is a new one.
4. While it stays so, it is told again after days (`[alerts] again_after_days`).
5. It got worse when one of the counts that its kind is judged by is at least twice what was told,
   or when something is so now that makes its kind worse by being so at all.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

from models.base import Value
from models.outgoing import Payload

_WORD = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST, _DIGITS = 64, 7


def _a_word(text: str) -> str:
    """A word of ours, or a vote's name: no address, no telephone number, no text from a sheet."""
    digits = sum(character.isdigit() for character in text)
    if not _WORD.fullmatch(text) or len(text) > _LONGEST or digits >= _DIGITS:
        raise ValueError("small letters, few digits and single dashes, and a letter first")
    return text


Word = Annotated[str, AfterValidator(_a_word)]
Many = Annotated[int, Field(ge=0)]


class AlertKind(StrEnum):
    """What officers are told of."""

    NIGHT_CUT_SHORT = "night-cut-short"
    """A night died, and the clock of the votes finished it."""
    NIGHT_REFUSED = "night-refused"
    """A guard stopped a night; nothing was changed."""
    NIGHT_FAILED = "night-failed"
    """A night gave up, and its log says why."""
    NIGHT_DIFFERS = "night-differs"
    """A full reckoning found something else than the nights that found nothing changed."""
    NIGHT_MISSED = "night-missed"
    """The schedule's time passed, and no night came."""
    KEY_REFUSED = "key-refused"
    """A service does not take the chapter's key."""
    SIGN_INS_STOPPED = "sign-ins-stopped"
    """Nobody signed in at the last events that were held."""
    FORM_SHUT = "form-shut"
    """A vote's ballot form cannot be answered by everybody who has the link."""
    FORM_CHANGED = "form-changed"
    """A vote's ballot form does not ask what was approved."""
    FORM_COLLECTS = "form-collects"
    """A vote's ballot form takes down mail addresses."""
    FORM_ELSEWHERE = "form-elsewhere"
    """A vote's ballots arrive in a tab that is not read."""
    LETTERS_LOST = "letters-lost"
    """Letters were stopped in the mailing service, or did not come out of it."""
    LETTERS_SHORT = "letters-short"
    """Letters went to fewer people than they were sent to."""
    CALLS_TO_MAKE = "calls-to-make"
    """Voters of an open vote whom its letters do not reach after all."""
    NOT_OPENED = "not-opened"
    """A vote that should have opened has not."""
    NEVER_OPENED = "never-opened"
    """The close of a vote has passed, and it has not opened."""
    REMINDER_MISSED = "reminder-missed"
    """A reminder of an open vote is overdue, or can go no more."""
    NOT_COUNTED = "not-counted"
    """A vote should have been closed and counted, and has not."""
    NO_QUORUM = "no-quorum"
    """A vote of the committee has come to its close without quorum, and can be extended."""
    DECISION_WAITS = "decision-waits"
    """A count stopped, and waits for a person."""
    RESULT_WAITS = "result-waits"
    """A vote has closed and is counted, and nobody has published it."""
    OPEN_TO_OTHERS = "open-to-others"
    """A workbook or form can be opened by people whom nobody named."""
    MORE_PEOPLE = "more-people"
    """More people can open a workbook or form than the chapter accepted."""
    SHARING_UNSEEN = "sharing-unseen"
    """Google does not tell who can open a workbook or form."""
    TAB_NOT_EMPTIED = "tab-not-emptied"
    """A tab of ours should be empty, and the program cannot empty it."""
    UNLISTED_WEBHOOK = "unlisted-webhook"
    """The mailing list's changes go to a host that the chapter did not list."""
    UNLISTED_APPLICATION = "unlisted-application"
    """An application that the chapter did not list was let into the mailing-list account."""
    BACKUP_FAILED = "backup-failed"
    """A scheduled backup could not be made, or could not be restored when it was tried."""
    BACKUP_MISSING = "backup-missing"
    """The newest scheduled backup is too old, or is gone."""


NIGHTS = frozenset((
    AlertKind.NIGHT_CUT_SHORT, AlertKind.NIGHT_REFUSED, AlertKind.NIGHT_FAILED,
    AlertKind.NIGHT_DIFFERS,
))  # fmt: skip
MISSED = frozenset((AlertKind.NIGHT_MISSED,))
KEYS = frozenset((AlertKind.KEY_REFUSED,))
SIGN_INS = frozenset((AlertKind.SIGN_INS_STOPPED,))
FORMS = frozenset((
    AlertKind.FORM_SHUT, AlertKind.FORM_CHANGED, AlertKind.FORM_COLLECTS, AlertKind.FORM_ELSEWHERE,
))  # fmt: skip
LETTERS = frozenset((AlertKind.LETTERS_LOST, AlertKind.LETTERS_SHORT))
CALLS = frozenset((AlertKind.CALLS_TO_MAKE,))
OPENINGS = frozenset((AlertKind.NOT_OPENED, AlertKind.NEVER_OPENED))
REMINDERS = frozenset((AlertKind.REMINDER_MISSED,))
ENDINGS = frozenset((
    AlertKind.NOT_COUNTED, AlertKind.NO_QUORUM, AlertKind.DECISION_WAITS, AlertKind.RESULT_WAITS,
))  # fmt: skip
SHARING = frozenset((
    AlertKind.OPEN_TO_OTHERS, AlertKind.MORE_PEOPLE, AlertKind.SHARING_UNSEEN,
    AlertKind.UNLISTED_WEBHOOK, AlertKind.UNLISTED_APPLICATION,
))  # fmt: skip
TABS = frozenset((AlertKind.TAB_NOT_EMPTIED,))
BACKUPS = frozenset((AlertKind.BACKUP_FAILED, AlertKind.BACKUP_MISSING))
_JUDGED_BY: Mapping[AlertKind, frozenset[str]] = {
    AlertKind.NIGHT_REFUSED: frozenset(
        ("losing", "unforeseen", "gaining", "rows-missing", "rows-unusable")
    ),
    AlertKind.NIGHT_CUT_SHORT: frozenset(("nights",)),
    AlertKind.NIGHT_FAILED: frozenset(("nights",)),
    AlertKind.NIGHT_MISSED: frozenset(("nights",)),
    AlertKind.REMINDER_MISSED: frozenset(("lost",)),
    AlertKind.SIGN_INS_STOPPED: frozenset(("events",)),
    AlertKind.FORM_CHANGED: frozenset(("questions",)),
    AlertKind.FORM_ELSEWHERE: frozenset(("tabs",)),
    AlertKind.LETTERS_LOST: frozenset(("letters",)),
    AlertKind.LETTERS_SHORT: frozenset(("people",)),
    AlertKind.CALLS_TO_MAKE: frozenset(("voters",)),
    AlertKind.MORE_PEOPLE: frozenset(("beyond",)),
    AlertKind.BACKUP_MISSING: frozenset(("days",)),
}
"""The counts whose growth makes it worse; of the other kinds, none does."""
_WORSE_WITH: Mapping[AlertKind, frozenset[str]] = {
    AlertKind.OPEN_TO_OTHERS: frozenset(("link", "public", "editing", "published")),
}
"""What makes it worse by being so at all."""


class Alert(Payload):
    """One thing that is so now.

    Raises:
        TypeError: an address, a name or a number of a telephone; which field, and not what.
    """

    kind: AlertKind
    place: Word
    counts: Mapping[Word, Many] = Field(default_factory=dict)

    def is_worse_than(self, told: Mapping[str, int]) -> bool:
        """Whether it is to be told again, after these counts were told."""
        added = {name for name, many in self.counts.items() if many and not told.get(name)}
        if added & _WORSE_WITH.get(self.kind, frozenset()):
            return True
        return any(
            many >= 2 * max(told.get(name, 0), 1)
            for name, many in self.counts.items()
            if name in _JUDGED_BY.get(self.kind, ())
        )


class News(StrEnum):
    """What there is to tell of an alert."""

    FOUND = "found"
    WORSE = "worse"
    STILL = "still"
    OVER = "over"


class KnownAlert(Value):
    """An alert as the ledger knows it: since when, until when, and what was told of it."""

    id: int
    alert: Alert
    raised: AwareDatetime
    seen: AwareDatetime
    """When it was last found to be so."""
    over: AwareDatetime | None = None
    told: Mapping[str, int] | None = None
    """The counts as they were told; None: nobody was told yet."""
    told_at: AwareDatetime | None = None
    """When they were; None where it was not kept."""
    told_over: bool = False

    def news_at(self, now: datetime, again: timedelta) -> News | None:
        """What is to be told now; that it is still so, after a while without news."""
        if self.news or self.told is None or self.over is not None:
            return self.news
        return News.STILL if now - (self.told_at or self.raised) >= again else None

    @property
    def news(self) -> News | None:
        """What is still to be told; None when all is."""
        if self.over is not None:
            return None if self.told_over else News.OVER
        if self.told is None:
            return News.FOUND
        return News.WORSE if self.alert.is_worse_than(self.told) else None
