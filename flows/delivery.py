"""The letters of the night: one campaign a kind, to a segment of those who are due.

The ledger holds each letter from the commit of the night on. A batch of them becomes one campaign,
found by its title before it is made; a batch that a dead job left open is finished first.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from connectors.ledger import Batch
from connectors.mailchimp import UNDER_WAY
from flows import dispatch
from flows.desk import Desk
from models.audience import Contact, ContactState, Wanted
from models.letters import LetterKind, Words, occasion
from models.people import PersonId
from models.privacy import Email
from models.roll import Roll

Sent = tuple[tuple[LetterKind, int], ...]


def deliver(desk: Desk, roll: Roll, wanted: Wanted, actual: Mapping[Email, Contact]) -> Sent:
    """Send what is due, what an earlier night left open first.

    Args:
        roll: tonight's; a letter whose occasion has gone meanwhile is not sent (VM-4).
        actual: the list as it is after tonight's changes; letters go to its subscribers alone.

    Returns:
        How many letters of each kind went out in this call.
    """
    reachable = {
        want.person: address
        for address, want in wanted.contacts.items()
        if address in actual and actual[address].state is ContactState.SUBSCRIBED
    }

    def mailboxes(kind: LetterKind) -> dict[PersonId, Email]:
        standings = {person: roll.entries[person].standing for person in reachable}
        return {p: address for p, address in reachable.items() if occasion(kind, standings[p])}

    open_ones = desk.ledger.open_batches()
    sent = [(batch.kind, _send(desk, batch, mailboxes(batch.kind))) for batch in open_ones]
    for kind, waiting in _waiting(desk).items():
        due = {person: address for person, address in mailboxes(kind).items() if person in waiting}
        if due and not _going_out(desk, kind):
            new = desk.ledger.start_batches(desk.today, due, {kind})
            sent += [(kind, _send(desk, batch, due)) for batch in new]
    return tuple((kind, many) for kind, many in sent if many)


def _waiting(desk: Desk) -> dict[LetterKind, set[PersonId]]:
    """Whose letters wait, by kind."""
    waiting: dict[LetterKind, set[PersonId]] = {}
    for letter in desk.ledger.pending_letters():
        waiting.setdefault(letter.kind, set()).add(letter.person)
    return waiting


def _going_out(desk: Desk, kind: LetterKind) -> bool:
    """Whether Mailchimp is still sending the last letters of a kind: their segment is in use."""
    last = desk.ledger.last_campaign(kind)
    campaign = desk.campaigns.get(last) if last else None
    return campaign is not None and campaign.state in UNDER_WAY


def _send(desk: Desk, batch: Batch, mailboxes: Mapping[PersonId, Email]) -> int:
    """Bring one batch to its end, wherever it stands.

    Returns:
        How many people the campaign of this call went to; 0 when an earlier job had sent it.
    """
    since = f"{batch.day - timedelta(days=2)}T00:00:00+00:00"
    name, number = f"{batch.kind} {batch.day}", f"batch {batch.id}"
    letter = dispatch.find(desk, name, number, since, batch.campaign_id)
    if letter.is_out:
        desk.ledger.close_batch(batch.id, sent=True)
        return 0
    words = desk.words(batch.kind)
    segment, told = _fill_segment(desk, batch, mailboxes)
    if not told:
        desk.ledger.close_batch(batch.id, sent=False)
        return 0
    begun = partial(desk.ledger.set_campaign, batch.id)
    unsent = dispatch.send(desk, letter, words, segment, begun)
    desk.ledger.close_batch(batch.id, sent=not unsent)
    if unsent:
        desk.campaigns.delete(unsent)
    return 0 if unsent else told


def _fill_segment(desk: Desk, batch: Batch, mailboxes: Mapping[PersonId, Email]) -> tuple[int, int]:
    """Put a batch's people into its segment; whom it cannot hold waits for a later batch.

    Returns:
        The segment, and how many are in it.
    """
    held = {person: mailboxes[person] for person in batch.people if person in mailboxes}
    segment, refused = 0, set[Email]()
    if held:
        name = f"clerk: letter {batch.kind}"
        segment, refused = desk.audience.fill_segment(name, held.values())
    told = {person for person, address in held.items() if address not in refused}
    # Before it is sent: afterwards, a job that dies here would count them among the told.
    if left := [person for person in batch.people if person not in told]:
        desk.ledger.leave_out(batch.id, left)
    return segment, len(told)


def send_test(desk: Desk, kind: str, to: Email) -> None:
    """Send a letter's texts to one address."""
    send_test_words(desk, desk.words(kind), to)


def send_test_words(
    desk: Desk, words: Words, to: Email, *, title: str = "clerk: test letter"
) -> None:
    """Send texts to one address, through a draft of this title that is removed again."""
    since = f"{desk.today - timedelta(days=2)}T00:00:00+00:00"
    segment, _ = desk.audience.fill_segment("clerk: test letter", [])
    draft = desk.campaigns.create(title, words.subject, segment, since)
    try:
        desk.campaigns.fill(draft.id, words, check=False)
        desk.campaigns.send_test(draft.id, to)
    finally:
        desk.campaigns.delete(draft.id)
