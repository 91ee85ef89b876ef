"""What must be changed when a person leaves: of what this chapter has, one step each."""

from collections.abc import Iterator

from flows.context import ChapterContext
from flows.handover.items import Item, item
from flows.sharing.look import files
from models.text.formats import amount

SECTION = "When a person leaves"


def leaving(context: ChapterContext) -> Iterator[Item]:
    """Links taken back, keys changed, copies deleted; in this order."""
    chapter = context.chapter
    shared = len(list(files(context)))
    yield _step(
        "sheets and forms",
        f"{amount(shared, 'file')} of this chapter",
        "take the person out under Share, of each file and of a shared folder around it",
    )
    yield _step(
        "the Mailchimp user",
        "each user sees the whole mailing list",
        "remove the person in Mailchimp, Account → Users; check the owner of the account too",
    )
    if chapter.officers:
        yield _step(
            "the officers' page",
            f"{amount(len(chapter.officers), 'officer')} in chapter.toml",
            '`clerk desk sign-out "NAME"`, then remove the [[officers]] entry',
        )
    yield _step(
        "Google's key",
        "whoever had the file can read and write the sheets, from anywhere",
        "make a new key for the service account, replace the file, check with `clerk doctor`, and "
        "delete the old key in the Google Cloud console",
    )
    yield _step(
        "Mailchimp's key",
        "whoever had the file can read and change the mailing list, from anywhere",
        "make a new key with another user, replace the file, check with `clerk doctor`, and revoke "
        "the old one",
    )
    if chapter.ledger_key or chapter.ledger_key_file:
        yield _step(
            "the ledger's key",
            "a person with a copy can read a ledger or backup that they also have",
            "`clerk ledger encrypt --new-key`; keep the old line only as long as you keep older "
            "backups",
        )
    if chapter.alerts.file:
        yield _step(
            "the addresses for alerts",
            "whoever has the address of a channel can write to it",
            "take the person out of the channel, make a new address there, and replace the line",
        )
    yield _step(
        "the mailbox of the officers",
        "the tellers' report goes there before a result is published",
        "change its password, or set another one in chapter.toml ([elections] officers_email, "
        "[mailchimp] reply_to)",
    )
    yield _step(
        "the computer",
        "an account there can read the keys, the ledger, and the tellers' files",
        "remove the person's account and SSH keys; restart `clerk serve`, which then has a new "
        "password for the scheduler's page",
    )
    yield _step(
        "their copies",
        "backups, exports, and printouts hold members' names and addresses",
        "ask the person to delete them",
    )


def _step(what: str, found: str, todo: str) -> Item:
    return item(SECTION, what, found, todo)
