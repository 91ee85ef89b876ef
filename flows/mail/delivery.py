"""The letters of the night: one mailing a kind, to those whose letters wait.

Of the kind that tells of the chapter near its readers there is one for each chapter (ST-1).

The ledger holds each letter from the commit of the night on. A mailing that a dead job left open is
finished first, and as long as one is open its kind has no other: newcomers wait. Each has a segment
of its own, which holds nobody else before, and is removed once it is known to be out.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta

from connectors.ledger import Ledger, Mailing, MailingState
from flows.context import ChapterContext
from flows.mail.coming import facts_for
from flows.mail.mailing import finish_sending, segment_of
from flows.mail.near import Part, of_those, parts
from models.errors import ClerkError, combined
from models.intake.people import PersonId
from models.mail.audience import Contact, ContactState, Wanted
from models.mail.notices import EmailContent, NoticeKind, concerned, doubled
from models.membership.voter_roll import Facts, VoterRoll
from models.privacy import Email

Sent = tuple[tuple[NoticeKind, int], ...]


def deliver(
    context: ChapterContext,
    roll: VoterRoll,
    wanted: Wanted,
    actual: Mapping[Email, Contact],
    facts: Facts,
) -> Sent:
    """Send what is due, what an earlier night left open first.

    Args:
        roll: tonight's; a letter whose occasion has gone meanwhile is not sent (VM-4).
        actual: the list as it is after tonight's changes; letters go to its subscribers alone.
        facts: what the sheets say: of events that are still to come.

    Returns:
        How many letters of each kind went out in this call.

    Raises:
        ClerkError: what kept some of them back, after all others went out.
    """
    reachable = {
        want.person: address
        for address, want in wanted.contacts.items()
        if address in actual and actual[address].state is ContactState.SUBSCRIBED
    }

    def mailboxes(kind: NoticeKind) -> dict[PersonId, Email]:
        if kind not in context.chapter.emails.send:  # turned off since it was due
            return {}
        return {person: reachable[person] for person in concerned(kind, roll, reachable)}

    sent: list[tuple[NoticeKind, int]] = []
    faults: list[Exception] = []

    def bring(mailing: Mailing, part: Part, again: Collection[PersonId] = ()) -> None:
        try:
            sent.append((NoticeKind(mailing.letter), _send(context, mailing, part, facts, again)))
        except ClerkError as fault:
            faults.append(fault)

    for mailing in context.ledger.mailings.open_of_nights():
        kind = NoticeKind(mailing.letter)
        again = doubled(kind, roll, context.ledger.mailings.besides(mailing.id))
        carried = context.ledger.mailings.carried(mailing.id)
        bring(mailing, of_those(parts(context, kind, roll, mailboxes(kind)), carried), again)
    for kind, waiting in _waiting(context.ledger).items():
        due = {person: address for person, address in mailboxes(kind).items() if person in waiting}
        for part in parts(context, kind, roll, due) if due else ():
            if kind in {one.letter for one in context.ledger.mailings.open_of_nights()}:
                break  # an earlier one of this kind is not out yet
            to = part.mailboxes
            bring(context.ledger.mailings.begin(kind, context.today, to=to), part)
    if faults:
        raise combined(faults)
    return tuple((kind, many) for kind, many in sent if many)


def _waiting(ledger: Ledger) -> dict[NoticeKind, set[PersonId]]:
    """Whose letters wait, by kind."""
    waiting: dict[NoticeKind, set[PersonId]] = {}
    for letter in ledger.pending_letters():
        waiting.setdefault(letter.kind, set()).add(letter.person)
    return waiting


def _send(
    context: ChapterContext,
    mailing: Mailing,
    part: Part,
    facts: Facts,
    again: Collection[PersonId] = (),
) -> int:
    """Bring one mailing to its end.

    Args:
        again: who was told by another letter since it was begun: two readers became one.

    Returns:
        How many people the campaign of this call went to; 0 when an earlier job had sent it.
    """
    went = finish_sending(
        context,
        mailing,
        f"{mailing.letter} {mailing.day}",
        words=lambda: context.words(
            mailing.letter, **facts_for(context, mailing.letter, facts), **part.facts
        ),
        fill=lambda: _fill(context, mailing, part.mailboxes, again),
    )
    if went.how is MailingState.VOID:
        context.audience.remove_segment(segment_of(mailing))
    return went.people if went.just_now else 0


def _fill(
    context: ChapterContext,
    mailing: Mailing,
    mailboxes: Mapping[PersonId, Email],
    again: Collection[PersonId],
) -> tuple[int, int]:
    """Put a mailing's people into its segment; whom it cannot hold waits for a later one.

    Returns:
        The segment, and how many are in it.
    """
    if again:
        context.ledger.mailings.withdraw(mailing.id, again)
    people = context.ledger.mailings.carried(mailing.id)
    held = {person: mailboxes[person] for person in people if person in mailboxes}
    segment, refused = 0, set[Email]()
    if held:
        segment, refused = context.audience.fill_segment(_segment(context, mailing), held.values())
    told = {person for person, address in held.items() if address not in refused}
    # Before it is sent: afterwards, a job that dies here would count them among the told.
    if left := [person for person in people if person not in told]:
        context.ledger.mailings.leave_out(mailing.id, left)
    return segment, len(told)


def _segment(context: ChapterContext, mailing: Mailing) -> str:
    """A mailing's own; of a draft that an earlier program made, the one that its kind had then."""
    own = segment_of(mailing)
    begun = {one.id: one.campaign_id for one in context.ledger.mailings.open_of_nights()}
    if not begun.get(mailing.id) or context.audience.has_segment(own):
        return own
    return f"clerk: letter {mailing.letter}"


def send_test_words(
    context: ChapterContext, words: EmailContent, to: Email, *, title: str = "clerk: test letter"
) -> None:
    """Send texts to one address, through a draft of this title that is removed again."""
    since = f"{context.today - timedelta(days=2)}T00:00:00+00:00"
    segment, _ = context.audience.fill_segment("clerk: test letter", [])
    draft = context.campaigns.create(title, words.subject, segment, since)
    try:
        context.campaigns.fill(draft.id, words)
        context.campaigns.send_test(draft.id, to)
    finally:
        context.campaigns.delete(draft.id)
