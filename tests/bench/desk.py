"""The officers' page on chapters of growing size: our own CPU of each page, and its start.

    python -m tests.bench.desk [PEOPLE …]

Each page is asked for once before it is measured: the roll is judged once and kept. Nothing is
asserted.
"""

import asyncio
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import httpx

from tests.bench.sync import chapter, sandbox, settle
from tests.flows.web.desk import OFFICERS

SIZES = (1_000, 10_000)
TIMES = 5
STARTS = 5
CLERK = Path(sys.executable).with_name("clerk")
SEARCHES = (
    ("/roll", "/roll/search", "why a person may or may not vote"),
    ("/privacy", "/privacy/find", "all that is held on a person"),
)
"""The page of a search, what it asks for, and what a person's page says."""
Milliseconds = dict[str, float]


def main() -> None:
    """Measure each size, or as a child one folder."""
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(asyncio.run(_pages(Path(sys.argv[2])))))
        return
    print(table([int(size) for size in sys.argv[1:]] or SIZES))


def table(sizes: tuple[int, ...] | list[int] = SIZES) -> str:
    """Pages as rows, sizes as columns; then the start."""
    measured = {people: measure(people) for people in sizes}
    lines = [
        f"| page | {' | '.join(f'{people:,} people' for people in sizes)} | growth |",
        f"|---|{'---:|' * (len(sizes) + 1)}",
    ]
    every = list(measured.values())
    first, last = every[0], every[-1]
    for page in last[0]:
        cells = [f"{found[page]:.0f} ms" for found, _ in measured.values()]
        growth = f"× {last[0][page] / first[0][page]:.1f}" if first[0].get(page) else ""
        lines.append(f"| {page} | {' | '.join(cells)} | {growth} |")
    desk, explained, helped = map(statistics.median, zip(*first[1], strict=True))
    lines.append(
        f"\n`clerk desk` answers after {desk:.2f} s, and `clerk explain` takes {explained:.2f} s: "
        f"{desk / helped:.1f} and {explained / helped:.1f} times what `clerk --help` takes "
        f"({helped:.2f} s), in turns."
    )
    return "\n".join(lines)


def measure(people: int) -> tuple[Milliseconds, list[tuple[float, float, float]]]:
    """CPU of each page after a night; then the seconds of a desk, an `explain`, and a `--help`."""
    with tempfile.TemporaryDirectory() as home:
        folder, seed = Path(home) / "chapter", Path(home) / "seed.json"
        with sandbox(seed, chapter(people, datetime.now(UTC)), folder) as urls:
            settle(folder, urls)
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            with (folder / "chapter.toml").open("a") as file:
                file.write(OFFICERS.format(port=port))
            night = [sys.executable, "-m", "tests.bench.night", str(folder), "1"]
            subprocess.run(night, check=True, capture_output=True)
            child = [sys.executable, "-m", "tests.bench.desk", "--child", str(folder)]
            pages: Milliseconds = json.loads(subprocess.check_output(child, text=True))
            asked = [str(CLERK), "explain", "person77@example.org", "--chapter", str(folder)]
            helped = [str(CLERK), "--help"]
            turns = range(STARTS)
            return pages, [(_start(folder, port), _seconds(asked), _seconds(helped)) for _ in turns]


def _start(folder: Path, port: int) -> float:
    """Seconds until the page answers."""
    begun = time.monotonic()
    command = [str(CLERK), "desk", "--chapter", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            while process.poll() is None:
                try:
                    with urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5) as answer:
                        answer.read()
                        return time.monotonic() - begun
                except URLError:
                    time.sleep(0.01)
            raise RuntimeError("clerk desk ended")
        finally:
            process.terminate()


def _seconds(command: list[str]) -> float:
    begun = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - begun


NOT_OURS = 409
"""What a page of a statewide body's answers in a chapter."""


async def _pages(folder: Path) -> Milliseconds:
    """CPU of each page that needs no handle, of a search, and of a person."""
    from flows.context import open_chapter
    from flows.web.access import home_of, invite
    from flows.web.app import application
    from flows.web.pages import ASKED
    from tests.flows.web.walk import Parts

    with open_chapter(folder) as context:
        home, (link, _) = home_of(context.chapter), invite(context, "Ana Reyes")
    transport = httpx.ASGITransport(application(folder))
    origin = {"Origin": home}
    async with httpx.AsyncClient(transport=transport, base_url=home, timeout=600) as browser:
        await browser.post("/sign-in", data={"key": link.rpartition("/")[2]}, headers=origin)
        found = {}
        for one in ASKED:
            if one.method == "GET" and "{" not in one.path:
                if (await browser.get(one.path)).status_code == NOT_OURS:
                    continue
                found[f"`{one.path}`"] = await _cpu(lambda path=one.path: browser.get(path))  # type: ignore[misc]  # bound now
        for page, action, what in SEARCHES:
            forms = Parts((await browser.get(page)).text).forms
            fields = next(form.hidden for form in forms if form.action == action)
            wanted = fields | {"wanted": "person77@example.org"}

            async def search(action: str = action, wanted: Any = wanted) -> httpx.Response:
                return await browser.post(action, data=wanted, headers=origin)

            found[f"search, `{action}`"] = await _cpu(search)
            person = (await search()).headers["location"]
            found[what] = await _cpu(lambda person=person: browser.get(person))  # type: ignore[misc]  # bound now
    return found


async def _cpu(ask: Callable[[], Awaitable[httpx.Response]]) -> float:
    """Milliseconds of our own CPU for one answer, once it is warm."""
    answer = await ask()
    if answer.status_code not in (200, 303) or answer.headers.get("location") == "/sign-in":
        raise RuntimeError(f"{answer.url.path} answered {answer.status_code}")
    begun = time.process_time()
    for _ in range(TIMES):
        await ask()
    return (time.process_time() - begun) * 1000 / TIMES


if __name__ == "__main__":
    main()
