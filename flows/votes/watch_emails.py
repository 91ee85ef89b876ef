"""What a strike finds of the letters: which did not come out, and whom they do not reach."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from connectors.ledger import Busy
from flows.alerts.places import is_watched, known, place_of
from flows.context import ChapterContext
from flows.mail.delivered import known_of_nights, look_after_nights
from flows.mail.email_names import letter_name
from flows.votes.emails.delivered import look_after, said_of
from flows.votes.emails.to_call import new_since_the_letters, people_of, to_call
from flows.votes.sending import is_over, reach
from models.mail.alerts import CALLS, Alert, AlertKind
from models.votes.delivered import lost, short
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.notices import Invitation, vote_letter

OF_NIGHTS = "nights"
"""The place of what is so of the nights' letters."""
LOOKED_AFTER = timedelta(days=7)
"""So long after a letter of a cancelled or counted vote, too, it is told that one is lost."""
HOURLY = timedelta(hours=1)
"""How often it is looked whom letters do not reach: that asks for a report of each."""


def is_fresh(context: ChapterContext, vote: ElectionRecord) -> bool:
    """Whether an election's emails are watched.

    Until the count, and in any state as long as something can be done about the last one.
    """
    ended = [one.ended for one in context.ledger.mailings.of(vote.name) if one.ended]
    return is_watched(context, vote) or any(context.now() - at < LOOKED_AFTER for at in ended)


def letters(
    context: ChapterContext, vote: ElectionRecord, tell: Callable[[str], None]
) -> list[Alert]:
    """That letters of a vote reached nobody, or not all: found now, or before."""
    try:
        with context.ledger.alone():
            for news in look_after(context, vote):
                tell(f"{vote.name}: {letter_name(vote, vote_letter(news.letter))} {said_of(news)}")
    except Busy:
        pass  # another job is at work, and the next strike looks again
    lines = context.ledger.votes.lines(vote.name)
    missed = [one.booked - one.people for one in short(lines).values()]
    return list(letter_alerts(place_of(vote.name), len(lost(lines)), missed))


def nights_letters(context: ChapterContext) -> list[Alert]:
    """The same of the nights' letters."""
    try:
        with context.ledger.alone():
            found = look_after_nights(context)
    except Busy:
        found = known_of_nights(context.ledger)
    missed = [one.missed for one in found if one.is_short]
    return list(letter_alerts(OF_NIGHTS, len(found) - len(missed), missed))


def letter_alerts(place: str, lost: int, missed: Sequence[int]) -> Iterator[Alert]:
    """What the officers are told of letters: counts alone.

    Args:
        missed: of each letter that went to fewer than it was sent to, by how many.
    """
    if lost:
        yield Alert(kind=AlertKind.LETTERS_LOST, place=place, counts={"letters": lost})
    if missed:
        counts = {"letters": len(missed), "people": sum(missed)}
        yield Alert(kind=AlertKind.LETTERS_SHORT, place=place, counts=counts)


def is_open(context: ChapterContext, vote: ElectionRecord) -> bool:
    """Whether people can vote, and were invited."""
    return vote.state is ElectionState.OPEN and is_over(context.ledger, vote.name, Invitation())


def calls(
    context: ChapterContext, vote: ElectionRecord, tell: Callable[[str], None]
) -> list[Alert]:
    """That there are voters to call whom the letters do not reach after all (DP-4)."""
    before = known(context, CALLS, place_of(vote.name))
    note = f"calls of {vote.name}"
    last = context.ledger.note(note)
    if last and abs(context.now() - datetime.fromisoformat(last)) < HOURLY:
        return before
    reached = reach(context)
    why = to_call(context, vote, reached)
    many = new_since_the_letters(context, vote, people_of(context, reached, why), why)
    context.ledger.set_note(note, context.now().isoformat())
    if not many:
        return []
    found = Alert(kind=AlertKind.CALLS_TO_MAKE, place=place_of(vote.name), counts={"voters": many})
    if found not in before:
        tell(f"{vote.name}: emails do not reach {many}: clerk election calls {vote.name}")
    return [found]
