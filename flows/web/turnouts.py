"""The turnout of votes, as last read: beside the page, so that no page waits for a service.

What was read is shown with its moment, and read anew when it is some minutes old or the vote's
record has a new line.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Lock, Thread

from flows.clock import Clock
from flows.context import ChapterContext, open_chapter
from flows.views.turnout import Turnout, turnout
from flows.votes.lifecycle import vote_of
from flows.web import works
from models.errors import ClerkError, describe_bug
from models.votes.election_record import ElectionRecord

FRESH, KEPT = timedelta(minutes=3), timedelta(hours=1)
"""How long it is good, and how long it is held: it names whom to call."""


@dataclass
class Read:
    """What is known of a vote's turnout."""

    mark: Hashable = None
    """What it rests on: the vote's state, and the newest line of its record."""
    turnout: Turnout | None = None
    """None until it was read."""
    fault: ClerkError | None = None
    """Why it cannot be read just now."""
    under_way: Event | None = None

    @property
    def is_read(self) -> bool:
        """Whether nothing is under way."""
        return self.under_way is None


class Turnouts:
    """Of every vote that somebody looked at."""

    def __init__(self) -> None:
        self._held: dict[str, Read] = {}
        self._lock = Lock()

    def of(self, context: ChapterContext, now: Clock, vote: ElectionRecord) -> Read:
        """What is known; if that is old, it is read anew, and waited for a little."""
        mark = (vote.state, context.ledger.votes.lines(vote.name)[-1].seal)
        with self._lock:
            self._drop_old(now())
            held = self._held.setdefault(vote.name, Read())
            last = held.turnout
            is_fresh = held.mark == mark and last and now() - last.at < FRESH
            if not is_fresh and held.under_way is None:
                held.under_way = Event()
                folder = context.chapter.folder
                arguments = (folder, now, vote.name, held, mark)
                Thread(target=_read, args=arguments, name="turnout", daemon=True).start()
            waits = held.under_way
        if waits:
            waits.wait(works.AT_ONCE)
        return replace(held)

    def _drop_old(self, now: datetime) -> None:
        for name, held in list(self._held.items()):
            if held.is_read and held.turnout and now - held.turnout.at > KEPT:
                del self._held[name]


def _read(folder: Path, now: Clock, name: str, held: Read, mark: Hashable) -> None:
    over = held.under_way
    held.fault = None
    try:
        with open_chapter(folder, now) as context:
            held.turnout = turnout(context, vote_of(context, name))
            held.mark = mark
    except ClerkError as fault:
        held.fault = fault
    except Exception as bug:  # noqa: BLE001 - a thread has nobody to raise to; the page says it
        held.fault = ClerkError(describe_bug(bug))
    finally:
        held.under_way = None
        if over:
            over.set()
