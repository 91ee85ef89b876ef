"""A chapter's settings, read from its folder and the environment."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsError

from connectors.files.old_names import renewed
from connectors.files.own_files import is_there
from connectors.files.toml_files import read_toml
from connectors.settings.chapter import Chapter
from models.errors import FixTheSettings
from models.faults import faults
from models.old_names import CHAPTER
from models.privacy import redact_addresses


def load_chapter(folder: Path) -> Chapter:
    """Read `chapter.toml` of a chapter's folder (or the file itself).

    Raises:
        FixTheSettings: the file is missing or wrong; all its faults at once.
    """
    is_file = folder.suffix == ".toml" and not os.path.isdir(folder)  # noqa: PTH112 - it never raises
    file = folder if is_file else folder / "chapter.toml"
    if not is_there(file):
        raise _not_here(file.parent)
    return chapter_from(read_toml(file, file.parent), file)


def chapter_from(written: Mapping[str, Any], file: Path) -> Chapter:
    """Check settings that are read from a file, or are to be written into it.

    Raises:
        FixTheSettings: they are wrong; all their faults at once.
    """
    table = renewed(written, CHAPTER, file.name)
    if "folder" in table:
        raise _wrong(file, "folder: there is no such setting")
    try:
        return Chapter(folder=Path(os.path.realpath(file.parent)), **table)
    except ValidationError as exc:
        raise _wrong(file, "; ".join(faults(exc, Chapter))) from None
    except (SettingsError, RecursionError) as exc:
        setting = re.search('field "(\\w+)"', str(exc))
        raise _wrong(
            Path("the environment"),
            f"CLERK_{setting[1].upper() if setting else '…'}: write a list or table as JSON",
        ) from None


def _wrong(file: Path, fact: str) -> FixTheSettings:
    return FixTheSettings(
        fact,
        where=file.name,
        next_step="compare it with docs/settings.md; `clerk doctor` checks the rest",
    )


def _not_here(folder: Path) -> FixTheSettings:
    """Suggest the chapter's folder when the user names its parent folder, as with the demo."""
    inside = folder / "chapter"
    step = (
        f"--chapter {inside}"
        if is_there(inside / "chapter.toml")
        else "name the chapter's folder with --chapter or CLERK_CHAPTER, or make one: "
        "`clerk init FOLDER`"
    )
    return FixTheSettings(
        f"there is no chapter.toml in {redact_addresses(str(folder.absolute()))}", next_step=step
    )
