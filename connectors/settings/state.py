"""The chapters of a statewide body: `chapters.toml`, beside its own `chapter.toml` (ST-1)."""

from pathlib import Path
from typing import Final

from pydantic import ValidationError

from connectors.files.own_files import is_there
from connectors.files.toml_files import read_toml
from models.errors import FixTheSettings
from models.faults import faults
from models.state.directory import ChapterDirectory

FILE: Final = "chapters.toml"


def has_chapters(folder: Path) -> bool:
    """Whether a folder is that of a statewide body: it lists chapters."""
    return is_there(folder / FILE)


def load_chapters(folder: Path) -> ChapterDirectory:
    """Read `chapters.toml` of a statewide body's folder.

    Raises:
        FixTheSettings: the file is missing or wrong; all its faults at once.
    """
    if not has_chapters(folder):
        raise FixTheSettings(
            f"there is no {FILE} in this folder",
            where=FILE,
            rule="ST-1",
            next_step="list the chapters in it; docs/state.md has an example",
        )
    try:
        return ChapterDirectory.model_validate(read_toml(folder / FILE, folder))
    except ValidationError as exc:
        raise FixTheSettings(
            "; ".join(faults(exc, ChapterDirectory)),
            where=FILE,
            rule="ST-1",
            next_step="fix the file; docs/state.md lists its keys",
        ) from None
