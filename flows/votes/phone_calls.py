"""Which voters an officer called about a vote, and how it ended (DP-4).

A call is written down where each look of an officer at a person is: by the person's id, under the
officer's name. It is told to that person on request, and retention and erasure reach it. The sealed
record has nothing of it: of few people to call, even a count could say who will not vote. How a
call ended stands on the page of the calls alone; where looks are listed, only that there was one.
"""

from enum import StrEnum
from typing import Final, NamedTuple

from connectors.ledger import PersonLook
from flows.context import ChapterContext
from models.intake.people import PersonId

_CALL: Final = "call about "


class CallEnd(StrEnum):
    """How a call ended, as it is stored."""

    CALLED = "called"
    NO_ANSWER = "no answer"
    WILL_NOT = "will not vote"


class Called(NamedTuple):
    """The last call to a voter."""

    end: CallEnd
    look: PersonLook


def note(context: ChapterContext, vote: str, person: PersonId, end: CallEnd, by: str) -> None:
    """Write down that an officer called a voter."""
    context.ledger.officers.looked_at(by, [person], f"{_about(vote)}{end}", context.now())


def noted(context: ChapterContext, vote: str) -> dict[PersonId, Called]:
    """The last call to each voter."""
    about, found = _about(vote), dict[PersonId, Called]()
    for look in context.ledger.officers.looks_for(about):
        said = look.what.removeprefix(about)
        if said in [*CallEnd]:
            found[look.person] = Called(CallEnd(said), look)
    return found


def without_end(what: str) -> str:
    """What an officer looked at, without how a call ended."""
    about, _, end = what.rpartition(": ")
    return f"a {about}" if about.startswith(_CALL) and end in [*CallEnd] else what


def _about(vote: str) -> str:
    return f"{_CALL}{vote}: "
