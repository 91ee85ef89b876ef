"""Which worker runs what of the slow suite: a slow file is set up once, and the longest go first.

What such a file sets up takes minutes, so that its tests stay on one worker; of other files each
test goes to whichever worker is free. (xdist's own groups are marked on a field that items of
pytest 9 no longer have, and do nothing.)
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parents[1]


def is_asked_for(config: pytest.Config) -> bool:
    """Whether this is a run of the slow suite alone."""
    return bool(config.option.markexpr == "slow")


def longest_first(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """By what a slow file says that it takes: ``pytest.mark.slow(minutes=7)``."""
    marks = {item: item.get_closest_marker("slow") for item in items}
    minutes = {item: mark.kwargs.get("minutes", 0) for item, mark in marks.items() if mark}
    return sorted(items, key=lambda item: -minutes.get(item, 0))


class WholeFiles(LoadScopeScheduling):
    """A slow file is one piece of work, in the order of the collection."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if _is_slow(ROOT / file) else nodeid


@cache
def _is_slow(file: Path) -> bool:
    return "\npytestmark = " in file.read_text(encoding="utf-8")
