"""What takes time (reading sheets, sending, counting): done beside the page, its progress shown.

A work has a ledger connection of its own. It ends with what was done, or with what stood in the
way; the page that shows it looks again every few seconds.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

from flows.clock import Clock
from flows.context import ChapterContext, open_chapter
from flows.web.forms import Sent
from models.errors import ClerkError, TryAgainLater, describe_bug
from models.tally.digests import json_digest

AT_ONCE = 1.5
"""Seconds that a page waits for a work, before it shows its progress."""
AT_A_TIME = 4
"""Works under way: each asks the services, whose quota the nights need too."""
_KEPT = 200


@dataclass(frozen=True)
class Done:
    """What a work did, in sentences, and where its result is to be seen."""

    said: tuple[str, ...] = ()
    path: str = "/"


Tell = Callable[[str], None]
Job = Callable[[ChapterContext, Tell], Done]
Task = Callable[[Tell], Done]


@dataclass
class Work:
    """One work, under way or ended."""

    id: str
    title: str
    officer: str
    back: str
    """Where to go if it fails."""
    what: str = ""
    """What was asked for, and for whom: pressed twice, it is the same."""
    lines: list[str] = field(default_factory=list)
    """Its progress; the newest last."""
    done: Done | None = None
    is_told: bool = False
    """Whether the officer was told of its end."""
    fault: ClerkError | None = None
    over: Event = field(default_factory=Event)

    def told(self, line: str) -> None:
        """Note progress."""
        if not self.lines or self.lines[-1] != line:
            self.lines.append(line)


class Works:
    """All works since the program was started."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Work] = OrderedDict()
        self._lock = Lock()
        self.at_stop: list[Callable[[], None]] = []
        """What waits for an officer, and is told when the page stops."""

    def start(self, work: Work, task: Task) -> Work:
        """Start a work and wait a little for its end.

        Returns:
            The work; or what the same officer asked for before, if it is still under way.

        Raises:
            TryAgainLater: too many are under way.
        """
        with self._lock:
            going = [one for one in self._held.values() if not one.over.is_set()]
            for one in going:  # pressed twice: the one under way is what was asked for
                if (one.what, one.officer) == (work.what, work.officer):
                    return one
            if len(going) >= AT_A_TIME:
                raise TryAgainLater(
                    "other work is being done", next_step="wait until it has ended, then try again"
                )
            self._held[work.id] = work
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
        Thread(target=_run, args=(work, task), name="work", daemon=True).start()
        work.over.wait(AT_ONCE)
        return work

    @property
    def going(self) -> list[Work]:
        """Those under way."""
        with self._lock:
            return [one for one in self._held.values() if not one.over.is_set()]

    def get(self, work: str, officer: str) -> Work | None:
        """A work of an officer; another's is not shown."""
        held = self._held.get(work)
        return held if held and held.officer == officer else None


def new_work(title: str, officer: str, back: str, path: str, sent: Sent) -> Work:
    """A work to start.

    Args:
        path: where it was asked for.
        sent: what was filled in there.
    """
    what = json_digest([title, path, sorted(map(list, sent.fields.items()))])
    return Work(secrets.token_urlsafe(9), title, officer, back, what=what)


def in_chapter(folder: Path, now: Clock, job: Job) -> Task:
    """A job of the chapter, with a context of its own."""

    def task(tell: Tell) -> Done:
        with open_chapter(folder, now) as context:
            context.waiting = tell
            return job(context, tell)

    return task


def _run(work: Work, task: Task) -> None:
    try:
        work.done = task(work.told)
    except ClerkError as fault:
        work.fault = fault
    except Exception as bug:  # noqa: BLE001 - a thread has nobody to raise to; the page says it
        work.fault = ClerkError(describe_bug(bug))
    finally:
        work.over.set()
