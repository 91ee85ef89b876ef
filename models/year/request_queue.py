"""The queue of requests: when one is new, part of another, proved, or over (ST-3, DP-6).

1. Each row has a receipt, a number that is given once. It is open until an officer or the program
   ends it: answered, refused with why, expired, withdrawn, or part of another that waits.
2. Whoever asks the same again while it waits has asked once. A status is answered once in seven
   days, and of a person a few requests of seven days are taken in: anybody can type a member's
   address.
3. What is about one's data waits for the code that was mailed to the address. The code is good for
   some days, once, and for some tries.
4. A row that was old when it was first read is expired, as is one from before its person was erased
   and readmitted: nobody is written to about it.
5. Whom no email reaches is tried again for some days: a row or an address may be mended meanwhile.

A request decides nothing about a vote by itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from pydantic import Field

from models.base import Value
from models.intake.locations import ReviewItem, Weight
from models.intake.people import Person
from models.privacy import Email
from models.text.folding import folded
from models.text.sentences import Sentence
from models.year.requests import ABOUT_DATA, RequestKind, RequestRow

FRESH_DAYS: Final = 30
"""So old a row may be when it is first read."""
WEEK: Final = timedelta(days=7)
MOST_IN_A_WEEK: Final = 5
CODE_DAYS: Final = 7
"""How long after its request a code is good: nights read the form, and people are away."""
MOST_TRIES: Final = 5
ANSWERED_LATELY: Final = "the status was answered less than 7 days ago"
TOO_MANY: Final = f"this person made {MOST_IN_A_WEEK} requests within 7 days"


class RequestState(StrEnum):
    """How a request stands, as it is stored."""

    OPEN = "open"
    UNPROVED = "waits for its code"
    PROVED = "address proved"
    ON_AGENDA = "on the agenda"
    """The committee is to consider it (EN-2)."""
    ANSWERED = "answered"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    JOINED = "part of another"


WAITING: Final = (
    RequestState.OPEN, RequestState.UNPROVED, RequestState.PROVED, RequestState.ON_AGENDA,
)  # fmt: skip
"""Those that have no end yet."""


class RequestTold(StrEnum):
    """Which email of a request went out last."""

    NOTHING = ""
    RECEIPT = "receipt"
    END = "end"
    UNREACHED = "unreached"
    """No email reaches the address, or somebody stopped it."""


class MemberRequest(Value):
    """A request as the ledger has it: nobody's address, and not what it says."""

    number: int
    """The receipt."""
    kind: RequestKind
    state: RequestState
    received: date
    """The day on which it was first read."""
    due: date
    row: bytes = Field(repr=False)
    """The keyed digest by which its row is found."""
    mark: str = Field(repr=False)
    """Of which its code is made: its row's, or that of another request that waits."""
    ended: date | None = None
    why: str = Field("", repr=False)
    """Why it ended as it did, in an officer's words or the program's."""
    tries: int = 0
    """Wrong codes so far."""
    told: RequestTold = RequestTold.NOTHING
    segments: tuple[str, ...] = ()
    """Those of its emails that may still be on their way."""
    code_sent: date | None = None
    """On which its code went out; None where it has none, or before."""

    @property
    def waits(self) -> bool:
        """Whether it has no end yet."""
        return self.state in WAITING

    def is_late(self, today: date) -> bool:
        """Whether its day went by without an end."""
        return self.waits and today > self.due

    @property
    def code_until(self) -> date:
        """The last day on which its code is good."""
        return (self.code_sent or self.received) + timedelta(days=CODE_DAYS)

    def is_given_up(self, today: date) -> bool:
        """Whether no email reached its person for so long that none is tried any more."""
        is_old = (self.ended or self.received) < today - timedelta(days=FRESH_DAYS)
        return self.told is RequestTold.UNREACHED and is_old


class Arrival(NamedTuple):
    """What becomes of a row that is new."""

    state: RequestState
    why: str = ""
    into: int = 0
    """The request that it is part of."""


Mine = Sequence[tuple[RequestRow | None, MemberRequest]]
"""The requests of one person, each with its row where that is still there."""


