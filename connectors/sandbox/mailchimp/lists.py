"""The account, its domains, its audiences, and the batch upsert.

Sources: the reference of `/`, `/verified-domains`, `/lists` and `POST /lists/{list_id}` (500
members; errors are listed in a 200; `sync_tags` replaces a member's tags by the request's, and a
batch has none).
"""

from collections import Counter
from functools import partial
from typing import Any

from connectors.sandbox.mailchimp.ask import Ask, Table, trimmed
from connectors.sandbox.mailchimp.contacts import SHOWN, ContactIn, added, changed, look
from connectors.sandbox.mailchimp.problems import Body, Problem, unfit
from connectors.sandbox.mailchimp.query import flag, present, said
from connectors.sandbox.mailchimp.state import Audience, MailchimpState, Member, subscriber_hash

MOST_MEMBERS = 500


class BatchMember(ContactIn):
    """One item of a batch; `status_if_new` and `tags` are not known there."""

    email_address: str


class BatchIn(Body):
    members: list[BatchMember]
    update_existing: bool = False
    sync_tags: bool = False


def _ping(ask: Ask) -> Any:
    return {"health_status": "Everything's Chimpy!"}


def _root(ask: Ask) -> Any:
    state = ask.state
    statuses = (m.status for a in state.lists.values() for m in a.members.values())
    return ask.single({
        "account_id": "8d3a3db4d97663a9074efcc16",
        "login_id": "sandbox",
        "account_name": state.account_name,
        "email": "clerk@example.org",
        "first_name": "Sandbox",
        "last_name": "Clerk",
        "username": "sandbox",
        "role": state.role,
        "account_timezone": "America/New_York",
        "pricing_plan_type": state.plan,
        "pro_enabled": False,
        "total_subscribers": Counter(statuses)["subscribed"],
    })  # fmt: skip


def _domains(ask: Ask) -> Any:
    """No paging and no trimming: the reference knows no parameter."""
    told = [
        {
            "domain": name,
            "verified": domain.verified,
            "authenticated": domain.authenticated,
            "verification_email": f"hello@{name}",
            "verification_sent": "2020-01-01T00:00:00+00:00",
        }
        for name, domain in ask.state.domains.items()
    ]
    return {"domains": told, "total_items": len(told)}


def _shown(state: MailchimpState, audience: Audience, *, total: bool) -> dict[str, Any]:
    count = Counter(member.status for member in audience.members.values())
    campaigns = (c for c in state.campaigns.values() if c.recipients.get("list_id") == audience.id)
    sent = [c.send_time for c in campaigns if c.status == "sent" and c.send_time]
    stats = {
        "member_count": count["subscribed"],
        "unsubscribe_count": count["unsubscribed"],
        "cleaned_count": count["cleaned"],
        "member_count_since_send": 0,
        "unsubscribe_count_since_send": 0,
        "cleaned_count_since_send": 0,
        "campaign_count": len(sent),
        "campaign_last_sent": said(max(sent, default=None)),
        "merge_field_count": len(audience.fields),
        "avg_sub_rate": 0,
        "avg_unsub_rate": 0,
        "target_sub_rate": 0,
        "open_rate": 0,
        "click_rate": 0,
    }
    return {
        "id": audience.id,
        "web_id": audience.web_id,
        "name": audience.name,
        "contact": audience.contact,
        "permission_reminder": "You asked for the chapter's mail.",
        "use_archive_bar": False,
        "campaign_defaults": {
            "from_name": audience.name,
            "from_email": "clerk@example.org",
            "subject": "",
            "language": "en",
        },
        "notify_on_subscribe": "",
        "notify_on_unsubscribe": "",
        "date_created": said(audience.date_created),
        "list_rating": 0,
        "email_type_option": False,
        "visibility": "prv",
        "double_optin": audience.double_optin,
        "has_welcome": False,
        "marketing_permissions": False,
        "modules": [],
        "stats": present(stats) | ({"total_contacts": count.total()} if total else {}),
    }


def _all(ask: Ask) -> Any:
    state, total = ask.state, flag(ask.query, "include_total_contacts")
    found = list(state.lists.values())
    rights = {"may_create": False, "max_instances": 1, "current_total_instances": len(found)}
    show = trimmed(partial(_shown, state, total=total))
    return ask.collection("lists", found, show, constraints=rights)


def _get(ask: Ask) -> Any:
    total = flag(ask.query, "include_total_contacts")
    return ask.single(_shown(ask.state, ask.audience, total=total))


def _batch(ask: Ask) -> Any:
    audience, body = ask.audience, ask.body(BatchIn)
    if len(body.members) > MOST_MEMBERS:
        raise unfit("members", f"May have at most {MOST_MEMBERS} elements")
    seen: set[str] = set()
    new: list[Member] = []
    updated: list[Member] = []
    errors: list[dict[str, str]] = []
    for place, item in enumerate(body.members):
        name = subscriber_hash(item.email_address)
        if name in seen and flag(ask.query, "skip_duplicate_check"):
            continue
        known = name in audience.members
        try:
            if ask.partial_errors and place == 0:
                raise _Item("We were unable to process this contact.")
            if name in seen:
                raise _Item("Duplicate items found for this email address.")
            (updated if known else new).append(_upserted(ask, name, item, body.update_existing))
        except Problem as problem:
            errors.append(_error(item.email_address, problem))
        seen.add(name)
    if body.sync_tags:
        for member in (*new, *updated):
            for segment in audience.tags(member):
                del segment.members[member.id]
    return {
        "new_members": list(map(look(audience, SHOWN), new)),
        "updated_members": list(map(look(audience, SHOWN), updated)),
        "errors": errors,
        "total_created": len(new),
        "total_updated": len(updated),
        "error_count": len(errors),
        "_links": ask.links,
    }


class _Item(Problem):
    """One item of a batch is refused."""

    def __init__(self, detail: str) -> None:
        super().__init__(400, "Invalid Resource", detail)


def _upserted(ask: Ask, name: str, item: BatchMember, update: bool) -> Member:
    audience, lax = ask.audience, flag(ask.query, "skip_merge_validation")
    member = audience.members.get(name)
    if member is None:
        if item.status is None:
            raise _Item("A status is required to add a new contact.")
        return added(audience, item.email_address, item.status, item, ask.now, lax=lax)
    if not update and audience.readds_archived and member.status == "archived":
        del audience.members[name]
        return _upserted(ask, name, item, update)
    if not update:
        detail = (
            f"{item.email_address} is already a list member, do you want to update?"
            " please provide update_existing:true in the request body"
        )
        raise Problem(400, "Member Exists", detail)
    changed(audience, member, item.status, item, ask.now, lax=lax)
    return member


def _error(address: str, problem: Problem) -> dict[str, str]:
    code = "ERROR_CONTACT_EXISTS" if problem.title == "Member Exists" else "ERROR_GENERIC"
    first = problem.errors[0] if problem.errors else {"field": "", "message": ""}
    return {"email_address": address, "error": problem.detail, "error_code": code,
            "field": first["field"], "field_message": first["message"]}  # fmt: skip


HANDLERS: Table = {
    "GET /ping": _ping,
    "GET /": _root,
    "GET /verified-domains": _domains,
    "GET /lists": _all,
    "GET /lists/{list_id}": _get,
    "POST /lists/{list_id}": _batch,
}
