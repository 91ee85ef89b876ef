"""One mailing brought to its end: found, filled, begun, sent, settled; never sent a second time.

The one engine for all letters to many. That a mailing was begun stands in the ledger before anybody
comes here; to how many it goes before there is a campaign, the campaign's id as soon as there is
one, and afterwards how it ended.
Killed anywhere in between, the next job comes here again: the campaign is found by its title before
one is made, and one that has gone out is only written down.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from connectors.ledger import Act, Ledger, Mailing, MailingState
from connectors.mailchimp import GONE_OUT, Campaigns
from connectors.mailchimp.campaigns import Campaign
from flows.context import ChapterContext
from models.mail.notices import EmailContent

Fill = Callable[[], tuple[int, int]]
"""Makes a letter's segment ready, if it is to be sent; its id, and how many are in it."""


@dataclass(frozen=True, slots=True)
class Went:
    """How a mailing ended."""

    how: MailingState
    people: int = 0
    """To how many it went, by an earlier job too."""
    word: str = ""
    """Mailchimp's word for how a person stopped it there, or one that is new to us; it is theirs
    from then on."""
    just_now: bool = False
    """Whether this call sent it; else an earlier job had, or nobody did."""


def finish_sending(
    context: ChapterContext,
    mailing: Mailing,
    name: str,
    words: Callable[[], EmailContent],
    fill: Fill,
    act: Callable[[Went], Act | None] = lambda _: None,
) -> Went:
    """Bring an open mailing to its end, wherever it stands.

    Args:
        name: what officers see among the account's campaigns.
        words: asked for once there is somebody to send them to, and not before: the texts of a
            letter that exists no more may be gone.
        act: the line of a vote's record that says how it ended.
    """
    title = f"clerk: {name} {_mark(context.ledger, mailing)}"
    campaign = _find(context.campaigns, mailing, title)
    if campaign and not mailing.campaign_id:
        # Before anything is made of it: what it carries is looked for by its id from here on.
        context.ledger.mailings.set_campaign(mailing.id, campaign.id)
    if went := _is_out(mailing, campaign):
        _settle(context, mailing, went, act)
        return went
    segment, people = fill()
    if people:
        text = words()
        # Once it is made anybody can send it by hand: then this is to how many.
        context.ledger.mailings.set_people(mailing.id, people)
        if campaign is None:
            # Of who opened a link with a code nobody learns from us, whatever is set (DP-8).
            tracked = context.chapter.emails.tracking and not mailing.never_tracked
            campaign = context.campaigns.create(
                title, text.subject, segment, _since(mailing), tracked=tracked
            )
            context.ledger.mailings.set_campaign(mailing.id, campaign.id)
        context.campaigns.fill(campaign.id, text)
        context.campaigns.make_sure(campaign.id, segment, people, context.now())
        context.campaigns.send(campaign.id)
        # Whom Mailchimp holds back is missing in the end, and told as missing (EN-R13).
        went = Went(MailingState.SENT, people, just_now=True)
        _settle(context, mailing, went, act)
        return went
    _settle(context, mailing, went := Went(MailingState.VOID), act)
    if campaign:  # a draft of nobody's, and not before: a campaign that is gone counts as sent
        context.campaigns.delete(campaign.id)
    return went


def segment_of(mailing: Mailing) -> str:
    """The segment of one letter of a night, and of no other."""
    return f"clerk: letter {mailing.mark}"


def _settle(
    context: ChapterContext, mailing: Mailing, went: Went, act: Callable[[Went], Act | None]
) -> None:
    """The one place where a mailing is known to be over; its campaign is to be looked at from here.

    Its campaign's id is on record by then, wherever there was one.
    """
    context.ledger.mailings.settle(mailing.id, went.how, context.now(), went.people, act(went))


def _mark(ledger: Ledger, mailing: Mailing) -> str:
    """The title's last word: only this ledger can have made it."""
    return hmac.digest(ledger.key, mailing.mark.encode(), hashlib.sha256).hex()[:8]


def _since(mailing: Mailing) -> str:
    """RFC 3339; the campaign was not made before, whatever the two clocks say.

    There is one of a name for ever, and of a vote's: a ledger restored from before it knows nothing
    of it.
    """
    if mailing.is_named or mailing.election:
        return "2000-01-01T00:00:00+00:00"
    return f"{mailing.day - timedelta(days=2)}T00:00:00+00:00"


def _find(campaigns: Campaigns, mailing: Mailing, title: str) -> Campaign | None:
    if mailing.campaign_id:
        return campaigns.get(mailing.campaign_id)
    return campaigns.find(title, _since(mailing))


def _is_out(mailing: Mailing, campaign: Campaign | None) -> Went | None:
    """How it ended without us; None if it is to be sent."""
    if campaign is None:
        # Gone: somebody deleted it, perhaps after it was sent. Never risk a second letter.
        return Went(MailingState.SENT, mailing.people) if mailing.campaign_id else None
    if campaign.is_stopped:
        return Went(MailingState.STOPPED, word=campaign.state)
    if campaign.state in GONE_OUT:
        return Went(MailingState.SENT, mailing.people)
    return None
