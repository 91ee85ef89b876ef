"""Campaigns as drafts: made, read, changed, written, deleted. What becomes of them: `actions`.

Source: the reference of `/campaigns`. There is no idempotency key: two equal requests make two.
"""

from functools import partial
from hashlib import md5
from typing import Any, Literal

from pydantic import Field

from connectors.sandbox.mailchimp.ask import Ask, Table, trimmed
from connectors.sandbox.mailchimp.campaign_state import Campaign
from connectors.sandbox.mailchimp.conditions import matching
from connectors.sandbox.mailchimp.problems import Body, bad, missing, unfit
from connectors.sandbox.mailchimp.query import choice, moment, present, said
from connectors.sandbox.mailchimp.sending import HERE, audience_of, drafted, plain, recipients

TYPES = ("regular", "plaintext", "absplit", "rss", "variate")
STATUSES = ("save", "paused", "schedule", "sending", "sent", "canceled", "canceling", "archived")
LONGEST_SUBJECT = 150


class SegmentOptions(Body):
    saved_segment_id: int | None = None
    match: Literal["any", "all"] | None = None
    conditions: list[dict[str, Any]] | None = None


class Recipients(Body):
    list_id: str
    segment_opts: SegmentOptions | None = None


class Settings(Body):
    subject_line: str | None = None
    preview_text: str | None = None
    title: str | None = None
    from_name: str | None = None
    reply_to: str | None = None
    to_name: str | None = None
    authenticate: bool | None = None
    auto_footer: bool | None = None
    inline_css: bool | None = None


class CampaignIn(Body):
    type: Literal["regular", "plaintext", "absplit", "rss", "variate"]
    recipients: Recipients | None = None
    settings: Settings = Settings()
    tracking: dict[str, Any] = Field(default_factory=dict)


class CampaignChange(Body):
    recipients: Recipients | None = None
    settings: Settings = Settings()
    tracking: dict[str, Any] = Field(default_factory=dict)


class Content(Body):
    html: str | None = None
    plain_text: str | None = None


def _shown(ask: Ask, campaign: Campaign) -> dict[str, Any]:
    audience = audience_of(ask.state, campaign)
    to = {
        "list_id": campaign.recipients.get("list_id", ""),
        "list_is_active": audience is not None,
        "list_name": audience.name if audience else "",
        "segment_text": "",
        "recipient_count": campaign.emails_sent or len(recipients(ask.state, campaign)),
    }
    if "segment_opts" in campaign.recipients:
        to["segment_opts"] = campaign.recipients["segment_opts"]
    told = {
        "id": campaign.id,
        "web_id": campaign.web_id,
        "type": campaign.type,
        "create_time": said(campaign.create_time),
        "archive_url": f"{HERE}/archive/{campaign.id}",
        "long_archive_url": f"{HERE}/archive/{campaign.id}",
        "status": campaign.status,
        "emails_sent": campaign.emails_sent,
        "send_time": said(campaign.send_time),
        "content_type": "html",
        "needs_block_refresh": False,
        "resendable": False,
        "recipients": to,
        "settings": DEFAULTS | campaign.settings,
        "tracking": TRACKING | campaign.tracking,
        "delivery_status": _delivery(campaign),
    }
    return present(told)


def _delivery(campaign: Campaign) -> dict[str, Any]:
    states = {"sending": "delivering", "sent": "delivered", "canceled": "canceled"}
    status = states.get(campaign.status)
    if status is None:
        return {"enabled": False}
    sent = campaign.emails_sent
    return {"enabled": True, "can_cancel": False, "status": status, "emails_sent": sent,
            "emails_canceled": 0}  # fmt: skip


DEFAULTS = {"subject_line": "", "title": "", "from_name": "", "reply_to": "", "to_name": "",
            "use_conversation": False, "folder_id": "", "authenticate": True, "auto_footer": False,
            "inline_css": False, "auto_tweet": False, "fb_comments": True, "timewarp": False,
            "template_id": 0, "drag_and_drop": False}  # fmt: skip
TRACKING = {"opens": True, "html_clicks": True, "text_clicks": False, "goal_tracking": False,
            "ecomm360": False, "google_analytics": "", "clicktale": ""}  # fmt: skip


def one(ask: Ask) -> Campaign:
    try:
        return ask.state.campaigns[ask.path["campaign_id"]]
    except KeyError:
        raise missing() from None


