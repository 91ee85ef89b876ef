"""Amendments written out: an edition that amends the one before keeps what it does not restate.

What is restated is restated whole: a value never goes by another sentence than the one beside it.
This works on the file's tables, before they are checked, and so it lets pass what is no table.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from models.bylaws.five_values import FIVE_VALUES

AMENDS, FULL_NAME = "amends", "full_name"
_ITS_OWN = frozenset((AMENDS, FULL_NAME, "name", "effective_from"))
"""What an edition says of itself; no amendment keeps it."""
PATHS = "paths"


def written_out(table: Mapping[str, Any]) -> dict[str, Any]:
    """A bylaws file with every edition whole and named in full."""
    given, chapter = table.get("editions"), table.get("chapter")
    if not isinstance(given, list):
        return dict(table)
    whole: list[Any] = []
    for edition in given:
        before = whole[-1] if whole else None
        if isinstance(edition, Mapping) and isinstance(before, Mapping) and AMENDS in edition:
            edition = _amended(before, edition)
        whole.append(edition)
    return {**table, "editions": [_named(edition, chapter) for edition in whole]}


def full_name_of(chapter: object, name: object) -> str:
    """How results name an edition that does not say it itself."""
    return f"{chapter}: {name}"


def is_kept(place: Sequence[Any], table: Mapping[str, Any]) -> bool:
    """Whether an edition has what stands there from the edition before, where its fault is told.

    Args:
        place: keys and numbers from the top of the file, as `written_out` has it.
        table: the file as its author wrote it.
    """
    if len(place) < 3 or place[0] != "editions" or place[1] == 0:
        return False
    edition = table["editions"][place[1]]
    group, *inside = place[2:]
    if not isinstance(edition, Mapping) or AMENDS not in edition or group in _ITS_OWN:
        return False
    if group not in edition:
        return True
    return bool(inside) and isinstance(edition[group], Mapping) and inside[0] not in edition[group]


def _amended(before: Mapping[str, Any], edition: Mapping[str, Any]) -> dict[str, Any]:
    kept = {group: rules for group, rules in before.items() if group not in _ITS_OWN}
    return kept | {group: _group(kept.get(group), rules) for group, rules in edition.items()}


def _group(kept: object, restated: object) -> object:
    if isinstance(kept, Mapping) and isinstance(restated, Mapping):
        if PATHS in restated:  # they stand for all that a file of before said of the vote
            kept = {key: value for key, value in kept.items() if key not in FIVE_VALUES}
        return {**kept, **restated}
    return restated


def _named(edition: object, chapter: object) -> object:
    if isinstance(edition, Mapping) and FULL_NAME not in edition:
        return {**edition, FULL_NAME: full_name_of(chapter, edition.get("name"))}
    return edition
