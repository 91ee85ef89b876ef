"""All scenes as tables, for docs/pointers.md."""

import re

from tests.house.kept import Kept
from tests.pointers import counts, folder, nights, people, sheets, tabs, votes
from tests.pointers.scene import Rows, Scene

ALL: tuple[Rows, ...] = (
    folder.scene,
    sheets.scene,
    tabs.scene,
    people.scene,
    nights.scene,
    votes.before_opening,
    votes.at_the_close,
    counts.scene,
)
HEADERS = ("What is wrong", "The message says", "Its Next, followed", "Right afterwards")


def scenes() -> list[Scene]:
    """Every scene there is."""
    return [scene for rows in ALL for scene in rows.scenes]


def tables() -> tuple[Kept, ...]:
    """A table a place, a row a scene."""
    return tuple(
        Kept(
            f"pointers {rows.place}",
            HEADERS,
            tuple(
                (s.wrong, shown(s.fact), shown(s.next_step) or "as it says", s.right)
                for s in rows.scenes
            ),
            heading=rows.place.capitalize(),
        )
        for rows in ALL
    )


def shown(pattern: str) -> str:
    """A pattern as somebody reads it: what differs from case to case is `…`."""
    text = re.sub(r"\[[^\]\\]+\](\{\d+\}|[+*])|(\\[dSw]|(?<!\\)\.)(\{\d+\}|[+*])?", "…", pattern)
    text = re.sub(r"(?<!\\)[\^$()]", "", text)
    text = re.sub(r"\\(.)", r"\1", text)
    return re.sub(r"…(?:[-!: ]?…)+", "…", text)
