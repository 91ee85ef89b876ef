"""`make bench`: every table, printed; `python -m tests.bench --write` keeps them in docs/ too."""

import argparse
import os
import platform
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import count

PAGE = Path(__file__).parents[2] / "docs" / "bench.md"
CLERK = Path(sys.executable).with_name("clerk")
STARTS = (("--help",), ("sync", "--help"), ("count", "--help"))


TEXT = """\
# Speed and memory

Printed by `make bench`; kept by `python -m tests.bench --write`. Nothing here is a promise:
machines differ, and this one may have been busy.

Measured on {day}: {machine}, Python {python}, load {load:.1f} when the last bench ended.

## The nightly job

People with ten sign-ins each, nine in ten on the mailing list; on the first night everything is to
do. Each cell: seconds of our own CPU (seconds on the wall, the sandbox's work included), peak
memory. Growth is that of our CPU between the last two sizes, which are ten times apart.

{nights}

## The start of a command

{starts}

## The officers' page

Our own CPU for one page that was opened before. Growth is that between the two sizes.

{desk}

## Many chapters on one engine

{state}

## The count

{count}
"""


def main() -> None:
    """Run all benches."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name} as well")
    wanted = parser.parse_args()
    # A child starts its peak with what its parent holds: what invents large chapters comes last.
    commands, counts = starts(), "\n".join(count.table())
    from tests.bench import desk, state, sync

    chapters, pages = "\n".join(state.measure()), desk.table()
    page = TEXT.format(
        day=f"{datetime.now(UTC):%Y-%m-%d}",
        machine=f"{os.cpu_count()} cores ({platform.machine()})",
        python=platform.python_version(),
        load=os.getloadavg()[1],
        nights=sync.table({people: sync.measure(people) for people in sync.SIZES}),
        starts=commands,
        desk=pages,
        state=chapters,
        count=counts,
    )
    print(page)
    if wanted.write:
        PAGE.write_text(page, encoding="utf-8")


def starts() -> str:
    """How long a command takes to say something, interpreter included."""
    lines = ["| command | seconds (median) | MB |", "|---|---:|---:|"]
    for words in STARTS:
        runs = [count.run((CLERK, *words)) for _ in range(7)]
        median = statistics.median(run.seconds for run in runs)
        most = max(run.megabytes for run in runs)
        lines.append(f"| `clerk {' '.join(words)}` | {median:.2f} | {most:.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{failed.cmd[0]} failed with {failed.returncode}")
