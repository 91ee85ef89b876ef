"""What became of a vote's letters, in its record (EN-R13)."""

from connectors.ledger import Act, Mailing
from flows.context import ChapterContext
from flows.mail.delivered import OUT, WENT, Fate, fate
from flows.votes.sending import CLERK
from models.votes.delivered import Lost, arrived, lost
from models.votes.election_record import ElectionRecord
from models.votes.events import LetterDelivered, LetterUndelivered


def look_after(
    context: ChapterContext, vote: ElectionRecord
) -> list[LetterUndelivered | LetterDelivered]:
    """Ask about each letter of a vote that is not known to be out, and write down what is news.

    Returns:
        The news.

    Raises:
        TryAgainLater: the service does not answer; what is known stands.
    """
    note = f"delivered of {vote.name}"
    known = set((context.ledger.note(note) or "").split("\n"))
    # A job that died before its note was written has told it already.
    lines = context.ledger.votes.lines(vote.name)
    missing, there = lost(lines), arrived(lines)
    news, settled = list[LetterUndelivered | LetterDelivered](), set[str]()
    for letter in context.ledger.mailings.of(vote.name):
        if letter.state not in WENT or not letter.campaign_id or letter.mark in known:
            continue
        now = fate(context, letter)
        if now is None:
            continue
        if letter.letter not in there and (event := _news(letter, now, missing.get(letter.letter))):
            context.ledger.votes.note(vote.name, Act(CLERK, context.now(), event))
            news.append(event)
        if now.word == OUT:
            settled.add(letter.mark)
    if settled:
        context.ledger.set_note(note, "\n".join(sorted(known | settled)))
    return news


def _news(
    letter: Mailing, now: Fate, before: Lost | None
) -> LetterUndelivered | LetterDelivered | None:
    """What is to be written down of a letter; None if the record says it already."""
    if now.word != OUT:
        if before and before.campaign == now.word:
            return None
        return LetterUndelivered(
            letter=letter.letter, campaign=now.word, people=letter.people, sent=now.people
        )
    people = letter.people if now.people is None else now.people
    if before is None and people >= letter.people:
        return None
    booked = max(people, letter.people)  # of one that was stopped at once nobody knows
    return LetterDelivered(letter=letter.letter, people=people, booked=booked)


def said_of(news: LetterUndelivered | LetterDelivered) -> str:
    """What was found of a letter."""
    match news:
        case LetterUndelivered():
            return "was not delivered"
        case LetterDelivered():
            return f"was sent to {news.people} of {news.booked} people"
