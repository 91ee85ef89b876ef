"""From a campaign to letters: who gets it, whether it is ready, and what goes out.

Source: the reference of `/campaigns/{campaign_id}/send-checklist` and `…/actions/send`. Letters lie
in the outbox from the moment of sending; the campaign stays `sending` for `state.delivery`. Under a
review it has sent nothing until that ends.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from connectors.sandbox.mailchimp.campaign_state import Campaign
from connectors.sandbox.mailchimp.conditions import matching, people
from connectors.sandbox.mailchimp.letters import Draft, Letter
from connectors.sandbox.mailchimp.state import Audience, MailchimpState, Member

LEAVE = "*|UNSUB"
POSTAL = ("*|LIST:ADDRESS", "*|LIST_ADDRESS", "*|HTML:LIST_ADDRESS_HTML", "*|HTML:LIST:ADDRESS")
HERE = "https://sandbox.example.org"


def audience_of(state: MailchimpState, campaign: Campaign) -> Audience | None:
    """The audience a campaign goes to, if it still exists."""
    return state.lists.get(campaign.recipients.get("list_id", ""))


def recipients(state: MailchimpState, campaign: Campaign) -> list[Member]:
    """The subscribed members of the campaign's audience, or of its segment."""
    audience = audience_of(state, campaign)
    if audience is None:
        return []
    options = campaign.recipients.get("segment_opts") or {}
    found = matching(audience, options)
    if saved := options.get("saved_segment_id"):
        segment = audience.segments.get(saved)
        settled = segment and not segment.settles_at
        inside = {m.id for m in people(audience, segment)} if segment and settled else set()
        found = [member for member in found if member.id in inside]
    held_back = state.withheld
    return [m for m in found if m.status == "subscribed" and m.id not in held_back]


def checklist(state: MailchimpState, campaign: Campaign) -> list[dict[str, Any]]:
    """What must hold before a campaign may go, each item `success` or `error`."""
    told = []
    for number, (heading, holds, fault) in enumerate(_demands(state, campaign), 500):
        details = "All good." if holds else fault
        kind = "success" if holds else "error"
        told.append({"type": kind, "id": number, "heading": heading, "details": details})
    return told


def _demands(state: MailchimpState, campaign: Campaign) -> Iterator[tuple[str, bool, str]]:
    settings, audience = campaign.settings, audience_of(state, campaign)
    parts = [part for part in (campaign.html, campaign.plain_text) if part]
    street = audience.contact.get("address1", "") if audience else ""
    postal = (*POSTAL, street) if street else POSTAL
    yield "List", audience is not None, "Choose an audience to send to."
    yield "Recipients", bool(recipients(state, campaign)), "Your advanced segment is empty."
    yield "Subject line", bool(settings.get("subject_line")), "Your campaign has no subject line."
    yield "From name", bool(settings.get("from_name")), "Your campaign has no From name."
    domain = state.domains.get(settings.get("reply_to", "").rpartition("@")[2].lower())
    verified = domain is not None and domain.verified
    yield "Replies", verified, "Verify the domain of your From address."
    yield "Content", bool(parts), "Design an email for your campaign."
    leave = all(LEAVE in part for part in parts)
    yield "Unsubscribe link", leave, "Your campaign lacks an unsubscribe link."
    found = all(any(mark in part for mark in postal) for part in parts)
    yield "Postal address", found and bool(street), "Your campaign lacks a postal address."


def ready(state: MailchimpState, campaign: Campaign) -> bool:
    """Whether nothing on the checklist stands in the way."""
    return all(item["type"] == "success" for item in checklist(state, campaign))


def send(state: MailchimpState, campaign: Campaign, at: datetime) -> None:
    """Accept a campaign: it is `sending` from now on, and goes out at once if nobody reviews it."""
    if audience_of(state, campaign) is None:
        return
    campaign.status, campaign.send_time = "sending", at
    campaign.review = list(state.review)
    if not campaign.review:
        _deliver(state, campaign, at)


