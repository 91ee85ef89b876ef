"""One request to a rehearsal's pages, and what it is answered with."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from connectors.pages import PageTexts
from flows.rehearsal.world import World
from flows.web.forms import Sent
from flows.web.memory import SessionMemory
from flows.web.outside import FRAMED
from flows.web.visits import GoTo, Page
from flows.web.works import Work, Works
from models.errors import TryAgainLater
from models.text import formats

_PATIENCE = 2
"""Seconds that a form waits for another change to end."""


@dataclass
class Shared:
    """What all visits share, as long as the program runs."""

    world: World
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    """Of the forms' tokens."""
    works: Works = field(default_factory=Works)
    going: Work | None = None
    """The newest work."""
    memory: SessionMemory = field(default_factory=SessionMemory)
    seen: set[tuple[str, int]] = field(default_factory=set)
    """The emails that were opened."""


class Paged(NamedTuple):
    """One page of a long list."""

    page: int
    pages: int
    shown: slice
    """Of the list."""


def pages_of(many: int, size: int) -> int:
    """How many pages a list has; an empty one has one."""
    return max(1, -(-many // size))


@dataclass(frozen=True)
class Visit:
    """A request: for what, with what filled in."""

    shared: Shared = field(repr=False)
    words: PageTexts = field(repr=False)
    path: str
    at: Mapping[str, str] = field(default_factory=dict)
    """The parts of the path that a route names."""
    asked: Mapping[str, list[str]] = field(default_factory=dict)
    """What stands after the path."""
    sent: Sent = field(default_factory=Sent)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def world(self) -> World:
        """The rehearsal."""
        return self.shared.world

    def wish(self, name: str) -> str:
        """What stands after the path under a name; "" if nothing."""
        return next(iter(self.asked.get(name, ())), "").strip()

    def paged(self, many: int, size: int) -> "Paged":
        """Which page of a long list is wanted: the first where none, the last where too far."""
        pages, asked = pages_of(many, size), self.wish("page")
        wanted = int(asked) if asked.isascii() and asked.isdigit() else 1
        page = min(max(wanted, 1), pages)
        return Paged(page, pages, slice((page - 1) * size, page * size))

    @cached_property
    def zone(self) -> ZoneInfo:
        """The chapter's zone."""
        return ZoneInfo(self.world.zone)

    def local(self, when: datetime) -> datetime:
        """A moment on the chapter's clock."""
        return when.astimezone(self.zone)

    def moment(self, when: datetime) -> str:
        """The same in words: "Friday, October 11, at 9:00 PM"."""
        return formats.moment(self.local(when), self.words.language)

    @contextmanager
    def alone(self) -> Iterator[World]:
        """Change something, while nothing else does.

        Raises:
            TryAgainLater: time is passing.
        """
        world = self.world
        if not world.lock.acquire(timeout=_PATIENCE):
            say = self.words.say
            raise TryAgainLater(say("rehearsal.busy"), next_step=say("rehearsal.busy_next"))
        try:
            yield world
        finally:
            world.lock.release()


@dataclass(frozen=True)
class Document:
    """A whole document of its own, such as an email as it looks; `policy` says what it may do."""

    html: str = field(repr=False)
    policy: str = FRAMED


Answer = Page | GoTo | Document
Handler = Callable[[Visit], Answer]


class Asked(NamedTuple):
    """One thing that can be asked for: how, where, and who answers."""

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
