"""What came of a campaign, reader by reader.

Source: the reference of `/reports/{campaign_id}/sent-to`. A campaign that has not gone out has no
report.
"""

from functools import partial
from typing import Any

from connectors.sandbox.mailchimp.ask import Ask, Table, trimmed
from connectors.sandbox.mailchimp.campaign_state import Campaign, Delivered
from connectors.sandbox.mailchimp.campaigns import one
from connectors.sandbox.mailchimp.problems import missing
from connectors.sandbox.mailchimp.sending import audience_of
from connectors.sandbox.mailchimp.state import Member


def _sent_to(ask: Ask) -> Any:
    campaign = one(ask)
    audience = audience_of(ask.state, campaign)
    if audience is None or campaign.status != "sent":
        raise missing()
    readers = [
        (audience.members[name], how)
        for name, how in campaign.sent_to.items()
        if name in audience.members
    ]
    look = trimmed(partial(_reader, campaign))
    return ask.collection("sent_to", readers, look, campaign_id=campaign.id)


def _reader(campaign: Campaign, reader: tuple[Member, Delivered]) -> dict[str, Any]:
    member, how = reader
    return {
        "email_id": member.id,
        "email_address": member.email_address,
        "merge_fields": member.merge_fields,
        "vip": member.vip,
        "status": how,
        "open_count": 0,
        "campaign_id": campaign.id,
        "list_id": campaign.recipients["list_id"],
        "list_is_active": True,
    }


HANDLERS: Table = {"GET /reports/{campaign_id}/sent-to": _sent_to}
