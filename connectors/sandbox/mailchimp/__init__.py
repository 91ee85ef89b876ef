"""Mailchimp on loopback: lists, contacts, segments, campaigns.

campaign_state  what the sandbox's Mailchimp remembers of one campaign
letters         letters as they reach a mailbox
parts           small parts of the sandbox's Mailchimp account
problems        what Mailchimp says when it will not
query           the query of a request: paging, trimming, flags and times
state           what the sandbox's Mailchimp remembers
conditions      who is in a segment
sending         from a campaign to letters
ask             from a request to a handler and back
campaigns       campaigns as drafts: made, read, changed, written, deleted
actions         what becomes of a campaign
fields          merge fields: the columns of an audience, and which values fit them
contacts        a member: how it looks to a client, and what may become of it
lists           the account, its domains, its audiences, and the batch upsert
members         the routes of members, one at a time
onlookers       who else is told of an audience
reports         what came of a campaign, reader by reader
segments        segments and tags
tags            the tags of one member, and the search for tags by name
routes          mailchimp's Marketing API 3.0 on loopback
"""