def _draft(ask: Ask) -> Campaign:
    """The campaign, if it may still be edited."""
    campaign = one(ask)
    if campaign.status not in ("save", "paused"):
        raise bad(f"Cannot update a campaign whose status is {campaign.status}.")
    return campaign


def _all(ask: Ask) -> Any:
    """Newest first, unless the query says otherwise."""
    query = ask.query
    status, kind = choice(query, "status", STATUSES), choice(query, "type", TYPES)
    found = list(ask.state.campaigns.values())[::-1]
    for key, value in (("status", status), ("type", kind)):
        found = [c for c in found if value in (None, getattr(c, key))]
    if list_id := query.get("list_id"):
        found = [c for c in found if c.recipients.get("list_id") == list_id]
    for what in ("create_time", "send_time"):
        if edge := moment(query, f"since_{what}"):
            found = [c for c in found if (at := getattr(c, what)) and at > edge]
        if edge := moment(query, f"before_{what}"):
            found = [c for c in found if (at := getattr(c, what)) and at < edge]
    if by := choice(query, "sort_field", ("create_time", "send_time")):
        down = choice(query, "sort_dir", ("ASC", "DESC")) == "DESC"
        found.sort(key=lambda campaign: said(getattr(campaign, by)) or "", reverse=down)
    return ask.collection("campaigns", found, trimmed(partial(_shown, ask)))


def _get(ask: Ask) -> Any:
    return ask.single(_shown(ask, one(ask)))


def _create(ask: Ask) -> Any:
    body, number = ask.body(CampaignIn), ask.state.next()
    name = md5(f"campaign {number}".encode(), usedforsecurity=False).hexdigest()[:10]
    campaign = Campaign(name, 7_000_000 + number, body.type, ask.now, tracking=body.tracking)
    _take(ask, campaign, body)
    ask.state.campaigns[name] = campaign
    return _shown(ask, campaign)


def _change(ask: Ask) -> Any:
    campaign, body = _draft(ask), ask.body(CampaignChange)
    campaign.tracking |= body.tracking
    _take(ask, campaign, body)
    return _shown(ask, campaign)


def _take(ask: Ask, campaign: Campaign, body: CampaignIn | CampaignChange) -> None:
    settings = {key: value for key, value in body.settings.given().items() if value is not None}
    if len(settings.get("subject_line", "")) > LONGEST_SUBJECT:
        raise unfit("settings.subject_line", f"Must be at most {LONGEST_SUBJECT} characters long")
    if body.recipients:
        audience = ask.state.lists.get(body.recipients.list_id)
        if audience is None:
            raise unfit("recipients.list_id", "The audience does not exist.")
        chosen = body.recipients.segment_opts or SegmentOptions()
        matching(audience, chosen.given())
        if chosen.saved_segment_id and chosen.saved_segment_id not in audience.segments:
            raise unfit("recipients.segment_opts.saved_segment_id", "No such segment.")
        campaign.recipients = body.recipients.model_dump(exclude_none=True)
        if ask.state.drops_segments:
            campaign.recipients.pop("segment_opts", None)
    campaign.settings |= settings


def _delete(ask: Ask) -> None:
    campaign = one(ask)
    if campaign.status in ("schedule", "sending"):
        raise bad(f"Cannot delete a campaign whose status is {campaign.status}.")
    del ask.state.campaigns[campaign.id]


def _content(ask: Ask) -> Any:
    return ask.single(_words(one(ask)))


def _words(campaign: Campaign) -> dict[str, Any]:
    draft = drafted(campaign)
    return {"plain_text": draft.text, "html": draft.html, "archive_html": draft.html}


def _set_content(ask: Ask) -> Any:
    campaign, body = _draft(ask), ask.body(Content)
    if body.html is None and body.plain_text is None:
        raise unfit("", "Provide html or plain_text; the sandbox knows no other content.")
    if body.html is not None:
        campaign.html, campaign.plain_text = body.html, plain(body.html)
    if body.plain_text is not None:
        campaign.plain_text = body.plain_text
    return _words(campaign) | {"_links": ask.links}


HANDLERS: Table = {
    "GET /campaigns": _all,
    "POST /campaigns": _create,
    "GET /campaigns/{campaign_id}": _get,
    "PATCH /campaigns/{campaign_id}": _change,
    "DELETE /campaigns/{campaign_id}": _delete,
    "GET /campaigns/{campaign_id}/content": _content,
    "PUT /campaigns/{campaign_id}/content": _set_content,
}
