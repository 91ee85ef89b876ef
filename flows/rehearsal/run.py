"""`clerk rehearse`: a rehearsal runs until it is told to stop, is taken up, and ends."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from connectors import elections
from connectors.files.private_files import write_private
from connectors.sandbox import invented_election
from connectors.sandbox.invented import invent
from connectors.sandbox.server import Sandbox
from connectors.settings import Chapter, RehearsalClock, load_chapter
from flows import console
from flows.clock import utc_now
from flows.context import open_chapter
from flows.rehearsal import folder as folders
from flows.rehearsal.kept import keep, take_up
from flows.rehearsal.notes import Notes, read_notes
from flows.rehearsal.pages.app import application
from flows.rehearsal.people import Shape
from flows.rehearsal.report import HTML, NAME, TEXT
from flows.rehearsal.settings import Addresses, texts_of
from flows.rehearsal.troubles import go_on
from flows.rehearsal.world import World
from flows.votes.lifecycle import on_the_clock
from flows.web.run import beside, listen, serving
from flows.web.works import Works
from models.errors import ClerkError, FixTheSettings, Refused
from models.privacy import redact_addresses

EXAMPLE = Path("rehearsal-example")
"""The folder of the invented chapter, where the command is given."""
PORT = 8470
"""Of the rehearsal's pages; the next is its officers' page's. Others are taken if need be."""
CHANGED = (
    "The chapter’s settings, bylaws, emails, or drafts have changed since this rehearsal began. It "
    "goes on with those it began with. To rehearse the new ones, end it first: `clerk rehearse "
    "--over`."
)
KEEP_EVERY = 20.0
"""Seconds, after which it is kept if officers changed something."""


class Wishes(NamedTuple):
    """How a rehearsal begins; one that is taken up is as it was."""

    like_roll: bool = False
    by: str = ""
    example: bool = False


def rehearse(folder: Path, wishes: Wishes, stop: threading.Event | None = None) -> None:
    """Run a chapter's rehearsal until the process is told to stop.

    Args:
        stop: ends it when set; Ctrl-C does too.

    Raises:
        Refused: one runs already, or the chapter is a rehearsal itself.
        FixTheSettings: the chapter's settings are wrong.
    """
    stop = stop or _told_to_stop()
    if wishes.example:
        folder = example(folder)
    chapter = folders.real_chapter(folder)
    with folders.alone(chapter.folder), opened(chapter, wishes) as world:
        world.stopped = stop
        _say_where(world)
        _keep_now_and_then(world, stop)
    here = "" if folder == Path() else f" -c {folder}"
    again = "clerk rehearse --example" if wishes.example else f"clerk rehearse{here}"
    console.say(f"Stopped, and kept. `{again}` takes it up again; `{again} --over` ends it.")


@contextmanager
def opened(chapter: Chapter, wishes: Wishes) -> Iterator[World]:
    """A chapter's rehearsal, begun or taken up, with its pages; kept when the block ends."""
    place = folders.place_of(chapter.folder)
    begins = not folders.is_there(place)
    shape = folders.shape_like(chapter.folder) if wishes.like_roll and begins else Shape()
    with ExitStack() as stack:
        pages, desk = _port(PORT), _port(PORT + 1)
        here = Addresses(f"http://127.0.0.1:{_number(pages)}", _number(desk))
        desk.close()  # the officers' page takes it by its number
        sandbox = stack.enter_context(Sandbox(now=RehearsalClock(place), journal=False))
        if begins:
            with console.working("inventing people") as tell:
                tell("the sheets, the mailing list, and the ballot forms")
                notes = Notes(chapter=chapter.name, begun=utc_now(), by=wishes.by)
                warnings = folders.make(chapter, place, sandbox, here, shape, notes)
            for line in warnings:
                console.say(line)
        else:
            _take_up(place, sandbox, here)
            if _has_changed(chapter, read_notes(place)):
                console.warn(CHANGED)
        world = World(place, sandbox, f"http://127.0.0.1:{here.desk_port}", here.home)
        stack.enter_context(folders.running(place))
        stack.callback(world.save)
        stack.enter_context(beside(place))
        works = Works()
        stack.enter_context(serving(application(world, works), pages, works))
        yield world


def _has_changed(chapter: Chapter, notes: Notes) -> bool:
    """Whether the chapter's texts are not those that it was made of; one needs none of them now."""
    try:
        return notes.texts not in ("", texts_of(chapter))
    except (ClerkError, OSError):  # what cannot be read any more was, then
        return True


