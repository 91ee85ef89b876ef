"""What many tests share: a clock that is moved by hand, a sandbox, and a chapter on it."""

import gc
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import settings
from xdist.remote import Producer

from connectors.sandbox.server import Sandbox
from tests import shortcuts, slow_suite
from tests.flows.town import Town
from tests.flows.traffic import Judge
from tests.replays import REPLAYS
from tests.slow_suite import WholeFiles

settings.register_profile("patient", deadline=None)  # build machines are busy: no test is timed
settings.load_profile("patient")

FIRST_NIGHT = datetime(2026, 3, 31, 6, 0, tzinfo=UTC)
"""02:00 in the invented chapter's zone."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WholeFiles | None:
    """The slow suite's own, or the one that the command names."""
    return WholeFiles(config, log) if slow_suite.is_asked_for(config) else None


def pytest_configure() -> None:
    """Files of a chapter that others can write are refused: no test depends on who runs it."""
    os.umask(0o022)
    shortcuts.write_to_memory()
    shortcuts.take()
    REPLAYS.watch()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Whether what was played earlier may be put back depends on what a test listens to."""
    REPLAYS.begin(getattr(item, "fixturenames", ()))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without any -m the slow tests are skipped, and say so."""
    items[:] = slow_suite.longest_first(items)
    if not config.option.markexpr:
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="takes minutes: make test-slow"))


def pytest_collection_finish() -> None:
    """12,000 tests stay for as long as the process: nobody looks through them for garbage again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 10, 100)  # modules and kept ends of nights stay as well


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = FIRST_NIGHT

    def __call__(self) -> datetime:
        return self.at

    def go(self, *, days: int = 0, minutes: int = 0) -> None:
        """Let time pass."""
        self.at += timedelta(days=days, minutes=minutes)

    @property
    def today(self) -> date:
        """The day in UTC, which is the chapter's own at this hour."""
        return self.at.date()


@pytest.fixture(scope="session")
def quick_keys() -> Iterator[None]:
    """Reading a service account's key checks its primes (80 ms): once is enough for a session."""
    with pytest.MonkeyPatch.context() as patch:
        known = cache(serialization.load_pem_private_key)
        patch.setattr(serialization, "load_pem_private_key", known)
        REPLAYS.harmless = patch
        yield


@pytest.fixture(scope="session")
def services(quick_keys: None) -> Iterator[tuple[Sandbox, Clock]]:
    """One sandbox for all tests of a process, with the clock it goes by."""
    clock = Clock()
    with Sandbox(now=clock) as running:
        yield running, clock


@pytest.fixture(scope="session")
def judge() -> Judge:
    """The referees of the wire, one for all."""
    return Judge()


@pytest.fixture
def clock(services: tuple[Sandbox, Clock]) -> Clock:
    """The chapter's and the services' clock, at two in the morning of 2026-03-31."""
    clock = services[1]
    clock.at = FIRST_NIGHT
    return clock


@pytest.fixture
def sandbox(services: tuple[Sandbox, Clock], clock: Clock, judge: Judge) -> Iterator[Sandbox]:
    """Both services, empty; afterwards the referees look at what went over the wire."""
    sandbox = services[0]
    empty(sandbox)
    yield sandbox
    objections = judge.objections(sandbox.journal)
    empty(sandbox)
    assert objections == []


def empty(sandbox: Sandbox) -> None:
    """As new."""
    sandbox.reset()
    sandbox.faults.on_request = None
    sandbox.google.tokens.clear()
    sandbox.load({"google": {}, "mailchimp": {}})


@pytest.fixture
def town(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Town:
    """An invented chapter of twelve people before its first night."""
    return Town.found(sandbox, clock, tmp_path / "chapter", people=12)
