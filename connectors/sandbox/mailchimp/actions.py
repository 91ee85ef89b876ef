"""What becomes of a campaign: checked, tested, scheduled or sent, and never sent twice.

Sources: the reference of `/campaigns/{campaign_id}/actions`; real answers quoted in
github.com/drewm/mailchimp-api#209 ("not ready") and amro/gibbon#243 ("cannot be scheduled").
"""

from typing import Any, Literal

from connectors.sandbox.mailchimp.ask import Ask, Table
from connectors.sandbox.mailchimp.campaigns import one
from connectors.sandbox.mailchimp.letters import Draft, Letter
from connectors.sandbox.mailchimp.problems import Body, Problem, bad, unfit
from connectors.sandbox.mailchimp.query import parsed
from connectors.sandbox.mailchimp.sending import checklist, drafted, ready, send

QUARTERS = (0, 15, 30, 45)


class Test(Body):
    test_emails: list[str]
    send_type: Literal["html", "plaintext"]


class Schedule(Body):
    schedule_time: str


def _checklist(ask: Ask) -> Any:
    campaign = one(ask)
    is_ready, items = ready(ask.state, campaign), checklist(ask.state, campaign)
    return ask.single({"is_ready": is_ready, "items": items})


def _test(ask: Ask) -> None:
    campaign, body = one(ask), ask.body(Test)
    draft = drafted(campaign)
    if not draft.text:
        raise bad("Your Campaign has no content to test.")
    if not body.test_emails:
        raise unfit("test_emails", "Provide at least one address.")
    sent = draft if body.send_type == "html" else Draft(draft.subject, "", draft.text)
    title = campaign.settings.get("title", "")
    for address in body.test_emails:
        ask.state.test_outbox.append(Letter(campaign.id, title, address, ask.now, sent))


def _send(ask: Ask) -> None:
    campaign = one(ask)
    if campaign.status in ("sending", "sent"):
        raise bad("Cannot send a campaign that has already been sent.")
    if campaign.status == "schedule":
        raise bad("Cannot send a campaign that is scheduled; unschedule it first.")
    if campaign.status not in ("save", "paused") or campaign.review:
        raise bad(f"Cannot send a campaign whose status is {campaign.status}.")
    if not ready(ask.state, campaign):
        raise bad("Your Campaign is not ready to send. recipients not ready")
    send(ask.state, campaign, ask.now)


def _schedule(ask: Ask) -> None:
    campaign, at = one(ask), parsed(ask.body(Schedule).schedule_time, "schedule_time")
    if campaign.status not in ("save", "paused") or not ready(ask.state, campaign):
        raise bad("This campaign cannot be scheduled: .")
    if at <= ask.now:
        raise bad("The schedule time must be in the future.")
    if at.minute not in QUARTERS or at.second or at.microsecond:
        raise bad(
            "Campaigns may only be scheduled to send on the quarter-hour (:00, :15, :30, :45)."
        )
    campaign.status, campaign.send_time = "schedule", at


def _unschedule(ask: Ask) -> None:
    campaign = one(ask)
    if campaign.status != "schedule":
        raise bad("This campaign is not scheduled.")
    campaign.status, campaign.send_time = "save", None


def _cancel(ask: Ask) -> None:
    one(ask)
    raise Problem(403, "Forbidden", "Your plan does not include canceling a campaign.")


def _pause(ask: Ask) -> None:
    one(ask)
    raise bad("Only RSS campaigns can be paused or resumed.")


HANDLERS: Table = {
    "GET /campaigns/{campaign_id}/send-checklist": _checklist,
    "POST /campaigns/{campaign_id}/actions/test": _test,
    "POST /campaigns/{campaign_id}/actions/send": _send,
    "POST /campaigns/{campaign_id}/actions/schedule": _schedule,
    "POST /campaigns/{campaign_id}/actions/unschedule": _unschedule,
    "POST /campaigns/{campaign_id}/actions/cancel-send": _cancel,
    "POST /campaigns/{campaign_id}/actions/pause": _pause,
    "POST /campaigns/{campaign_id}/actions/resume": _pause,
}
