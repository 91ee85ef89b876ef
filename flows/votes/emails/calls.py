"""A call to members: an email that an officer looks at, approves, and sends once.

1. An officer looks at it and at how many it goes to, and approves exactly that by its fingerprint.
2. It is begun in the ledger before anything is sent, and brought to its end by the one engine for
   emails: whoever runs it again after a broken try sends nobody a second one.
3. What was sent to how many, and who approved it, is a line of the chapter's record.
"""

import hashlib
from collections.abc import Callable, Collection
from typing import NamedTuple

from connectors.ledger import Act, MailingState
from flows.context import ChapterContext
from flows.mail.mailing import Went, finish_sending
from flows.votes.sending import Reach
from models.errors import Refused
from models.intake.people import PersonId
from models.mail.notices import EmailContent
from models.privacy import Email
from models.votes.events import MembersEmailed, ProposalsCalled, VolunteersCalled


class Call(NamedTuple):
    """An email to members as it would go out now."""

    name: str
    """By which its mailing is found; there is one of a name."""
    words: EmailContent
    to: dict[PersonId, Email]
    unreachable: int
    """Those it is for whom no email reaches."""
    sent: int | None
    """To how many it went; None while it is still to be sent."""

    @property
    def fingerprint(self) -> str:
        """Of what it says and to whom, by their ids."""
        told = "\n".join([self.words.subject, self.words.text, self.words.html, *sorted(self.to)])
        return hashlib.sha256(told.encode()).hexdigest()[:12]


class Way(NamedTuple):
    """What differs from one call to another."""

    rule: str
    command: str
    """Which shows it."""
    what: str
    """What it is called, with the article."""
    event: Callable[[int], ProposalsCalled | MembersEmailed | VolunteersCalled]
    """The line of the record, by how many it went to."""
    prepare: Callable[[ChapterContext, Call], set[Email]] = lambda *_: set()
    """What is done before its segment is filled; who cannot get it."""
    approve: Callable[[ChapterContext, Call, str], None] = lambda *_: None
    """Records whose approval it is, and goes on once there are enough."""


def call_of(
    context: ChapterContext,
    name: str,
    words: EmailContent,
    people: Collection[PersonId],
    reached: Reach,
) -> Call:
    """The call as it would go out now, or that it has gone.

    Args:
        people: whom it is for.
    """
    to = {person: reached.mailboxes[person] for person in people if person in reached.mailboxes}
    return Call(name, words, to, len(people) - len(to), sent_to(context, name))


def sent_to(context: ChapterContext, name: str) -> int | None:
    """To how many a call of this name went; None while it is still to be sent."""
    held = context.ledger.mailings.named(name)
    return held.people if held and held.is_over else None


def send(context: ChapterContext, look: Callable[[], Call], way: Way, approve: str, by: str) -> int:
    """Send exactly what was approved; to how many it went.

    Args:
        look: makes the call as it would go out now.

    Raises:
        Refused: it has gone, is another than the one that was looked at, or reaches nobody.
        AskAPerson: it is approved, and another officer is asked too.
    """
    with context.ledger.alone():
        call = look()
        if call.sent is not None:
            raise Refused(
                f"{way.what} was already sent to {call.sent} people",
                rule=way.rule,
                next_step="it goes out once; write to those whom it did not reach yourself",
            )
        if approve != call.fingerprint:
            raise Refused(
                f"the approval names {approve}, but the email is now {call.fingerprint}",
                next_step=f"run `{way.command}` to see what changed, then approve that",
            )
        if not call.to:
            raise Refused(
                f"no email reaches any of those whom {way.what} is for",
                next_step="run `clerk sync --apply` first; `clerk roll` shows who is known",
            )
        way.approve(context, call, by)
        return _finish(context, call, way, by)


def _finish(context: ChapterContext, call: Call, way: Way, by: str) -> int:
    def filled() -> tuple[int, int]:
        refused = way.prepare(context, call)
        segment, left = context.audience.fill_segment(
            f"clerk: {call.name}", [box for box in call.to.values() if box not in refused]
        )
        if len(refused | left) == len(call.to):  # it stays to be sent
            raise Refused(
                "the mailing list rejected every address, so the email was not sent",
                where="Mailchimp",
                next_step="run `clerk doctor` to check the audience and the account, and then "
                "this command again",
            )
        return segment, len(call.to) - len(refused | left)

    mailing = context.ledger.mailings.begin_named(call.name, context.today)

    def recorded(went: Went) -> Act | None:
        sent = went.how is MailingState.SENT
        return Act(by, context.now(), way.event(went.people)) if sent else None

    went = finish_sending(context, mailing, call.name, lambda: call.words, filled, recorded)
    if went.how is not MailingState.SENT:
        raise Refused(
            "somebody stopped the email at Mailchimp, so it was not sent",
            where="Mailchimp",
            next_step="send the campaign there by hand, or write to the members yourself",
        )
    return went.people