def _deliver(state: MailchimpState, campaign: Campaign, at: datetime) -> None:
    """Put one letter a recipient into the outbox, and none of what bounces."""
    audience, draft = audience_of(state, campaign), drafted(campaign)
    assert audience is not None  # noqa: S101 - one without was not accepted
    for member in recipients(state, campaign):
        if member.id in state.omitted:
            continue
        how = campaign.sent_to[member.id] = state.bounces.get(member.id, "sent")
        if how == "sent":
            state.outbox.append(letter(audience, campaign, draft, member, at))
        elif how == "hard":
            member.status, member.sealed, member.last_changed = "cleaned", True, at
    campaign.emails_sent = len(campaign.sent_to)


def _review(state: MailchimpState, campaign: Campaign, now: datetime) -> None:
    """Take the steps of a review that are due; the letters of one that ends well go out then."""
    while (
        campaign.review and campaign.send_time and campaign.send_time + campaign.review[0][0] <= now
    ):
        after, campaign.status = campaign.review.pop(0)
        if campaign.status == "sent":
            _deliver(state, campaign, campaign.send_time + after)


def tick(state: MailchimpState, now: datetime) -> None:
    """Let time pass: what is due goes out, what is on its way arrives. Each request does this."""
    for audience in state.lists.values():
        for segment in audience.segments.values():
            if segment.settles_at and segment.settles_at <= now:
                segment.settles_at = None
    for campaign in state.campaigns.values():
        due = campaign.send_time
        if campaign.status == "schedule" and due and due <= now:
            if ready(state, campaign):
                send(state, campaign, due)
            else:
                campaign.status = "paused"
        _review(state, campaign, now)
        goes = campaign.status == "sending" and not campaign.review
        begun = campaign.send_time if goes else None
        if begun and begun + state.delivery <= now:
            campaign.status = "sent"


def drafted(campaign: Campaign) -> Draft:
    """The campaign's words; without a plain text, the one Mailchimp makes of the HTML."""
    text = campaign.plain_text or plain(campaign.html)
    return Draft(campaign.settings.get("subject_line", ""), campaign.html, text)


def letter(audience: Audience, campaign: Campaign, draft: Draft, member: Member,
           at: datetime) -> Letter:  # fmt: skip
    """The letter to one member."""
    contact = audience.contact
    where = (contact.get(part, "") for part in ("company", "address1", "city", "state", "zip"))
    postal = ", ".join(part for part in where if part)
    values = {f.tag: str(member.merge_fields.get(f.tag, "") or f.default_value)
              for f in audience.fields.values()}  # fmt: skip
    values |= {
        "EMAIL": member.email_address,
        "UNIQID": member.id[:10],
        "UNSUB": f"{HERE}/unsubscribe?u={member.id}&c={campaign.id}",
        "UPDATE_PROFILE": f"{HERE}/profile?u={member.id}",
        "ARCHIVE": f"{HERE}/archive/{campaign.id}",
        "LIST:NAME": audience.name,
        "LIST:COMPANY": contact.get("company", ""),
        "LIST:ADDRESS": postal,
        "LIST_ADDRESS": postal,
        "LIST_ADDRESS_HTML": postal,
        "MC:SUBJECT": draft.subject,
        "CURRENT_YEAR": str(at.year),
    }
    title = campaign.settings.get("title", "")
    return Letter(campaign.id, title, member.email_address, at, draft, values)


def plain(markup: str) -> str:
    """HTML as text: links keep their address, blocks become lines."""
    linked = re.sub(r'(?is)<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', r"\2 (\1)", markup)
    body = re.sub(r"(?is)<(style|head|title)\b.*?</\1>", "", linked)
    lines = re.sub(r"(?i)<(br|/p|/div|/h\d|/tr|/li)\b[^>]*>", "\n", body)
    bare = re.sub(r"<[^>]+>", "", lines)
    return "\n".join(line.strip() for line in bare.splitlines() if line.strip())
