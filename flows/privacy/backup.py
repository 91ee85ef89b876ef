"""`clerk backup`: the ledger and the chapter's own texts in one private file.

The ledger is copied by SQLite's backup API, so that a job at work meanwhile does no harm. With a
ledger key the whole file is sealed with it. Secrets are left out: whoever restores has them, or
makes new ones, and a stolen backup opens no account. `clerk restore` is in
`flows/privacy/restore.py`.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from connectors import backups
from connectors.backups import ABOUT, LEDGER
from connectors.files.private_files import refuse_shared, write_private
from connectors.ledger import Cipher, Ledger
from connectors.ledger.copies import copied
from connectors.settings import Chapter
from flows.clock import Clock, utc_now
from models.base import Value
from models.errors import FixTheSettings, Refused
from models.faults import shown
from models.privacy import redact_addresses
from models.text import formats

SQLITE = "sqlite:///"


class About(Value):
    """What a backup says of itself; counts, and nobody's name."""

    chapter: str
    made: datetime | None = None
    people: int | None = None
    lines: int | None = None
    """Lines of the record of votes."""

    def __str__(self) -> str:
        said = f"A backup of “{shown(self.chapter)}”"
        if self.made:
            said += f", made {formats.clocked(self.made.astimezone(UTC))}"
        return said + (f": {self.people} people, {self.lines} audit log entries"
                       if self.people is not None else "")  # fmt: skip


def backup(chapter: Chapter, file: Path, now: Clock = utc_now) -> list[str]:
    """Write a backup, readable by its owner alone; an existing file is not replaced.

    Returns:
        The files in the chapter's folders that are of no kind that a backup holds.

    Raises:
        Refused: the file exists.
        FixTheSettings: the ledger is no file or nothing was ever recorded in it, the disk is full,
            or others can write where the backup is to lie.
        FixTheData: the names of two texts cannot stand beside each other on every disk.
    """
    if os.path.lexists(file):
        raise _exists(file)
    target = ledger_file(chapter)
    refuse_shared(file.parent)
    if not target.is_file():
        raise FixTheSettings("there is no ledger yet", where=str(target), next_step="clerk sync")
    with copied(target) as copy:
        ledger = copy.read_bytes()
        about, is_untouched = _about(chapter, copy, now())
    if is_untouched:
        raise FixTheSettings(
            "nothing was ever recorded in this ledger, so a backup would be empty",
            where=str(target),
            next_step="if you have applied runs, `ledger` in chapter.toml names a different file; "
            "if not, apply the first one with `clerk sync --apply`",
        )
    texts, left_out = backups.texts_of(chapter.folder)
    members = {ABOUT: about.model_dump_json().encode(), LEDGER: ledger, **texts}
    try:
        write_private(file, backups.pack(members, seal_of(chapter)), new=True)
    except FileExistsError:
        raise _exists(file) from None
    return left_out


def seal_of(chapter: Chapter) -> Cipher | None:
    """The seal of the chapter's ledger key, if there is one."""
    key = chapter.ledger_secret()
    return Cipher(key) if key else None


def ledger_file(chapter: Chapter) -> Path:
    """Where the ledger is.

    Raises:
        FixTheSettings: it is no file.
    """
    url = chapter.ledger_url()
    if not url.startswith(SQLITE):
        raise FixTheSettings(
            "the ledger is a PostgreSQL database",
            where="chapter.toml ledger",
            next_step="(umask 077 && pg_dump --format=custom --file=FILE DATABASE) writes a "
            "backup that only you can read; pg_restore restores it; see Backups in "
            "docs/running.md",
        )
    return Path(url.removeprefix(SQLITE))


def _about(chapter: Chapter, copy: Path, now: datetime) -> tuple[About, bool]:
    """What is said of a ledger's copy, and whether nothing was ever recorded in it."""
    with Ledger.open(SQLITE + str(copy), chapter.ledger_secret()) as held:
        about = About(
            chapter=chapter.name,
            made=now.astimezone(UTC),
            people=len(set(held.ids().values())),
            lines=len(held.votes.lines()),
        )
        return about, held.is_untouched()


def _exists(file: Path) -> Refused:
    return Refused(f"{redact_addresses(file.name)} exists", next_step="choose another file name")
