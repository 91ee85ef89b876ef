"""What the calendar wants sent now: three reminders, each to those whose ballot is missing (EN-R7).

Of the ballots only times and codes are looked at; who has voted is known to this moment alone and
written nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors.ledger import Act, Ledger
from flows.context import ChapterContext
from flows.votes.arrived import arrived_numbers
from flows.votes.emails.ballots import REMINDER_TEXTS, ballot_words
from flows.votes.lifecycle import calendar
from flows.votes.sending import CLERK, Reach, letters_of, send_once
from models.intake.people import PersonId
from models.votes.election import REMINDERS
from models.votes.election_record import ElectionRecord
from models.votes.events import ClockSetBack, LetterSent, LetterStopped
from models.votes.frozen_roll import codes_of
from models.votes.history import with_lines
from models.votes.notices import (
    ExtensionNews,
    Invitation,
    RaceNews,
    Reminder,
    VoteLetter,
    WithdrawalNews,
)
from models.votes.reminders import reminder_due, still_to_come, went_at

SLACK = timedelta(minutes=1)
"""The network sets a clock in small steps, and two workers' differ: that is no finding."""


def sent_reminders(ledger: Ledger, name: str) -> int:
    """How many went out."""
    held = letters_of(ledger, name).items()
    return sum(isinstance(letter, Reminder) and one.is_over for letter, one in held)


def next_reminder(context: ChapterContext, vote: ElectionRecord) -> tuple[int, datetime] | None:
    """The next reminder and its time; None when all three went."""
    return reminder_due(calendar(context.chapter, vote.election), *_so_far(context, vote))


def reminders_in_all(context: ChapterContext, vote: ElectionRecord) -> int:
    """How many will have gone by the close: those that went, and those that still can (EN-R7)."""
    so_far = _so_far(context, vote)
    return so_far[0] + still_to_come(
        calendar(context.chapter, vote.election), context.now(), *so_far
    )


def too_late(context: ChapterContext, vote: ElectionRecord) -> str:
    """How many of the three can go no more; "" if none is lost (EN-10)."""
    lost = REMINDERS - reminders_in_all(context, vote)
    return (
        f"there is no time left for {lost} of the 3 reminders before voting closes" if lost else ""
    )


def _so_far(
    context: ChapterContext, vote: ElectionRecord
) -> tuple[int, datetime | None, datetime | None]:
    """How many went, when the last letter of the calendar did, and the last of a later close."""
    name, now = vote.election.name, context.now()
    # By a clock that says it has not gone yet, it went just now: better late than too close.
    last, extended = (
        (went_at(one.moments, now) or now) if one else None
        for one in last_letters(context.ledger, name)
    )
    return sent_reminders(context.ledger, name), last, extended


@dataclass(frozen=True, slots=True)
class LastLetter:
    """The last letter of its sort to the whole roll, and the moments that tell when it went."""

    letter: VoteLetter
    moments: tuple[datetime, ...]


def last_letters(ledger: Ledger, name: str) -> tuple[LastLetter | None, LastLetter | None]:
    """The letters from which the next reminder keeps its distance; one to somebody added is none.

    Returns:
        The invitation or the last reminder, and the last letter with news for everybody: of a later
        close, a cancelled race, a candidate who withdrew.
    """
    return _last(ledger, name, _of_the_calendar), _last(ledger, name, _with_news)


def _of_the_calendar(letter: VoteLetter) -> bool:
    return letter == Invitation() or isinstance(letter, Reminder)


def _with_news(letter: VoteLetter) -> bool:
    return isinstance(letter, ExtensionNews | RaceNews | WithdrawalNews)


def _last(ledger: Ledger, name: str, wanted: Callable[[VoteLetter], bool]) -> LastLetter | None:
    lines = ledger.votes.lines(name)
    # By the lines that say how they ended, whatever the clock said: one may go out again.
    order = {
        event.letter: line.number
        for line in lines
        if isinstance(event := line.event, LetterSent | LetterStopped)
    }
    begun = letters_of(ledger, name).items()
    held = [(letter, one.ended) for letter, one in begun if one.ended and wanted(letter)]
    if not held:
        return None
    letter, ended = max(held, key=lambda one: order.get(str(one[0]), 0))
    noted = with_lines(lines, ClockSetBack)
    found = [line.at for line, event in noted if event.letter == str(letter)]
    return LastLetter(letter, (ended, *found))


def note_a_clock_set_back(context: ChapterContext, vote: ElectionRecord) -> bool:
    """Write down that a last letter is in the future, once; its distance counts from then."""
    name, now = vote.election.name, context.now()
    ahead = [
        one
        for one in last_letters(context.ledger, name)
        if one and not went_at(one.moments, now + SLACK)
    ]
    for one in ahead:
        context.ledger.votes.note(name, Act(CLERK, now, ClockSetBack(letter=str(one.letter))))
    return bool(ahead)


def remind(context: ChapterContext, vote: ElectionRecord, number: int, reached: Reach) -> int:
    """Send a reminder to everybody on the roll whose ballot has not arrived."""
    in_all = reminders_in_all(context, vote)
    words = ballot_words(context, vote, REMINDER_TEXTS, number=number, in_all=in_all)
    return send_once(context, vote, Reminder(number), words, missing(context, vote), reached)


def missing(context: ChapterContext, vote: ElectionRecord) -> list[PersonId]:
    """Those on the roll without a ballot at this moment."""
    name = vote.election.name
    lines = context.ledger.votes.roll(name)
    roll, codes = codes_of(lines, vote.secret, name)
    numbers = arrived_numbers(context, vote)
    return [person for person, code in codes.items() if roll[code].number not in numbers]
