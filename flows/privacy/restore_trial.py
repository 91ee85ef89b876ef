"""A backup restored beside the chapter, checked, and removed: a restore that was tried.

It is what `clerk restore` does, in a folder of its own next to the ledger: every digest, every
name, the ledger under today's schema and key, the texts. Then the restored ledger must hold what
the backup says of itself, and pass what `clerk audit` checks.
"""

from pathlib import Path

from pydantic import SecretStr

from connectors.files.private_files import private_folder
from connectors.ledger import Ledger
from connectors.settings import LEDGER, Chapter
from flows.clock import Clock, utc_now
from flows.context import ChapterContext
from flows.privacy.backup import About, ledger_file
from flows.privacy.restore import restore
from flows.votes.tally.audit import audit
from models.errors import FixTheData
from models.privacy import redact_addresses


def try_restore(chapter: Chapter, file: Path, now: Clock = utc_now) -> About:
    """Restore a backup, check the result, and remove it.

    Returns:
        What the backup says of itself, which holds.

    Raises:
        FixTheData: the backup is damaged, or what it holds is not whole.
        FixTheSettings: it is sealed with another key, or the disk is full.
        Refused: it is another chapter's.
    """
    said: list[object] = []
    with private_folder(ledger_file(chapter).parent) as folder:
        beside = _beside(chapter, folder)
        restore(beside, file, replace=False, show=said.append)
        about = next(one for one in said if isinstance(one, About))
        with Ledger.open(beside.ledger_url(), beside.ledger_secret()) as ledger:
            held = (len(set(ledger.ids().values())), len(ledger.votes.lines()))
            if held != (about.people, about.lines):
                raise FixTheData(
                    "the restored ledger does not hold what the backup says",
                    where=redact_addresses(str(file)),
                    next_step="make another backup: clerk backup",
                )
            audit(ChapterContext(beside, ledger, now))
    return about


def _beside(chapter: Chapter, folder: Path) -> Chapter:
    """The same chapter in another folder, under the same key."""
    key = chapter.ledger_secret()
    return chapter.model_copy(
        update={
            "folder": folder,
            "ledger": LEDGER,
            "ledger_key": SecretStr(key) if key else None,
            "ledger_key_file": None,
        }
    )
