"""Where the keys are, and who else has them: paths, and nothing of what is in them."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from connectors.ledger import exit_of
from connectors.settings import Chapter
from connectors.settings.files import default_credentials
from flows.context import ChapterContext
from flows.handover.items import Item, item
from models.text.formats import amount

SECTION = "Where the keys are"
_HAND_OVER = (
    "copy it to the new computer in person or by an encrypted way, never by email or chat, and "
    "delete it on the old one"
)


def keys(context: ChapterContext) -> Iterator[Item]:
    """The chapter's folder, its ledger and each of its secrets."""
    chapter = context.chapter
    yield item(SECTION, "the chapter's folder", f"{chapter.folder}", _HAND_OVER)
    yield item(SECTION, "the ledger", _ledger(chapter), "it goes with the folder, or as a backup")
    yield item(
        SECTION,
        "Google's key",
        partial(_there, _google(chapter), chapter.google_credentials),
        "the project is in the Google account in which the key was made: make sure that the next "
        "volunteer can sign in there",
    )
    yield item(SECTION, "Mailchimp's key", partial(_mailchimp_key, chapter), _HAND_OVER)
    yield item(SECTION, "Mailchimp's account", partial(_account, context), _MAILCHIMP)
    if chapter.ledger_key or chapter.ledger_key_file:
        said = "from the environment, CLERK_LEDGER_KEY"
        if not chapter.ledger_key and chapter.ledger_key_file:
            said = f"{chapter.path(chapter.ledger_key_file)}"
        yield item(
            SECTION,
            "the ledger's key",
            partial(_there, said, chapter.ledger_secret),
            "without it, no one can read the ledger or a backup: keep a copy in another place",
        )
    if chapter.alerts.file:
        yield item(
            SECTION,
            "the addresses for alerts",
            partial(_alerts, context, chapter.path(chapter.alerts.file)),
            "add the next volunteer's address; `clerk alerts test` sends to each",
        )


_MAILCHIMP = (
    "make sure that the next volunteer has a user of their own there (Account → Users), as an "
    "owner or administrator; the key ends with the user who made it"
)


def _there(where: str, read: Callable[[], object]) -> str:
    """Where a secret is; that it can be read, by its owner alone, is checked on the way."""
    read()
    return where


def _google(chapter: Chapter) -> str:
    key = chapter.google.key_file
    return str(chapter.path(key) if key else default_credentials())


def _mailchimp_key(chapter: Chapter) -> str:
    chapter.mailchimp_key()
    file = chapter.mailchimp.key_file
    if chapter.mailchimp.key or not file:
        return "from the environment, CLERK_MAILCHIMP__KEY"
    return str(chapter.path(file))


def _account(context: ChapterContext) -> str:
    found = context.account.account()
    role = f"; the key belongs to a user with the role “{found.role}”" if found.role else ""
    return f"“{found.account_name}”{role}"


def _alerts(context: ChapterContext, file: Path) -> str:
    return f"{file}, with {amount(len(context.alert_targets()), 'address', 'addresses')}"


def _ledger(chapter: Chapter) -> str:
    """Where it is; of a database on another machine its host alone, for its URL holds a user."""
    if host := exit_of(chapter.ledger_url()):
        return f"a database on {host.host}"
    url = chapter.ledger_url()
    encrypted = chapter.ledger_key or chapter.ledger_key_file
    how = "encrypted" if encrypted else "not encrypted"
    place = url.removeprefix("sqlite:///") if url.startswith("sqlite") else "a database here"
    return f"{place}, {how}"
