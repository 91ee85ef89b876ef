"""The nightly job on chapters of growing size: seconds of our own CPU and megabytes, by stage.

    python -m tests.bench.sync [PEOPLE …]

The sandbox is a process of its own, so that its work is not counted as ours. Nothing is asserted.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.google.state import GoogleState
from connectors.sandbox.invented import FORM, LIST, WORKBOOK, ZONE, invent, serial
from connectors.sandbox.mailchimp.state import MailchimpState
from connectors.sandbox.server import Sandbox

SIZES = (1_000, 10_000, 100_000)
SIGN_INS = 10
EVENTS = 60
NIGHTS = 3
STAGES = {
    "read": ("read the sources", "read the audience"),
    "match": ("match",),
    "judge and plan": ("judge and plan",),
    "record": ("record the night",),
    "apply": ("update the audience", "send the letters", "write the review tab"),
    "first night": ("whole night",),
}
Measured = dict[str, list[float]]


def main() -> None:
    """Measure each size and print the tables."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    nights = {people: measure(people) for people in sizes}
    print(table(nights))


def table(nights: dict[int, list[Measured]]) -> str:
    """Stages as rows, sizes as columns; the growth is that of the largest over the one before."""
    sizes = list(nights)
    head = ["stage", *(f"{people:,} people" for people in sizes), "growth"]
    rows = [_row(stage, [first for first, *_ in nights.values()]) for stage in STAGES]
    quiet = [{"whole night": last["whole night"]} for *_, last in nights.values()]
    rows.append(["quiet third night", *_row("first night", quiet)[1:]])
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def _row(stage: str, nights: list[Measured]) -> list[str]:
    sums = [[night[name] for name in STAGES[stage] if name in night] for night in nights]
    cpu = [sum(part[0] for part in parts) for parts in sums]
    wall = [sum(part[1] for part in parts) for parts in sums]
    peak = [max((part[2] for part in parts), default=0) for parts in sums]
    cells = [f"{c:.2f} s ({w:.2f} s), {p:.0f} MB" for c, w, p in zip(cpu, wall, peak, strict=True)]
    growth = f"× {cpu[-1] / cpu[-2]:.1f}" if len(cpu) > 1 and cpu[-2] else ""
    return [stage, *cells, growth]


def measure(people: int) -> list[Measured]:
    """A first night with everything to do, one that reads its review tab, one with nothing to do.

    Each in a process of its own, as a schedule runs them.
    """
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "chapter"
        seed = Path(home) / "seed.json"
        today = datetime.now(UTC)
        with sandbox(seed, chapter(people, today), folder) as urls:
            settle(folder, urls)
            command = [sys.executable, "-m", "tests.bench.night", str(folder), "1"]
            told = [subprocess.check_output(command, text=True) for _ in range(NIGHTS)]
    return [json.loads(line) for line in told]


@contextmanager
def sandbox(seed: Path, state: dict[str, Any], folder: Path) -> Iterator[dict[str, str]]:
    """A sandbox process that holds the state, and a chapter's folder with its keys."""
    with Sandbox() as template:  # it writes the chapter's files, and has the key they name
        invent(template, folder, datetime.now(UTC).date(), people=1)
        state["google"]["public_keys"] = template.google.dump()["public_keys"]
    seed.write_text(json.dumps(state))
    command = [sys.executable, "-m", "connectors.sandbox", "--no-journal", "--seed", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def settle(folder: Path, urls: dict[str, str]) -> None:
    """Turn the chapter's files to the sandbox that runs now."""
    port = urls["google_url"].split(":")[2].split("/")[0]
    for file in (folder / "chapter.toml", folder / "secrets" / "google.json"):
        text = file.read_text()
        known = text.split("127.0.0.1:")[1].split("/")[0]
        file.write_text(text.replace(f"127.0.0.1:{known}", f"127.0.0.1:{port}"))


def chapter(people: int, now: datetime) -> dict[str, Any]:
    """A chapter whose people signed in ten times each; nine in ten are on the mailing list."""
    chance = random.Random(1)  # noqa: S311 - the same chapter in every run
    google, mailchimp = GoogleState(), MailchimpState()
    today = now.date()
    days = [serial(today - timedelta(days=7 * n)) for n in range(EVENTS)]
    events: list[list[Cell]] = [
        [day, f"Meeting {n}", "monthly meeting"] for n, day in enumerate(days)
    ]
    sign_ins: list[list[Cell]] = [
        [days[n] + 0.79, f"Meeting {n}", f"person{number}@example.org", f"Person {number}"]
        for number, n in sorted(
            (
                (number, n)
                for number in range(people)
                for n in chance.sample(range(EVENTS), SIGN_INS)
            ),
            key=lambda pair: -pair[1],
        )
    ]
    registrations: list[list[Cell]] = [
        [days[-1], f"Person {number}", f"person{number}@example.org", "617-555-0100", "yes"]
        for number in range(people)
    ]
    google.add_workbook(
        WORKBOOK,
        "Attendance",
        {
            "Events": [["Date", "Event", "Kind"], *events],
            "Sign-ins": [["Timestamp", "Event", "Email address", "Name"], *sign_ins],
            "Volunteering": [["Date", "Activity", "Email address"]],
            "Registrations": [
                ["Timestamp", "Name", "Email address", "Phone", "Mailing list"],
                *registrations,
            ],
            "Exceptions": [["Date", "Decided by", "Reason", "What", "Email address"]],
        },
        time_zone=ZONE,
    )
    form = google.add_form(FORM, "Climate forum sign-in")
    form.add_text("Name"), form.add_text("Email address")
    mailchimp.add_list(LIST)
    for number in range(people):
        if number % 10:
            mailchimp.add_member(LIST, f"person{number}@example.org")
    return {"google": google.dump(), "mailchimp": mailchimp.dump()}


if __name__ == "__main__":
    main()
