"""One chapter's nights, measured stage by stage, in a process of its own.

`python -m tests.bench.night FOLDER NIGHTS` prints a line of JSON a night: stage → [our CPU seconds,
wall seconds, peak MB]. The sandbox runs elsewhere, so its work is not ours.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from flows.context import open_chapter
from flows.nightly import sync as eligibility
from flows.nightly.night import SyncOptions
from flows.nightly.sync import sync

T = TypeVar("T")
Measured = dict[str, list[float]]
UNSTEPPED = {
    "facts_of": "match",
    "decide": "judge and plan",
    "remember": "record the night",
}
"""Stages of the nightly job that are functions of it and no steps."""
CLEAR_REFS, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


class Stages:
    """Adds up what each stage takes; stages may be entered more than once."""

    def __init__(self) -> None:
        self.measured: Measured = {}
        self._highest = 0.0

    def __call__(self, name: str, work: Callable[..., T], *arguments: Any) -> T:
        """Do the work and measure it: a `Step` of the nightly job."""
        outer, self._highest = max(self._highest, _peak()), 0.0
        CLEAR_REFS.write_text("5")  # the peak starts anew
        cpu, wall = _cpu(), time.monotonic()
        result = work(*arguments)
        peak = max(self._highest, _peak())
        self._highest = max(outer, peak)
        before = self.measured.get(name, [0.0, 0.0, 0.0])
        self.measured[name] = [
            before[0] + _cpu() - cpu,
            before[1] + time.monotonic() - wall,
            max(before[2], peak),
        ]
        return result

    def around(self, name: str, work: Callable[..., T]) -> Callable[..., T]:
        """The same work, measured whenever it is called."""
        return lambda *arguments: self(name, work, *arguments)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak() -> float:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Run the nights and print what they took."""
    folder, nights = Path(sys.argv[1]), int(sys.argv[2])
    inner = {name: getattr(eligibility, name) for name in UNSTEPPED}
    for _ in range(nights):
        stages = Stages()
        for name, stage in UNSTEPPED.items():
            setattr(eligibility, name, stages.around(stage, inner[name]))
        with open_chapter(folder) as context:
            stages("whole night", partial(sync, step=stages), context, SyncOptions(apply=True))
        print(json.dumps(stages.measured), flush=True)


if __name__ == "__main__":
    main()
