"""The letters of the night: one campaign a kind, to a segment of those who are due.

The ledger holds each letter from the commit of the night on. A batch of them becomes one campaign,
found by its title before it is made; a batch that a dead job left open is finished first.
"""

import hashlib
import hmac
from datetime import timedelta

from connectors.ledger import Batch
from connectors.mailchimp import GONE_OUT
from flows.desk import Desk
from models.audience import Wanted
from models.letters import LetterKind, Words
from models.people import PersonId
from models.privacy import Email

Sent = tuple[tuple[LetterKind, int], ...]


def deliver(desk: Desk, wanted: Wanted) -> Sent:
    """Send what is due, what an earlier night left open first.

    Returns:
        How many letters of each kind went out in this call.
    """
    mailboxes = {contact.person: address for address, contact in wanted.contacts.items()}
    sent = [(batch.kind, _send(desk, batch, mailboxes)) for batch in desk.ledger.open_batches()]
    new = desk.ledger.start_batches(desk.today)
    sent += [(batch.kind, _send(desk, batch, mailboxes)) for batch in new]
    return tuple((kind, many) for kind, many in sent if many)


def _send(desk: Desk, batch: Batch, mailboxes: dict[PersonId, Email]) -> int:
    """Bring one batch to its end, wherever it stands.

    Returns:
        How many people the campaign of this call went to; 0 when an earlier job had sent it.
    """
    title, since = _title(desk, batch), f"{batch.day - timedelta(days=2)}T00:00:00+00:00"
    if batch.campaign_id:
        campaign = desk.campaigns.get(batch.campaign_id)
        # Gone: somebody deleted it, perhaps after it was sent. Never risk a second letter.
        done = campaign is None or campaign.state in GONE_OUT
    else:
        campaign = desk.campaigns.find(title, since)
        done = campaign is not None and campaign.state in GONE_OUT
    if done:
        desk.ledger.close_batch(batch.id, sent=True)
        return 0
    people = [mailboxes[person] for person in batch.people if person in mailboxes]
    if not people:
        desk.ledger.close_batch(batch.id, sent=False)
        return 0
    words = desk.words(batch.kind)
    segment, taken = desk.audience.fill_segment(f"clerk: letter {batch.kind}", people)
    if not taken:  # the list refused all of them tonight; Mailchimp sends nothing to nobody
        desk.ledger.close_batch(batch.id, sent=False)
        return 0
    if campaign is None:
        campaign = desk.campaigns.create(title, words.subject, segment, since)
    desk.ledger.set_campaign(batch.id, campaign.id)
    desk.campaigns.fill(campaign.id, words)
    desk.campaigns.send(campaign.id)
    desk.ledger.close_batch(batch.id, sent=True)
    return taken


def _title(desk: Desk, batch: Batch) -> str:
    """A name that only this ledger's batch can have, for finding the campaign again."""
    mark = hmac.digest(desk.ledger.key, f"batch {batch.id}".encode(), hashlib.sha256).hex()[:8]
    return f"clerk: {batch.kind} {batch.day} {mark}"


def send_test(desk: Desk, kind: str, to: Email) -> None:
    """Send a letter's texts to one address."""
    send_test_words(desk, desk.words(kind), to)


def send_test_words(desk: Desk, words: Words, to: Email) -> None:
    """Send texts to one address, through a draft that is removed again."""
    since = f"{desk.today - timedelta(days=2)}T00:00:00+00:00"
    segment, _ = desk.audience.fill_segment("clerk: test letter", [])
    draft = desk.campaigns.create("clerk: test letter", words.subject, segment, since)
    try:
        desk.campaigns.fill(draft.id, words, check=False)
        desk.campaigns.send_test(draft.id, to)
    finally:
        desk.campaigns.delete(draft.id)