def arrival_of(row: RequestRow, mine: Mine, today: date, back: date | None = None) -> Arrival:
    """What becomes of a new row that proves nothing.

    Args:
        mine: the earlier requests of the same person.
        back: the day on which somebody who had been erased was readmitted.
    """
    if back and row.at < back:
        return Arrival(RequestState.EXPIRED, "it is from before the person was readmitted")
    if row.at < today - timedelta(days=FRESH_DAYS):
        why = f"it was more than {FRESH_DAYS} days old when it was first read"
        return Arrival(RequestState.EXPIRED, why)
    for before, held in mine:
        if held.waits and held.kind is row.kind and _is_same(row, before):
            return Arrival(RequestState.JOINED, f"part of request {held.number}", held.number)
    if row.kind is RequestKind.STATUS and any(_answered(one, today) for _, one in mine):
        return Arrival(RequestState.REFUSED, ANSWERED_LATELY)
    if sum(_took_room(*one, row.at, today) for one in mine) >= MOST_IN_A_WEEK:
        return Arrival(RequestState.REFUSED, TOO_MANY)
    is_about_data = row.kind in ABOUT_DATA
    return Arrival(RequestState.UNPROVED if is_about_data else RequestState.OPEN)


def _is_same(row: RequestRow, before: RequestRow | None) -> bool:
    """Whether it asks what a waiting one of its kind asks."""
    if row.kind in ABOUT_DATA or row.kind is RequestKind.STATUS:
        return True
    said = (folded(row.about), row.other_address)
    return before is not None and (folded(before.about), before.other_address) == said


def _answered(one: MemberRequest, today: date) -> bool:
    ended = one.ended if one.state is RequestState.ANSWERED else None
    return one.kind is RequestKind.STATUS and ended is not None and ended > today - WEEK


def _took_room(before: RequestRow | None, one: MemberRequest, on: date, today: date) -> bool:
    """Whether one was taken in, and is from the same seven days.

    A form may be read late: it is about the days on which the person asked, as long as both rows
    are there.
    """
    apart = on - before.at if before else today - one.received
    was_taken_in = one.state not in (RequestState.JOINED, RequestState.EXPIRED)
    return was_taken_in and one.why not in (TOO_MANY, ANSWERED_LATELY) and abs(apart) < WEEK


UNKNOWN: Final = Sentence("no sheet has this address, so no email answers this request")
ASK_THEM: Final = Sentence(
    "answer the person yourself, or ask them to register; if it is a member's other address, add "
    "it to their registration; this note stays for {days} days, or until the row is deleted",
    days=FRESH_DAYS,
)
SHARED: Final = Sentence("several people share this address, so no email answers this request")
ASK_WHO: Final = Sentence(
    "ask who of them it is, and answer that person yourself; this note stays for {days} days, or "
    "until the row is deleted",
    days=FRESH_DAYS,
)


def unanswerable(
    rows: Iterable[RequestRow], people: Iterable[Person], today: date
) -> Iterator[ReviewItem]:
    """The requests of the last days of whom it is not known who asks: an officer answers."""
    found: Counter[Email] = Counter()
    for person in people:
        found.update({*person.addresses, *person.mail_addresses})
    for row in rows:
        is_old = row.at < today - timedelta(days=FRESH_DAYS)
        if found[row.address] == 1 or is_old:
            continue
        said = (SHARED, ASK_WHO) if found[row.address] else (UNKNOWN, ASK_THEM)
        yield ReviewItem(
            place=row.place, weight=Weight.NOTE, reason=said[0], next_step=said[1], rule="ST-3"
        )


def tried(held: MemberRequest, fits: bool, on: date) -> MemberRequest:
    """The request after a code was tried; unchanged where none is waited for.

    Args:
        fits: whether it is its code.
        on: the day on which the code was given.
    """
    if held.state is not RequestState.UNPROVED or on > held.code_until:
        return held
    if fits:
        return held.model_copy(update={"state": RequestState.PROVED})
    tries = held.tries + 1
    if tries < MOST_TRIES:
        return held.model_copy(update={"tries": tries})
    why = f"the code was wrong {MOST_TRIES} times"
    # What the program ends by itself is told nobody: anybody can type an address and a code.
    end = {"state": RequestState.REFUSED, "ended": on, "why": why, "told": RequestTold.END}
    return held.model_copy(update={"tries": tries, **end})


def expired(waiting: Iterable[MemberRequest], today: date) -> list[MemberRequest]:
    """Those whose code came not in time, ended. Ask only where every answer was read."""
    end = {
        "state": RequestState.EXPIRED, "ended": today, "told": RequestTold.END,
        "why": "nobody sent the code back in time",
    }  # fmt: skip
    return [
        one.model_copy(update=end)
        for one in waiting
        if one.state is RequestState.UNPROVED
        and one.told is RequestTold.RECEIPT  # else the code is not out yet
        and today > one.code_until
    ]
