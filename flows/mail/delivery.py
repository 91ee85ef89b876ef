"""The letters of the night: one mailing a kind, to those whose letters wait.

The ledger holds each letter from the commit of the night on. A mailing that a dead job left open is
finished first, and as long as one is open its kind has no other: newcomers wait. Each has a segment
of its own, which holds nobody else before, and is removed once it is known to be out.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta

from connectors.ledger import Mailing, MailingState
from flows.context import Desk
from flows.mail.mailing import bring_out, segment_of
from models.errors import ClerkError, together
from models.intake.people import PersonId
from models.mail.audience import Contact, ContactState, Wanted
from models.mail.notices import LetterKind, Words, concerned, doubled
from models.membership.voter_roll import Roll
from models.privacy import Email

Sent = tuple[tuple[LetterKind, int], ...]


def deliver(desk: Desk, roll: Roll, wanted: Wanted, actual: Mapping[Email, Contact]) -> Sent:
    """Send what is due, what an earlier night left open first.

    Args:
        roll: tonight's; a letter whose occasion has gone meanwhile is not sent (VM-4).
        actual: the list as it is after tonight's changes; letters go to its subscribers alone.

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

    def mailboxes(kind: LetterKind) -> dict[PersonId, Email]:
        return {person: reachable[person] for person in concerned(kind, roll, reachable)}

    sent: list[tuple[LetterKind, int]] = []
    faults: list[Exception] = []

    def bring(
        mailing: Mailing, due: Mapping[PersonId, Email], again: Collection[PersonId] = ()
    ) -> None:
        try:
            sent.append((LetterKind(mailing.letter), _send(desk, mailing, due, again)))
        except ClerkError as fault:
            faults.append(fault)

    for mailing in desk.ledger.mailings.open_of_nights():
        kind = LetterKind(mailing.letter)
        again = doubled(kind, roll, desk.ledger.mailings.besides(mailing.id))
        bring(mailing, mailboxes(kind), again)
    under_way = {one.letter for one in desk.ledger.mailings.open_of_nights()}
    for kind, waiting in _waiting(desk).items():
        due = {person: address for person, address in mailboxes(kind).items() if person in waiting}
        if due and kind not in under_way:
            bring(desk.ledger.mailings.begin(kind, desk.today, to=due), due)
    if faults:
        raise together(faults)
    return tuple((kind, many) for kind, many in sent if many)


def _waiting(desk: Desk) -> dict[LetterKind, set[PersonId]]:
    """Whose letters wait, by kind."""
    waiting: dict[LetterKind, set[PersonId]] = {}
    for letter in desk.ledger.pending_letters():
        waiting.setdefault(letter.kind, set()).add(letter.person)
    return waiting


def _send(
    desk: Desk,
    mailing: Mailing,
    mailboxes: Mapping[PersonId, Email],
    again: Collection[PersonId] = (),
) -> int:
    """Bring one mailing to its end.

    Args:
        again: who was told by another letter since it was begun: two readers became one.

    Returns:
        How many people the campaign of this call went to; 0 when an earlier job had sent it.
    """
    went = bring_out(
        desk,
        mailing,
        f"{mailing.letter} {mailing.day}",
        words=lambda: desk.words(mailing.letter),
        fill=lambda: _fill(desk, mailing, mailboxes, again),
    )
    if went.how is MailingState.VOID:
        desk.audience.remove_segment(segment_of(mailing))
    return went.people if went.just_now else 0


def _fill(
    desk: Desk, mailing: Mailing, mailboxes: Mapping[PersonId, Email], again: Collection[PersonId]
) -> tuple[int, int]:
    """Put a mailing's people into its segment; whom it cannot hold waits for a later one.

    Returns:
        The segment, and how many are in it.
    """
    if again:
        desk.ledger.mailings.withdraw(mailing.id, again)
    people = desk.ledger.mailings.carried(mailing.id)
    held = {person: mailboxes[person] for person in people if person in mailboxes}
    segment, refused = 0, set[Email]()
    if held:
        segment, refused = desk.audience.fill_segment(_segment(desk, mailing), held.values())
    told = {person for person, address in held.items() if address not in refused}
    # Before it is sent: afterwards, a job that dies here would count them among the told.
    if left := [person for person in people if person not in told]:
        desk.ledger.mailings.leave_out(mailing.id, left)
    return segment, len(told)


def _segment(desk: Desk, mailing: Mailing) -> str:
    """A mailing's own; of a draft that an earlier program made, the one that its kind had then."""
    own = segment_of(mailing)
    begun = {one.id: one.campaign_id for one in desk.ledger.mailings.open_of_nights()}
    if not begun.get(mailing.id) or desk.audience.has_segment(own):
        return own
    return f"clerk: letter {mailing.letter}"


def send_test_words(
    desk: Desk, words: Words, to: Email, *, title: str = "clerk: test letter"
) -> None:
    """Send texts to one address, through a draft of this title that is removed again."""
    since = f"{desk.today - timedelta(days=2)}T00:00:00+00:00"
    segment, _ = desk.audience.fill_segment("clerk: test letter", [])
    draft = desk.campaigns.create(title, words.subject, segment, since)
    try:
        desk.campaigns.fill(draft.id, words)
        desk.campaigns.send_test(draft.id, to)
    finally:
        desk.campaigns.delete(draft.id)
