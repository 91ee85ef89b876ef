"""The chapter's own mailing-list account.

Reads: each contact's address, state, and what is ours on it. Writes: our merge fields, our tags,
new contacts who asked (DP-4), our segments and our campaigns. Owns: what carries our marks.
"""

from connectors.mailchimp.account import FREE, AccountRead
from connectors.mailchimp.audience import Audience
from connectors.mailchimp.ballot_field import BallotField
from connectors.mailchimp.campaign_answers import CampaignState
from connectors.mailchimp.campaigns import GONE_OUT, UNDER_WAY, Campaigns
from connectors.mailchimp.client import MailchimpClient, exits
from connectors.mailchimp.counted import Census, ContactsRead, Written
from connectors.mailchimp.onlookers import Onlookers
from connectors.mailchimp.payloads import CODE_TAG
from connectors.mailchimp.reports import Reports
from connectors.mailchimp.wire import PAGE

__all__ = [
    "CODE_TAG",
    "FREE",
    "GONE_OUT",
    "PAGE",
    "UNDER_WAY",
    "AccountRead",
    "Audience",
    "BallotField",
    "CampaignState",
    "Campaigns",
    "Census",
    "ContactsRead",
    "MailchimpClient",
    "Onlookers",
    "Reports",
    "Written",
    "exits",
]
