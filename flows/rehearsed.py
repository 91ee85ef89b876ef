"""What holds in a rehearsal's folder, and nowhere else: no way out, and marked emails."""

from collections.abc import Iterable
from dataclasses import replace

from connectors.net.network_allowlist import AllowedHost
from connectors.settings import Chapter
from connectors.settings.rehearsal import AGAIN
from models.errors import Refused
from models.mail.notices import EmailContent

MARK = "[Rehearsal] "
"""Before the subject of each email of a rehearsal."""
_HERE = ("127.0.0.1", "localhost", "::1")


def stay_here(exits: Iterable[AllowedHost]) -> None:
    """Refuse a rehearsal with any way to another machine, whatever setting it comes from.

    Raises:
        Refused: there is one.
    """
    for way in exits:
        if way.host not in _HERE:
            raise Refused(
                f"this folder is a rehearsal, and it leads to another machine: {way}",
                where="chapter.toml [rehearsal]",
                rule="DP-3",
                next_step=AGAIN,
            )


def marked(letter: EmailContent) -> EmailContent:
    """An email as a rehearsal sends it."""
    return replace(letter, subject=f"{MARK}{letter.subject}")


def refuse_rehearsal(chapter: Chapter) -> None:
    """Refuse what goes by the machine's clock: a rehearsal's time stands still.

    Raises:
        Refused: it is a rehearsal's folder.
    """
    if chapter.rehearsal:
        raise Refused(
            "this folder is a rehearsal, and its time stands still",
            where="chapter.toml [rehearsal]",
            next_step="`clerk rehearse` in the chapter’s own folder lets its time pass",
        )
