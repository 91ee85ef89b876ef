"""What a correction of somebody's attendance is about, and whether it would change it (VM-R3)."""

from flows.requests.queue import QueuedRequest, refused
from models.intake.locations import Ask
from models.intake.participation import Event, ExceptionKind
from models.intake.people import Person
from models.membership.matching import EventBook
from models.membership.voter_roll import Facts


def corrected(
    facts: Facts, asked: QueuedRequest, event: str, *, stayed_away: bool
) -> tuple[Event, ExceptionKind]:
    """The event, and what is recorded of it.

    Args:
        event: what an officer says, in place of the row.

    Raises:
        Refused: it is not clear, or nothing would change: then another thing is meant.
    """
    found = event_of(facts, asked, event)
    if asked.person and is_at(facts, asked.person, found) is not stayed_away:
        if stayed_away:
            raise refused(
                asked.held,
                f"the sheets do not have this person at “{found}”: nothing would change",
                f"if they were there: clerk requests accept {asked.held.number} --by …",
            )  # fmt: skip
        raise refused(
            asked.held, f"the sheets have this person at “{found}” already: nothing would change",
            "ask what the person means; if they were not there: --stayed-away",
        )  # fmt: skip
    return found, ExceptionKind.DID_NOT_ATTEND if stayed_away else ExceptionKind.ATTENDED


def is_at(facts: Facts, person: Person, event: Event) -> bool:
    """Whether the sheets, with all exceptions, have somebody at an event."""
    number = facts.events.index(event)
    them = (n for n, one in facts.known.people.items() if one.id == person.id)
    return any(number in facts.attended.get(n, ()) for n in them)


def event_of(facts: Facts, asked: QueuedRequest, event: str = "") -> Event:
    """The one event that a correction is about.

    Args:
        event: what an officer says, in place of the row.

    Raises:
        Refused: none is meant, or two, or it has not happened: nothing is guessed.
    """
    book = EventBook(one for one in facts.events if not one.of_the_log)
    found = book.find(event or (asked.row.about if asked.row else ""), None)
    if isinstance(found, Ask):
        raise refused(
            asked.held, found.reason,
            'say which event it is, as the Events tab has it: --event "2026-03-31 Forum"',
        )  # fmt: skip
    if book.events[found].day > facts.today:
        raise refused(asked.held, "this event has not happened yet", "wait until it has")
    return book.events[found]
