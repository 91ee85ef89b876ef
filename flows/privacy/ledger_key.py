"""`clerk ledger encrypt`: the personal columns under the newest of the ledger's keys."""

from pathlib import Path
from typing import NamedTuple

from connectors.files.private_files import write_private
from connectors.ledger import Encrypted, Ledger
from connectors.ledger import new_key as made_up
from connectors.settings import Chapter
from models.errors import FixTheSettings


class Done(NamedTuple):
    """What was done."""

    made: bool
    """A new key, in its file."""
    changed: bool
    """The ledger; False where it was under that key already."""
    was_plain: bool
    """The ledger was not encrypted before."""


def encrypt(chapter: Chapter, *, new_key: bool) -> Done:
    """Encrypt the ledger with the first of its keys; a kill leaves it as it was, or whole.

    Args:
        new_key: make a new one first, above the others.

    Raises:
        FixTheSettings: no key is named, none fits, or a new one could not be written.
        TryAgainLater: another job is at work.
    """
    _refuse_no_file(chapter, new_key=new_key)
    file = chapter.ledger_key_file
    missing = file is not None and not (chapter.ledger_key or chapter.path(file).exists())
    try:
        opened, was_plain = Ledger.open(chapter.ledger_url(), home=chapter.folder), True
    except Encrypted:
        if missing:
            raise
        keys = chapter.ledger_secret()
        opened, was_plain = Ledger.open(chapter.ledger_url(), keys, home=chapter.folder), False
    with opened as ledger:
        makes = file is not None and (new_key or missing)
        if file and makes:
            _add_key(chapter.path(file), "" if missing else chapter.ledger_secret())
        keys = chapter.ledger_secret()
        if changed := makes or not ledger.is_under(keys):
            ledger.encrypt(keys)
    return Done(makes, changed, was_plain)


def _refuse_no_file(chapter: Chapter, *, new_key: bool) -> None:
    if new_key and chapter.ledger_key:
        raise FixTheSettings(
            "the key comes from the environment, where no new one can be written",
            where="CLERK_LEDGER_KEY",
            next_step="put a new key and a space before the old one, then run "
            "`clerk ledger encrypt`",
        )
    if not (chapter.ledger_key_file or chapter.ledger_key):
        raise FixTheSettings(
            "no key file is set",
            where="chapter.toml",
            next_step='add ledger_key_file = "secrets/ledger.key" at its top, preferably with '
            "a path on a different disk from the ledger",
        )


def _add_key(file: Path, former: str) -> None:
    """Write a new key above the former ones; where there are none, there must be no file."""
    keys = [made_up(), *former.split(), ""]
    write_private(file, "\n".join(keys).encode(), new=not former)
