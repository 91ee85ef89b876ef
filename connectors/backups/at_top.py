"""Which files beside `chapter.toml` a backup holds: those that the program reads there.

Other programs read their settings from the folder they work in, and Prefect is one of them. A file
that nothing of ours reads could only be meant for those.
"""

from collections.abc import Mapping
from pathlib import PurePath

from connectors.backups.contents import ABOUT, LEDGER
from connectors.files.toml_files import toml_from
from models.errors import FixTheSettings

CHAPTER = "chapter.toml"
_USUAL = frozenset(
    (
        *(ABOUT, LEDGER, CHAPTER, "chapters.toml"),
        *("committee.toml", "bylaws.toml", "counting-bylaws.toml"),
    )
)
"""The bylaws under the names of docs/adopting.md too: they are written before they are in force."""


def unread_at_top(members: Mapping[str, bytes]) -> list[str]:
    """The names at the top that neither the program nor the chapter's settings give to a file."""
    read = _USUAL | _bylaws(members.get(CHAPTER, b""))
    return [name for name in members if "/" not in name and name not in read]


def _bylaws(settings: bytes) -> frozenset[str]:
    """The bylaws, and the second file of a chapter that has two; none if it cannot be told."""
    try:
        named = toml_from(settings, CHAPTER).get("bylaws")
    except FixTheSettings:
        return frozenset()
    if not isinstance(named, str):
        return frozenset()
    return frozenset((PurePath(named).name, f"counting-{PurePath(named).stem}.toml"))
