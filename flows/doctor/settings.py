"""What doctor finds in the chapter's own folder: settings, keys, exits, letters."""

import os
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.doctor.bylaws import bylaws_said
from flows.doctor.checks import Look
from flows.mail.near import directory_of, near_examples
from flows.mail.own_emails import own_letters
from flows.scheduler.server import prefect_exit
from models.errors import FixTheSettings
from models.mail.notices import NEAR
from models.privacy import Email

SAMPLES = frozenset({
    "Your Chapter", "https://chapter.example.org", "abc123def4", "hello@chapter.example.org",
    "1AbCdEfGhIjKlMnOpQrStUvWxYz", "1ZyXwVuTsRqPoNmLkJiHgFeDcBa",
})  # fmt: skip
"""What docs/chapter.example.toml holds where each chapter writes its own."""


def at_home(context: ChapterContext) -> Iterator[Look]:
    """What can be checked without asking Google or Mailchimp."""
    yield "names and addresses", lambda: _filled_in(context.chapter)
    yield "bylaws", lambda: bylaws_said(context)
    if "statewide" in context.chapter.kinds_read:
        yield "chapters of the state", lambda: _chapters(context)
    yield "Google credentials", lambda: context.google.account
    yield "Mailchimp key", lambda: _mailchimp_key(context)
    yield "allowed hosts", lambda: _exits(context)
    if context.chapter.emails.folder:
        yield "own email texts", lambda: own_letters(context.chapter)
    for kind in context.chapter.emails.send:
        yield f"email {kind}", partial(_letter, context, kind)


def _filled_in(chapter: Chapter) -> str:
    """What letters and pages say of the chapter, where no service would object to it."""
    mailchimp = chapter.mailchimp
    own = {
        "name": chapter.name,
        "website": chapter.website,
        "[mailchimp] list_id": mailchimp.list_id,
        "[mailchimp] from_name": mailchimp.from_name,
        "[mailchimp] reply_to": mailchimp.reply_to,
    }
    own |= {f"[[workbooks]] {n} id": book.id for n, book in enumerate(chapter.workbooks, 1)}
    own |= {f"[[forms]] {n} id": form.id for n, form in enumerate(chapter.forms, 1)}
    wrong = [f"{key} still has the example value" for key, is_ in own.items() if is_ in SAMPLES]
    if not _is_page(chapter.website):
        wrong.append("website is not a web address")
    try:
        Email.parse(mailchimp.reply_to)
    except ValueError:
        wrong.append("[mailchimp] reply_to is not an email address")
    if wrong:
        raise FixTheSettings(
            "; ".join(wrong),
            where="chapter.toml",
            next_step="enter your chapter's own value; a website starts with https://",
        )
    return f"emails come from {mailchimp.from_name}" + (
        f" and link to {chapter.website}" if chapter.website else ""
    )


def _is_page(website: str) -> bool:
    try:
        parts = urlsplit(website)
    except ValueError:
        return False
    return not website or (parts.scheme in ("http", "https") and bool(parts.hostname))


def _mailchimp_key(context: ChapterContext) -> str:
    context.mailchimp  # noqa: B018 - reads the key, and says if it is none
    return "found; only you can read it"


def _exits(context: ChapterContext) -> str:
    url = os.environ.get("PREFECT_API_URL")
    return "; ".join(map(str, [*context.exits(), *([prefect_exit(url)] if url else [])]))


def _letter(context: ChapterContext, kind: str) -> str:
    facts = near_examples(context) if kind == NEAR else {}
    return f"subject “{context.words(kind, **facts).subject}”"


def _chapters(context: ChapterContext) -> str:
    directory = directory_of(context)
    return f"{len(directory.chapters) if directory else 0} in the list"
