"""The installation's folder: `chapters.toml`, and in `secrets/` what opens the engine."""

import secrets
from pathlib import Path
from typing import NamedTuple

from connectors.files.own_files import is_there
from connectors.files.private_files import write_private
from connectors.settings import secret_text
from connectors.settings.state import FILE, load_chapters
from models.errors import FixTheSettings
from models.state.directory import ChapterDirectory, ServedChapter
from models.state.engine import Engine

MISSING = (
    "start `clerk state serve`, which makes it; on another computer, copy it from there, readable "
    "by its owner only"
)


class StateHome(NamedTuple):
    """An installation's folder, read."""

    folder: Path
    chapters: ChapterDirectory

    @property
    def engine(self) -> Engine:
        """How the chapters are run."""
        return self.chapters.engine

    def folder_of(self, chapter: ServedChapter) -> Path:
        """Where a chapter's folder is on this machine."""
        return self.folder / chapter.folder

    def served(self, key: str) -> ServedChapter:
        """A chapter by its key.

        Raises:
            FixTheSettings: the file does not list it.
        """
        for one in self.chapters.served:
            if one.key == key:
                return one
        raise FixTheSettings(f"there is no chapter “{key}” with a folder", where=FILE)

    def secret(self) -> str:
        """What opens the engine, `clerk:…`.

        Raises:
            FixTheSettings: there is none, or others can read it.
        """
        return self._line(self.engine.secret_file, "secret_file", MISSING)

    def database(self) -> str:
        """The URL of the server's database; "" for a file of its own.

        Raises:
            FixTheSettings: its file is missing, others can read it, or it is no such URL.
        """
        if not self.engine.database_file:
            return ""
        url = self._line(self.engine.database_file, "database_file", "write the URL into it")
        if not url.startswith("postgresql+asyncpg://"):
            raise FixTheSettings(
                "this is no URL of a PostgreSQL database for Prefect",
                where=f"{FILE} [engine] database_file",
                next_step="write it as postgresql+asyncpg://user:password@host/database",
            )
        return url

    def _line(self, name: str, setting: str, missing: str) -> str:
        where = f"[engine] {setting}"
        try:
            return secret_text(self.folder / name, where, self.folder, missing=missing).strip()
        except FixTheSettings as fault:
            fault.where = f"{FILE} {where}"  # where a chapter's own keys are named in chapter.toml
            raise

    def make_secret(self) -> None:
        """Make the secret at the server's first start."""
        file = self.folder / self.engine.secret_file
        if not is_there(file):
            write_private(file, f"clerk:{secrets.token_urlsafe(32)}\n".encode())


def state_home(folder: Path) -> StateHome:
    """Read an installation's folder.

    Raises:
        FixTheSettings: `chapters.toml` is missing or wrong, or no chapter has a folder.
    """
    home = StateHome(folder.absolute(), load_chapters(folder.absolute()))
    if not home.chapters.served:
        raise FixTheSettings(
            "no chapter has a folder, so there is nothing to run",
            where=FILE,
            next_step="add `folder` to the chapters that this installation runs",
        )
    return home
