"""A rehearsal of an invented chapter, and what there is to do in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from connectors.sandbox.invented import invent
from connectors.sandbox.server import Sandbox
from connectors.settings import Chapter, RehearsalClock, load_chapter
from flows.context import ChapterContext, open_chapter
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from flows.rehearsal import folder as folders
from flows.rehearsal.kept import take_up
from flows.rehearsal.notes import Notes
from flows.rehearsal.people import Shape
from flows.rehearsal.settings import Addresses
from flows.rehearsal.world import World
from flows.votes.lifecycle import approve
from flows.votes.publish import publish
from models.membership.voting_status import Status

BEGUN = datetime(2026, 3, 30, 16, 0, tzinfo=UTC)
OFFICER = "Thea Novak"
HERE = Addresses("http://127.0.0.1:9", 8461)
SMALL = Shape(votes=6, away=3, not_yet=2, unreached=1)


def real(folder: Path, more: str = "", **changed: str) -> Chapter:
    """An invented chapter that stands for a real one.

    Args:
        more: further settings, as TOML.
        changed: what a text of its settings is replaced by, under any name.
    """
    with Sandbox() as nobody:
        invent(nobody, folder, BEGUN.date())
    file = folder / "chapter.toml"
    text = file.read_text()
    for said in changed.values():
        old, _, new = said.partition(" → ")
        assert old in text
        text = text.replace(old, new)
    file.write_text(text + more)
    return load_chapter(folder)


@contextmanager
def begun(chapter: Chapter, shape: Shape = SMALL) -> Iterator[World]:
    """A rehearsal of it that has just begun; its pages do not run."""
    place = folders.place_of(chapter.folder)
    with Sandbox(now=RehearsalClock(place)) as sandbox:
        notes = Notes(chapter=chapter.name, begun=BEGUN, by=OFFICER)
        folders.make(chapter, place, sandbox, HERE, shape, notes)
        yield World(place, sandbox, "http://127.0.0.1:8461", HERE.home)


@contextmanager
def taken_up(place: Path, *, killed: bool) -> Iterator[World]:
    """The same, taken up by another process."""
    with Sandbox(now=RehearsalClock(place)) as sandbox:
        take_up(place, sandbox, killed=killed)
        folders.lead_here(place, sandbox, HERE)
        yield World(place, sandbox, "http://127.0.0.1:8461", HERE.home)


@contextmanager
def sat_down(world: World) -> Iterator[ChapterContext]:
    """The rehearsal's chapter, at its time."""
    with open_chapter(world.folder) as context:
        yield context


def next_(world: World, kind: str | None = None) -> tuple[str, ...]:
    """Let time pass to the next moment, or to the next of a kind."""
    moment = next(one for one in world.moments() if kind in (None, one.kind))
    return world.go(moment.at, lambda _: None)


def roll(world: World) -> dict[Status, int]:
    """How many have which status."""
    with sat_down(world) as context:
        return facts_of(context, known_sources(context.ledger)).roll(context.today).counts()


def approved(world: World, name: str = "rehearsal") -> None:
    """An officer approves the vote."""
    with sat_down(world) as context:
        approve(context, name, OFFICER)


def published(world: World, name: str = "rehearsal") -> None:
    """An officer publishes it."""
    with sat_down(world) as context, context.ledger.alone():
        vote = context.ledger.votes.get(name)
        assert vote
        publish(context, vote, OFFICER)
