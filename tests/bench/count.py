"""`clerk count` as a whole process: seconds and megabytes, beside others on the same ballots.

    python -m tests.bench.count

Each figure is the median of several runs in turn, so that a busy moment hits all alike. PyRankVote
and pyarrow, which parses with all cores, join in where they are installed (pyarrow also where
`PYARROW_PYTHON` names another Python that has it); they are no dependencies. Nothing is asserted.
"""

import importlib.util
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

Command = tuple[str | Path, ...]
Key = tuple[str, int]  # the program and how many ballots it gets

OURS = "clerk count"
SIZES = (250_000, 500_000, 1_000_000)
RUNS = 5
NAMES = (
    "Ana Álvarez", "Ben Baker", "Chloé Côté", "Dev Desai", "Eve Evans", "Finn Frost", "Gia Gómez",
)  # fmt: skip
STOP_LINE = "No endorsement"
CONTEST = f"""\
kind = "ranked"
id = "bench"
title = "Bench"
candidates = {list(NAMES)}
"""
GROUP_ONLY = """\
import csv, sys
from collections import Counter
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    print(len(Counter(map(tuple, csv.reader(file)))))
"""
PYARROW = """\
import sys
from pyarrow import csv
print(csv.read_csv(sys.argv[1]).num_rows)
"""
PYRANKVOTE = """\
import csv, sys
from pyrankvote import Ballot, Candidate, instant_runoff_voting
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    rows = list(csv.reader(file))[1:]
everyone = {name: Candidate(name) for row in rows for name in row if name}
ballots = [Ballot([everyone[name] for name in row if name]) for row in rows]
print(instant_runoff_voting(list(everyone.values()), ballots).get_winners())
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process."""

    seconds: float
    cpu: float
    """Of all its cores."""
    megabytes: float


def write_ballots(file: Path, ballots: int) -> None:
    """Ballots of one to eight ranks in random order: some hundred thousand distinct rankings."""
    chance = random.Random(1)  # noqa: S311 - the same ballots for everybody
    choices = [*NAMES, STOP_LINE]
    with file.open("w", encoding="utf-8") as out:
        out.write(",".join(f"rank{rank}" for rank in range(1, 9)) + "\n")
        for _ in range(ballots):
            ranked = chance.sample(choices, min(8, 1 + int(chance.expovariate(0.3))))
            out.write(",".join(ranked + [""] * (8 - len(ranked))) + "\n")


def run(command: Command) -> Run:
    """Run a process to its end and take the system's own account of it."""
    started = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)))
    cpu = used.ru_utime + used.ru_stime
    return Run(perf_counter() - started, cpu, used.ru_maxrss / 1024)


def measured(commands: Mapping[Key, Command], runs: int) -> dict[Key, list[Run]]:
    """All commands in turn, several times, after one round that is not counted."""
    found: dict[Key, list[Run]] = {key: [] for key in commands}
    for turn in range(runs + 1):
        for key, command in commands.items():
            one = run(command)
            if turn:
                found[key].append(one)
    return found


def measure(folder: Path, runs: int) -> dict[Key, list[Run]]:
    """Every program on every file."""
    contest = folder / "contest.toml"
    contest.write_text(CONTEST, encoding="utf-8")
    commands: dict[Key, Command] = {}
    here = sys.executable if importlib.util.find_spec("pyarrow") else ""
    arrow = os.environ.get("PYARROW_PYTHON", here)
    for size in SIZES:
        file = folder / f"{size}.csv"
        write_ballots(file, size)
        clerk = (Path(sys.prefix) / "bin" / "clerk", "count", file, "--contest", contest, "--json")
        commands[OURS, size] = clerk
        if arrow:
            commands["parse only, pyarrow", size] = (arrow, "-c", PYARROW, file)
        commands["parse and group only", size] = (sys.executable, "-c", GROUP_ONLY, file)
    commands["clerk count --out", size] = (*clerk, "--out", folder / "out")
    found = measured(commands, runs)
    if importlib.util.find_spec("pyrankvote"):
        found["pyrankvote", size] = [run((sys.executable, "-c", PYRANKVOTE, file))]
    return found


def table(runs: int = RUNS) -> list[str]:
    """The figures as lines of Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), runs)
    median = {key: statistics.median(run.seconds for run in done) for key, done in found.items()}
    lines = [
        "| what | ballots | seconds (median) | (best) | CPU (median) | MB (most) | × clerk count |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for (name, size), done in found.items():
        best, most = min(run.seconds for run in done), max(run.megabytes for run in done)
        cpu = statistics.median(run.cpu for run in done)
        ratio = median[name, size] / median[OURS, size]
        lines.append(
            f"| {name} | {size:,} | {median[name, size]:.2f} | {best:.2f} | {cpu:.2f} | {most:.0f} "
            f"| {ratio:.1f} |"
        )
    first, last = SIZES[0], SIZES[-1]
    growth = median[OURS, last] / median[OURS, first]
    lines += ["", f"{last // first} times the ballots took {growth:.1f} times the time."]
    if ("pyrankvote", last) not in found:
        lines.append("PyRankVote is not installed here, so it does not stand beside it.")
    return lines


if __name__ == "__main__":
    print("\n".join(table()))
