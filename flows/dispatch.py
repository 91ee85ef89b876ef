"""One letter, one campaign: found before it is made, and never sent a second time.

Whoever sends writes down beforehand that the letter was begun, the campaign's id as soon as it has
one, and afterwards that it is out. Killed anywhere in between, the next job comes here again.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from connectors.mailchimp import GONE_OUT
from connectors.mailchimp.campaigns import Campaign
from flows.desk import Desk
from models.errors import FixTheSettings
from models.letters import Words


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A letter to a segment, and what is known of its campaign."""

    title: str
    since: str
    """RFC 3339; its campaign was not made before."""
    campaign: Campaign | None
    is_out: bool
    """Nothing is to be sent any more."""
    stopped: str = ""
    """Mailchimp's word for how a person stopped it there, or one that is new to us; it is theirs
    from then on."""


def find(desk: Desk, name: str, number: str, since: str, campaign_id: str | None) -> Dispatch:
    """Where a letter stands.

    Args:
        name: what officers see among the account's campaigns.
        number: what tells it from all letters of this ledger; the title's last word is made of it.
        campaign_id: as written down, if it was.
    """
    mark = hmac.digest(desk.ledger.key, number.encode(), hashlib.sha256).hex()[:8]
    title = f"clerk: {name} {mark}"
    campaigns = desk.campaigns
    campaign = campaigns.get(campaign_id) if campaign_id else campaigns.find(title, since)
    if campaign is None:
        # Gone: somebody deleted it, perhaps after it was sent. Never risk a second letter.
        return Dispatch(title, since, campaign, is_out=bool(campaign_id))
    if campaign.is_stopped:
        return Dispatch(title, since, campaign, is_out=True, stopped=campaign.state)
    return Dispatch(title, since, campaign, is_out=campaign.state in GONE_OUT)


def send(
    desk: Desk, letter: Dispatch, words: Words, segment: int, begun: Callable[[str], None]
) -> str:
    """Send a letter that is not out.

    Args:
        begun: writes the campaign's id down, before anything goes out.

    Returns:
        "", or the id of a draft that was not sent, because everybody has left the segment since
        it was filled. It is to be deleted when that is written down, and not before: a campaign
        that is gone counts as sent.
    """
    campaign = letter.campaign or desk.campaigns.create(
        letter.title, words.subject, segment, letter.since
    )
    begun(campaign.id)
    try:
        desk.campaigns.fill(campaign.id, words)
    except FixTheSettings:
        if not desk.audience.is_empty(segment):
            raise
        return campaign.id
    desk.campaigns.send(campaign.id)
    return ""
