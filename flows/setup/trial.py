"""A chapter that is not written yet, opened for a look: its keys, its sheets, its list."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from connectors.files.private_files import private_folder
from connectors.ledger import Ledger
from connectors.settings import Chapter, chapter_from
from flows.context import ChapterContext

GOOGLE_KEY, MAILCHIMP_KEY = "secrets/google.json", "secrets/mailchimp.key"
_NOT_YET = "-"


def table_of(
    *, google: Mapping[str, Any] | None = None, mailchimp: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The settings of a chapter of which only keys are known."""
    usual = {"list_id": _NOT_YET, "from_name": _NOT_YET, "reply_to": _NOT_YET}
    return {
        "name": _NOT_YET,
        "zone": "UTC",
        "google": dict(google or {"key_file": GOOGLE_KEY}),
        "mailchimp": {**usual, "key_file": MAILCHIMP_KEY, **(mailchimp or {})},
        "workbooks": [{"id": _NOT_YET}],
    }


def read(folder: Path, table: Mapping[str, Any]) -> Chapter:
    """The settings as they would be read.

    Raises:
        FixTheSettings: they would be refused.
    """
    return chapter_from(table, folder / "chapter.toml")


class Trial:
    """Opens such a chapter's services; the ledger that they are handed is empty and thrown away."""

    def __init__(self, folder: Path, ledger: str) -> None:
        self.folder, self._ledger = folder, ledger

    def look(self, table: Mapping[str, Any]) -> AbstractContextManager[ChapterContext]:
        """The services of a chapter with these settings."""
        return self.look_at(read(self.folder, table))

    @contextmanager
    def look_at(self, chapter: Chapter) -> Iterator[ChapterContext]:
        """The services of a chapter."""
        context = ChapterContext(chapter, Ledger.open(self._ledger))
        try:
            yield context
        finally:
            context.close()


@contextmanager
def trial(folder: Path) -> Iterator[Trial]:
    """Trials of what is to be a chapter in this folder."""
    with private_folder(folder) as room:
        yield Trial(folder, f"sqlite:///{room / 'trial.sqlite'}")