def _take_up(place: Path, sandbox: Sandbox, here: Addresses) -> None:
    killed = folders.was_killed(place)
    take_up(place, sandbox, killed=killed)
    folders.lead_here(place, sandbox, here)
    notes = read_notes(place)
    notes.resumed.append(utc_now())
    go_on(sandbox, notes)
    notes.save(place)
    keep(place, sandbox)
    if killed:
        console.say("It was not stopped last time. It goes on from where it was last kept.")


def over(folder: Path) -> Path | None:
    """End a rehearsal: write its report into the chapter's folder, and remove the rest.

    Returns:
        The report; those of rehearsals before stay. None if too little is left for one.

    Raises:
        Refused: there is none, or it runs.
    """
    chapter = folders.real_chapter(folder)
    place = folders.place_of(chapter.folder)
    with folders.alone(chapter.folder):
        if not folders.is_there(place):
            raise Refused(
                "there is no rehearsal of this chapter",
                where=str(place),
                next_step="`clerk rehearse` begins one",
            )
        page = _report(chapter.folder, place)
        folders.remove(place)
    return page


def _report(home: Path, place: Path) -> Path | None:
    try:
        with Sandbox(now=RehearsalClock(place)) as sandbox:
            take_up(place, sandbox, killed=folders.was_killed(place))
            report = World(place, sandbox).report_so_far()
    except FixTheSettings:  # damaged: it must come to an end all the same
        return None
    page = _free(home)
    write_private(page, report.html().encode())
    write_private(page.with_suffix(TEXT), report.text().encode())
    return page


def _free(folder: Path) -> Path:
    """Where a report takes the place of no other: the second is …-2, and so on."""
    names = chain([NAME], (f"{NAME}-{number}" for number in count(2)))
    pages = (folder / f"{name}{HTML}" for name in names)
    return next(p for p in pages if not (p.exists() or p.with_suffix(TEXT).exists()))


def example(within: Path) -> Path:
    """The invented chapter of the demo, made where it is not there yet; it reaches nothing.

    Raises:
        Refused: something else is there.
    """
    folder = within / EXAMPLE
    if os.path.lexists(folder) and not folders.is_invented(folder):
        raise Refused(
            "this folder is there already, and is not the invented chapter of the demo: "
            + folders.what_is_in(folder),
            where=redact_addresses(str(folder)),
            next_step="move it away or rename it, or run the command in another folder",
        )
    if not (folder / "chapter.toml").exists():
        with Sandbox() as nobody:  # the rehearsal brings its own
            invent(nobody, folder, utc_now().date())
        chapter = load_chapter(folder)
        opens, closes = invented_election.window(utc_now().astimezone(chapter.tz))
        table = invented_election.election_table(opens, closes)
        contests = invented_election.CONTESTS
        elections.write_new(chapter.folder, invented_election.NAME, table, contests)
    return folder


def _say_where(world: World) -> None:
    with open_chapter(world.folder) as context:
        now = on_the_clock(context.chapter, world.clock.now())
    console.title(f"{world.name}. Everybody in it is invented; nothing leaves this computer.")
    console.say(f"Open in a browser on this computer: {world.home_url}")
    console.say(f"Its time is {now}, and stands still until you move it.")
    console.say(f"In another terminal: clerk roll --chapter {world.folder}")
    console.say("Press Ctrl-C to stop.")


def _keep_now_and_then(world: World, stop: threading.Event) -> None:
    """Keep what officers changed at their page, when no job is at work."""
    seen = _changed(world)
    while not stop.wait(KEEP_EVERY):
        if (now := _changed(world)) != seen and world.lock.acquire(blocking=False):
            try:
                with suppress(ClerkError), open_chapter(world.folder) as context:
                    with context.ledger.alone():
                        world.save()
                    seen = now
            finally:
                world.lock.release()


def _changed(world: World) -> tuple[float, ...]:
    found = []
    for file in (world.folder / "ledger").glob("clerk.sqlite*"):
        with suppress(FileNotFoundError):  # the database takes its own files away
            found += [] if file.name.endswith("lock") else [file.stat().st_mtime]
    return tuple(sorted(found))


def _told_to_stop() -> threading.Event:
    """Set by Ctrl-C; a second one ends at once whatever the first one waits for."""
    stop = threading.Event()

    def told(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job ignores the first
        signal.signal(number, told)
    return stop


def _port(wanted: int) -> socket.socket:
    try:
        return listen(wanted)
    except OSError:
        return listen(0)


def _number(taken: socket.socket) -> int:
    port: int = taken.getsockname()[1]
    return port
