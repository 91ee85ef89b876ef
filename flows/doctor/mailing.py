"""What doctor finds at Mailchimp: all that would stop the first letter, before there is one."""

from collections.abc import Iterator

from connectors.mailchimp import CODE_TAG, COMMITTEE_TAG, FREE
from connectors.mailchimp.ballot_field import LABELS
from flows.committee.seats import is_kept
from flows.context import ChapterContext
from flows.doctor.checks import Look
from flows.doctor.settings import SAMPLES
from flows.nightly.mirror import NOT_SHOWN
from models.errors import FixTheSettings

_MAY_SEND_NOTHING = ("viewer", "author")
"""Roles of Mailchimp's that may not change an audience or send a letter."""


def at_mailchimp(context: ChapterContext) -> Iterator[Look]:
    """What the letters and the voting members' marks need there."""
    yield "Mailchimp account", lambda: account(context)
    yield "Mailchimp audience", lambda: _audience(context)
    yield "email sender", lambda: sender(context)
    yield "postal address in emails", lambda: postal_address(context)
    yield "merge fields", lambda: _merge_fields(context)


def account(context: ChapterContext) -> str:
    """Whether the key opens the account, and may change the audience.

    Raises:
        FixTheSettings: it may not.
    """
    held = context.account.account()
    if held.role in _MAY_SEND_NOTHING:
        raise FixTheSettings(
            f"the API key belongs to a user with the role “{held.role}”, which cannot change "
            "the audience or send email",
            where="chapter.toml [mailchimp] key_file",
            next_step="create a key as the account's owner, an admin, or a manager: Account, "
            "Extras, API keys",
        )
    if held.pricing_plan_type == FREE:
        return (
            "on the free plan: few contacts, and 24 test emails a day, including the officers' "
            "news and the tellers' report"
        )
    return "the key can change the audience and send email"


def _audience(context: ChapterContext) -> str:
    settings = context.account.settings()
    said = f"audience “{settings.name}”"
    if settings.double_optin:
        said += (
            "; double opt-in is on: Mailchimp asks people who sign up with its own form to "
            "confirm; people who use the chapter's form are added at once"
        )
    if (more := context.ledger.note(NOT_SHOWN)) and more != "0":
        said += (
            f"; Mailchimp counts {more} contacts more than it shows, and does not show who they are"
        )
    return said


def sender(context: ChapterContext) -> str:
    """Whether emails can come from the chapter's address.

    Raises:
        FixTheSettings: its domain is not verified.
    """
    at, domain = context.chapter.mailchimp.reply_to.casefold().partition("@")[1:]
    if not at or context.chapter.mailchimp.reply_to in SAMPLES:
        return "checked when reply_to is the chapter's own address"
    known = context.account.domains().get(domain)
    if known is None or not known.verified:
        raise FixTheSettings(
            f"the domain {domain} is not verified in Mailchimp, so it cannot send email",
            where="chapter.toml [mailchimp] reply_to",
            next_step="verify it in Mailchimp: Account, Domains; or use an address of a verified "
            "domain",
        )
    if not known.authenticated:
        return (
            f"{domain} is verified but not authenticated: large email providers might reject the "
            "emails (in Mailchimp: Account, Domains, Start authentication)"
        )
    return f"{domain} is verified and authenticated"


def postal_address(context: ChapterContext) -> str:
    """Whether the audience has the address that stands below each email.

    Raises:
        FixTheSettings: a part of it is missing.
    """
    if lacks := context.account.settings().lacks:
        raise FixTheSettings(
            "every email shows the chapter's postal address, and the audience's address lacks "
            f"the {' and the '.join(lacks)}",
            where="Mailchimp, Audience, Settings, Audience name and defaults",
            next_step="fill in the contact information in Mailchimp",
        )
    return "filled in"


def _merge_fields(context: ChapterContext) -> str:
    """Of the nights and of the votes: a field that cannot be made must not be found out then."""
    votes = (CODE_TAG, *((COMMITTEE_TAG,) if is_kept(context) else ()))
    ours = {**context.chapter.mailchimp.marks.fields, **{tag: LABELS[tag] for tag in votes}}
    missing = context.audience.missing_fields(ours)
    held = context.audience.merge_fields()
    required = [tag for tag, field in held.items() if field.required and tag not in ours]
    said = f"{', '.join(missing)} will be created when first needed" if missing else "all exist"
    if required:
        said += f"; required in Mailchimp, but left empty by the program: {', '.join(required)}"
    return said
