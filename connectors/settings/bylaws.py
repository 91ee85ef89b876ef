"""The two files of a chapter's bylaws: built in, or of its own beside `chapter.toml`."""

import os
from pathlib import Path, PurePath
from typing import Any

from connectors.own_files import is_there
from connectors.toml_files import read_toml
from models.bylaws.counting import CountingRules, counting_rules_from
from models.bylaws.rules import Bylaws, bylaws_from
from models.errors import FixTheSettings
from models.faults import shown
from models.privacy import quiet

EDITIONS = Path(__file__).parents[2] / "models" / "bylaws" / "editions"
_COUNTING = "counting-"


def read(folder: Path, wanted: str) -> Bylaws:
    """Who may vote, by the bylaws of this name.

    Raises:
        FixTheSettings: there are none of this name, or their file is wrong.
    """
    table = _read(folder, wanted, f"{wanted}.toml")
    if table is None:
        names = ", ".join(sorted(name for name in _built_in() if not name.startswith(_COUNTING)))
        raise FixTheSettings(
            f"there are no bylaws “{shown(wanted)}”",
            where="chapter.toml bylaws",
            next_step=f"name a file of yours, or one of: {names.replace('.toml', '')}",
        )
    return bylaws_from(table, shown(PurePath(wanted).name))


def read_counting_rules(folder: Path, wanted: str) -> CountingRules:
    """How votes are counted, by the bylaws of this name.

    Raises:
        FixTheSettings: their second file is missing or wrong.
    """
    name = f"{_COUNTING}{PurePath(wanted).stem}.toml"
    own = PurePath(wanted).parent / name
    table = _read(folder, str(own), name)
    if table is None:
        raise FixTheSettings(
            f"there is no {shown(name)}",
            where="chapter.toml bylaws",
            next_step=f"put the counting rules into {quiet(str(folder / own))}, or name a built-in "
            "edition",
        )
    return counting_rules_from(table, shown(name))


def _read(folder: Path, own: str, built_in: str) -> dict[str, Any] | None:
    """The chapter's own file, or else the program's; None if there is neither."""
    if own and not os.path.isdir(folder / own) and is_there(folder / own):  # noqa: PTH112 - pathlib's raises
        return read_toml(folder / own, folder)
    return read_toml(EDITIONS / built_in) if built_in in _built_in() else None


def _built_in() -> list[str]:
    return [path.name for path in EDITIONS.glob("*.toml")]
