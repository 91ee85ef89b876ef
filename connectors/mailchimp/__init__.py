"""The chapter's own mailing-list account.

Reads: each contact's address, state, and what is ours on it. Writes: our merge fields, our tags,
new contacts who asked (DP-4), our segments and our campaigns. Owns: what carries our marks.

answers           what Mailchimp answers, call by call
payloads          all that is ever written to Mailchimp, each as a type (DP-3)
campaign_answers  what Mailchimp answers about campaigns
refusing          what a refusing answer of Mailchimp's means, and what to do about it
hosts             its one host, which the key names
wire              mailchimp's JSON ↔ our contacts and changes; nothing else parses it
client            the official client behind our door
calls             how everything here asks Mailchimp
account           what stands in the way of a letter before there is one
campaigns         campaigns: find, create, fill, check, send; each of ours exactly once
counted           what the list said when it was read, counted or written
fields            the merge fields of an audience
ballot_field      a merge field with a code for each reader
onlookers         who else is told of the audience
reports           what came of a campaign, reader by reader
segments          segments and tags of ours
audience          the audience: read what is ours on it
"""

from connectors.mailchimp.account import FREE as FREE
from connectors.mailchimp.account import AccountRead as AccountRead
from connectors.mailchimp.audience import Audience as Audience
from connectors.mailchimp.ballot_field import BallotField as BallotField
from connectors.mailchimp.campaign_answers import CampaignState as CampaignState
from connectors.mailchimp.campaigns import GONE_OUT as GONE_OUT
from connectors.mailchimp.campaigns import UNDER_WAY as UNDER_WAY
from connectors.mailchimp.campaigns import Campaigns as Campaigns
from connectors.mailchimp.counted import Census as Census
from connectors.mailchimp.hosts import exits as exits
from connectors.mailchimp.onlookers import Onlookers as Onlookers
from connectors.mailchimp.payloads import CODE_TAG as CODE_TAG
from connectors.mailchimp.payloads import COMMITTEE_TAG as COMMITTEE_TAG
from connectors.mailchimp.payloads import FIELD_OF as FIELD_OF
from connectors.mailchimp.payloads import PROOF_TAG as PROOF_TAG
from connectors.mailchimp.payloads import PROPOSAL_TAG as PROPOSAL_TAG
from connectors.mailchimp.reports import Reports as Reports
from connectors.mailchimp.wire import PAGE as PAGE
