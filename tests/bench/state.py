"""Many chapters on one engine: what it costs beside a plain `clerk sync`, and the memory.

One worker, the server's database on PostgreSQL where one is installed; CPU and memory of all
processes of the engine are the system's own account of them.
"""

import os
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from connectors.sandbox.server import Sandbox
from tests.connectors.ledger.server import postgresql, programs
from tests.flows.state.installed import Installed, begin, ended, founded, place
from tests.flows.state.test_machines import NIGHT, for_prefect

CLERK = Path(sys.executable).with_name("clerk")
CHAPTERS = 20
TICK = os.sysconf("SC_CLK_TCK")


class Used(NamedTuple):
    """What processes have used: seconds of CPU, their ended children included, and MB now."""

    cpu: float
    megabytes: float


def measure(chapters: int = CHAPTERS) -> list[str]:
    """The table's lines."""
    keys = tuple(f"chapter-{number}" for number in range(chapters))
    with ExitStack() as opened:
        within = opened.enter_context(place())
        where = programs()
        database = for_prefect(opened.enter_context(postgresql(where))) if where else ""
        more = "nights_at_once = 2"
        installed = opened.enter_context(
            Installed(within, database, lambda _: "", keys, ("alpha",), more)
        )
        plain = _plain(within, keys)
        installed.started()
        server, worker = (_tree(installed.running[name].pid) for name in ("server", "alpha"))
        idle = _used(server), _used(worker)
        time.sleep(20)
        rest = _used(server), _used(worker)
        begun = time.monotonic()
        with installed.asked() as api:
            runs = [begin(api, NIGHT.format(key)) for key in keys]
            ends = {ended(api, run, 600)["state_type"] for run in runs}
            assert ends == {"COMPLETED"}, installed.all_said()
        wall = time.monotonic() - begun
        now = _used(server), _used(worker)
    own = [after.cpu - before.cpu for before, after in zip(rest, now, strict=True)]
    quiet = [after.cpu - before.cpu for before, after in zip(idle, rest, strict=True)]
    each, mb = [one / chapters for one in own], [one.megabytes for one in now]
    return [
        f"{chapters} chapters of 12 people, each its first night; one worker, two at a time.",
        "",
        "| what | wall, each | CPU, each | MB |",
        "|---|---:|---:|---:|",
        f"| `clerk sync --apply` | {plain[0]:.2f} s | {plain[1]:.2f} s | {plain[2]:.0f} |",
        f"| worker, with jobs | {wall / chapters:.2f} s | {each[1]:.2f} s | {mb[1]:.0f} |",
        f"| server, without PostgreSQL | – | {each[0]:.2f} s | {mb[0]:.0f} |",
        "",
        f"At rest, in 20 seconds: server {quiet[0]:.1f} s of CPU, worker {quiet[1]:.1f} s.",
    ]


def _plain(within: Path, keys: tuple[str, ...]) -> tuple[float, float, float]:
    """The same nights by hand, on chapters of their own; the medians."""
    wall, cpu, megabytes = [], [], []
    for key in keys[:5]:
        folder = within / "plain" / key
        with Sandbox() as sandbox:
            founded(sandbox, folder, key, "")
            begun = time.monotonic()
            words = [CLERK, "sync", "--apply", "-c", folder]
            child = subprocess.Popen(words, stdout=subprocess.DEVNULL)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            assert child.returncode == 0
            wall.append(time.monotonic() - begun)
            cpu.append(used.ru_utime + used.ru_stime)
            megabytes.append(used.ru_maxrss / 1024)
    return statistics.median(wall), statistics.median(cpu), max(megabytes)


def _tree(pid: int) -> list[int]:
    """A process and its children, not those that end with a job."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def _used(pids: list[int]) -> Used:
    cpu, kilobytes = 0.0, 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        cpu += sum(map(int, fields[11:15])) / TICK
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return Used(cpu, kilobytes / 1024)


if __name__ == "__main__":
    os.umask(0o022)
    print("\n".join(measure(int(sys.argv[1]) if len(sys.argv) > 1 else CHAPTERS)))
