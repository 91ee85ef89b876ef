"""What goes out about requests, each email once: the receipt, a status, and how it ended (ST-3).

1. An email goes to a mailbox of the one person whose address asked, and to nobody else. What a form
   says tells no stranger whether somebody is a member.
2. The answer about a status is the letter itself: the reader's own numbers are merge fields.
3. Whoever asks about their own data gets a code with the receipt (DP-6).
4. An officer's answer goes out with their words. What the program ends by itself, nobody is told.
5. Whom no email reaches is shown to the officers, and tried again for some days: a row or an
   address may be mended meanwhile.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final, NamedTuple

from connectors.ledger import MailingState
from flows.context import ChapterContext
from flows.mail.delivered import GONE, OUT, fate
from flows.mail.mailing import finish_sending
from flows.requests.queue import QueuedRequest
from flows.requests.taking_in import code_of
from flows.votes.sending import Reach, reach
from models.errors import ClerkError, combined
from models.mail.notices import STATUS_ASKED, EmailContent
from models.text import formats
from models.year.request_queue import MemberRequest, RequestState, RequestTold
from models.year.requests import SPANISH, RequestKind

RECEIPT: Final = "request-receipt"
END: Final = "request-end"
TEXTS: Final = (STATUS_ASKED, RECEIPT, END)
"""The emails about a request, by the folders of their texts."""
CODES_OUT: Final = "request codes are on the mailing list"
"""The note that says that the field of the codes is to be emptied."""
FIELD: Final = "requests"


class _Due(NamedTuple):
    """An email that is owed."""

    asked: QueuedRequest
    texts: str

    @property
    def name(self) -> str:
        """By which its mailing is found; there is one of a name.

        The number alone may be given to another row after a restore of the ledger.
        """
        held = self.asked.held
        return f"request {held.number} {self.texts.removeprefix('request-')} {held.row.hex()[:6]}"

    @property
    def segment(self) -> str:
        """Who is in it says who asked."""
        return f"clerk: {self.name}"


def send_due(context: ChapterContext, queue: Iterable[QueuedRequest]) -> int:
    """Send what is owed; how many went out. Hold `Ledger.alone` around it.

    Raises:
        ClerkError: what kept some back, after all others went out.
    """
    owing = (one for one in queue if not one.held.is_given_up(context.today))
    due_now = [_Due(one, texts) for one in owing if (texts := owed(one.held))]
    faults: list[Exception] = []
    sent = 0
    reached = reach(context) if due_now else None
    for due in due_now:
        try:
            sent += reached is not None and _send(context, due, reached)
        except ClerkError as fault:
            faults.append(fault)
    if faults:
        raise combined(faults)
    return sent


def owed(one: MemberRequest) -> str:
    """The texts of the email that goes out next about a request; "" where none does."""
    if one.told is RequestTold.END or (one.waits and one.told is RequestTold.RECEIPT):
        return ""
    if one.waits:
        return STATUS_ASKED if one.kind is RequestKind.STATUS else RECEIPT
    return END if one.state in (RequestState.ANSWERED, RequestState.REFUSED) else ""


def _send(context: ChapterContext, due: _Due, reached: Reach) -> bool:
    held, person = due.asked.held, due.asked.person
    box = reached.mailboxes.get(person.id) if person else None
    if person is None or box is None:
        if held.told is not RequestTold.UNREACHED:
            _tell(context, _unreached(held))
        return False
    if due.segment not in held.segments:  # before it is made: however it ends, it is to go
        held = held.model_copy(update={"segments": (*held.segments, due.segment)})
        _tell(context, held)

    def filled() -> tuple[int, int]:
        if held.state is RequestState.UNPROVED:
            context.ledger.set_note(CODES_OUT, "yes")
            code = code_of(context, held, person.id)
            if context.codes_field(FIELD).fill({box: code}):
                return 0, 0
        segment, left = context.audience.fill_segment(due.segment, [box])
        return segment, 1 - len(left)

    mailing = context.ledger.mailings.begin_named(due.name, context.today)
    how = mailing.state
    if not mailing.is_over:
        how = finish_sending(
            context, mailing, due.name, lambda: _words(context, due.texts, due.asked.held), filled
        ).how
    if how is not MailingState.SENT:
        _tell(context, _unreached(held))
        return False
    _tell(context, _sent(held, due, context))
    return True


def _tell(context: ChapterContext, one: MemberRequest) -> None:
    context.ledger.requests.change([one])


def _unreached(held: MemberRequest) -> MemberRequest:
    """An officer goes on; of a code that reached nobody none is waited for."""
    state = RequestState.OPEN if held.state is RequestState.UNPROVED else held.state
    return held.model_copy(update={"told": RequestTold.UNREACHED, "state": state})


def _sent(held: MemberRequest, due: _Due, context: ChapterContext) -> MemberRequest:
    if held.state is RequestState.UNPROVED:
        held = held.model_copy(update={"code_sent": context.today})
    if due.texts == STATUS_ASKED:
        end = {"state": RequestState.ANSWERED, "ended": context.today, "told": RequestTold.END}
        return held.model_copy(update=end)
    told = RequestTold.END if due.texts == END else RequestTold.RECEIPT
    return held.model_copy(update={"told": told})


def _words(context: ChapterContext, texts: str, held: MemberRequest) -> EmailContent:
    code = held.state is RequestState.UNPROVED
    until = held.model_copy(update={"code_sent": context.today}).code_until  # it goes out now
    return context.words(
        texts,
        title=f"Your request {held.number}",
        number=held.number,
        asked=held.kind.value,
        asked_es=SPANISH[held.kind],
        due=formats.day(held.due),
        due_es=formats.day(held.due, "es"),
        until=formats.day(until) if code else "",
        until_es=formats.day(until, "es") if code else "",
        answered=held.state is RequestState.ANSWERED,
        why=held.why,
    )


def example(context: ChapterContext, texts: str) -> EmailContent:
    """One of these emails about an invented request, for an officer to look at."""
    kind, state, why = {
        STATUS_ASKED: (RequestKind.STATUS, RequestState.OPEN, ""),
        RECEIPT: (RequestKind.SEE, RequestState.UNPROVED, ""),
        END: (RequestKind.ATTENDANCE, RequestState.ANSWERED, "(what the officer writes)"),
    }[texts]
    today, days = context.today, timedelta(days=context.chapter.requests.answer_days)
    held = MemberRequest(
        number=1,
        kind=kind,
        state=state,
        received=today,
        due=today + days,
        row=b"",
        mark="",
        why=why,
    )
    return _words(context, texts, held)


def tidy(context: ChapterContext) -> None:
    """Remove segments to which no email goes any more, and codes that nobody waits for."""
    under_way = context.ledger.requests.under_way()
    for one in under_way:
        left = tuple(name for name in one.segments if not _is_over(context, one, name))
        for name in set(one.segments) - set(left):
            context.audience.remove_segment(name)
        if left != one.segments:
            _tell(context, one.model_copy(update={"segments": left}))
    waits = any(one.state is RequestState.UNPROVED for one in under_way)
    if not waits and context.ledger.note(CODES_OUT):
        context.codes_field(FIELD).clear()
        context.ledger.set_note(CODES_OUT, "")


def _is_over(context: ChapterContext, one: MemberRequest, segment: str) -> bool:
    """Whether nothing goes to a segment any more, not even what somebody stopped and lets go on."""
    mailing = context.ledger.mailings.named(segment.removeprefix("clerk: "))
    if mailing and not mailing.is_over and owed(one):
        return False  # a campaign of it may be there that nobody knows of yet
    if mailing is None or not mailing.campaign_id:
        return True
    found = fate(context, mailing)
    return found is not None and found.word in (OUT, GONE)
