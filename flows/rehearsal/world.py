"""One rehearsal while it runs, as its pages use it."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from connectors.sandbox.server import Sandbox
from flows.rehearsal.clock import RehearsalClock
from flows.rehearsal.values import Act, Invented, Moment, Step, Trouble


class World:
    """A rehearsal: its stand-in, its time, its people, and what can be done in it.

    Attributes:
        folder: the rehearsal's own chapter folder.
        sandbox: the stand-in for Google and Mailchimp; its states may be edited directly.
        desk_url: the officers' page of the rehearsal.
        home_url: the rehearsal's pages.
        lock: held while something is changed; one change at a time.
    """

    def __init__(
        self, folder: Path, sandbox: Sandbox, desk_url: str = "", home_url: str = ""
    ) -> None:
        self.folder, self.sandbox = folder, sandbox
        self.desk_url, self.home_url = desk_url, home_url
        self.clock = RehearsalClock(folder)
        self.lock = threading.RLock()

    @property
    def name(self) -> str:
        """The chapter's name, marked as a rehearsal's."""
        return ""

    @property
    def zone(self) -> str:
        """The chapter's zone: its times are shown by it."""
        return "UTC"

    def moments(self) -> tuple[Moment, ...]:
        """What the program will do by itself, next first."""
        return ()

    def go(self, to: datetime, tell: Callable[[str], None]) -> tuple[str, ...]:
        """Let time pass until then, and do on the way what the scheduler would have done.

        Returns:
            What happened, in sentences; `tell` is told each as soon as it is known.
        """
        return ()

    def people(self) -> tuple[Invented, ...]:
        """Everybody who was invented, by name."""
        return ()

    def troubles(self) -> tuple[Trouble, ...]:
        """What can be made to go wrong."""
        return ()

    def begin(self, key: str) -> None:
        """Let a trouble begin."""

    def end(self, key: str) -> None:
        """Put it back as it was."""

    def steps(self) -> tuple[Step, ...]:
        """The guided half hour; a step is done by what the facts say."""
        return ()

    def acts(self) -> tuple[Act, ...]:
        """What the invented members can do now."""
        return ()

    def act(self, key: str) -> str:
        """Let the members do it; what they did, in a sentence."""
        return ""

    def report(self) -> str:
        """The report so far, as an HTML page: counts and sentences only."""
        return ""

    def save(self) -> None:
        """Keep the stand-in's state, whole or not at all."""
