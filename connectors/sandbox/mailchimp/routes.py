"""Mailchimp's Marketing API 3.0 on loopback: every path a roll-keeper or its neighbour would call.

state       what the account remembers; of a campaign `campaign_state`
parts       fields and domains, and what a new account has of them
routes      this file: handlers to routes, below `/mailchimp/3.0`
ask         one request in, one answer out; the key is checked
query       paging, trimming, times
problems    refusals
lists       the account, audiences, the batch upsert
onlookers   webhooks of an audience, applications of the account
members     members, one at a time
contacts    how a member looks, what may become of it
fields      merge fields and the values that fit them
segments    tags and saved segments
conditions  who is in a segment
tags        the tags of one member
campaigns   drafts and their content
actions     the checklist, test, schedule, send
reports     to whom a campaign went, and whose letter bounced
sending     recipients, the checklist, letters going out
letters     merge tags filled in
"""

from collections.abc import Callable
from datetime import datetime

from starlette.routing import Route

from connectors.sandbox.mailchimp import actions as mailchimp_actions
from connectors.sandbox.mailchimp import campaigns as mailchimp_campaigns
from connectors.sandbox.mailchimp import fields as mailchimp_fields
from connectors.sandbox.mailchimp import lists as mailchimp_lists
from connectors.sandbox.mailchimp import members as mailchimp_members
from connectors.sandbox.mailchimp import onlookers as mailchimp_onlookers
from connectors.sandbox.mailchimp import reports as mailchimp_reports
from connectors.sandbox.mailchimp import segments as mailchimp_segments
from connectors.sandbox.mailchimp import tags as mailchimp_tags
from connectors.sandbox.mailchimp.ask import route, strangers
from connectors.sandbox.mailchimp.state import MailchimpState

TABLES = (
    mailchimp_lists.HANDLERS,
    mailchimp_onlookers.HANDLERS,
    mailchimp_members.HANDLERS,
    mailchimp_fields.HANDLERS,
    mailchimp_segments.HANDLERS,
    mailchimp_tags.HANDLERS,
    mailchimp_campaigns.HANDLERS,
    mailchimp_actions.HANDLERS,
    mailchimp_reports.HANDLERS,
)


def routes(state: MailchimpState, now: Callable[[], datetime]) -> list[Route]:
    """The routes over one account, on one clock; what they do not know is 404, or 405."""
    known = [
        route(wanted, handler, state, now) for table in TABLES for wanted, handler in table.items()
    ]
    return [*known, strangers(known, state)]
