"""A set-up at the officers' page: the questions of `clerk init`, asked of an officer (flows.setup).

They are asked in a thread of their own, which waits at each question. Nothing is lost when it ends:
what was answered is kept in a file, and the next talk goes on from there.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Condition, Lock, Thread
from typing import Final

from connectors.ledger import Act
from connectors.settings import load_chapter
from flows.clock import Clock
from flows.context import open_chapter
from flows.setup.adding import add
from flows.setup.face import Note, Question, Reading
from flows.setup.file import Additions
from flows.setup.interview import BACK, Interview, from_the_beginning
from flows.setup.lock import alone
from flows.setup.trial import trial
from flows.web.works import AT_ONCE
from models.errors import ClerkError, Refused, describe_bug
from models.votes.events import SettingsExtended

IDLE: Final = 30 * 60
"""Seconds that a question waits for its answer, before others may set the chapter up."""
WHERE: Final = "at the officers' page"
_ANOTHER_TAB: Final = frozenset(("kind", "spreadsheet", "form"))
"""Questions that are not about the tab that was shown last."""


class Stopped(Exception):
    """The officer stopped, or went away."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on the page, with what was said before it."""

    number: int
    question: Question
    notes: tuple[Note, ...]
    wrong: tuple[Note, ...]
    """What is wrong with the answer before."""
    reading: Reading | None
    typed: str
    """The answer that was wrong."""


@dataclass
class Talk:
    """One set-up, with one officer; a face of the interview (flows.setup.face)."""

    officer: str
    began: datetime
    more: Additions | None = None
    """What was added, once it ended."""
    fault: ClerkError | None = None
    is_stopped: bool = False
    is_over: bool = False
    _asked: Asked | None = None
    _last: Asked | None = None
    _notes: list[Note] = field(default_factory=list)
    _reading: Reading | None = None
    _answer: str | None = None
    _is_hushed: bool = False
    _turn: Condition = field(default_factory=Condition, repr=False)

    @property
    def asked(self) -> Asked | None:
        """The question that waits for its answer; None while the program looks."""
        return self._asked

    def ask(self, question: Question) -> str:
        with self._turn:
            if self.is_stopped:
                raise Stopped
            last, new = self._last, tuple(self._notes)
            again = last is not None and last.question is question
            if question.about and question.about.name in _ANOTHER_TAB:
                self._reading = None
            self._asked = self._last = Asked(
                last.number + 1 if last else 1,
                question,
                last.notes if last and again else new,
                new if again else (),
                self._reading,
                (self._answer or "") if again else "",
            )
            self._notes, self._answer = [], None
            self._turn.notify_all()
            self._turn.wait_for(lambda: self._answer is not None or self.is_stopped, IDLE)
            self._asked = None
            if self._answer is None or self.is_stopped:
                self.is_stopped = True
                raise Stopped
            return self._answer

    def tell(self, note: Note) -> None:
        if not self._is_hushed:
            self._notes.append(note)

    def show(self, reading: Reading) -> None:
        if not self._is_hushed:
            self._reading = reading

    def hush(self, *, on: bool) -> None:
        self._is_hushed = on

    def answer(self, number: int, said: str) -> None:
        """Give an answer; one to an earlier question is dropped. Waits a little for the next."""
        with self._turn:
            if self._asked and self._asked.number == number:
                self._answer, self._asked = said, None
                self._turn.notify_all()
            self._wait()

    def back(self) -> None:
        """Return to the question before."""
        if asked := self._asked:
            self.answer(asked.number, BACK)

    def stop(self) -> None:
        """End it at the question where it stands; what was answered is kept."""
        with self._turn:
            self.is_stopped, self._asked = True, None
            self._turn.notify_all()
            self._wait()

    def end(self) -> None:
        """It is over, however."""
        with self._turn:
            self.is_over, self._asked = True, None
            self._turn.notify_all()

    def wait(self) -> None:
        """Wait a little for the next question."""
        with self._turn:
            self._wait()

    def _wait(self) -> None:
        self._turn.wait_for(lambda: self._asked is not None or self.is_over, AT_ONCE)


class Talks:
    """The set-up of this chapter, if there is one: at most one at a time."""

    def __init__(self) -> None:
        self._now: Talk | None = None
        self._lock = Lock()

    def now(self) -> Talk | None:
        """The one under way, or the one that ended last."""
        return self._now

    def stop(self) -> None:
        """The page stops."""
        if self._now:
            self._now.stop()

    def begin(self, folder: Path, officer: str, now: Clock) -> Talk:
        """Begin one, or go on with the officer's own.

        Raises:
            Refused: another officer's is under way.
        """
        with self._lock:
            if (held := self._now) and not held.is_over:
                if held.officer != officer:
                    raise Refused(
                        "another officer is adding sheets at the moment",
                        next_step="wait until that is done; half an hour after the last answer it "
                        "stops by itself, and you can go on from there",
                    )
                return held
            talk = self._now = Talk(officer, now())
        Thread(target=_run, args=(talk, folder, now), name="set-up", daemon=True).start()
        talk.wait()
        return talk


def _run(talk: Talk, folder: Path, now: Clock) -> None:
    try:
        with alone(folder, WHERE):
            interview = Interview(folder, talk)
            talk.more = from_the_beginning(lambda: _added(folder, interview))
            interview.forget()
            if talk.more:
                _record(talk, folder, now, talk.more)
    except Stopped:
        pass
    except ClerkError as fault:
        talk.fault = fault
    except Exception as bug:  # noqa: BLE001 - a thread has nobody to raise to; the page says it
        talk.fault = ClerkError(describe_bug(bug))
    finally:
        talk.end()


def _added(folder: Path, interview: Interview) -> Additions | None:
    with trial(folder) as trying:
        return add(interview, trying, load_chapter(folder))


def _record(talk: Talk, folder: Path, now: Clock, more: Additions) -> None:
    with open_chapter(folder, now) as context:
        added = SettingsExtended(tabs=tabs_of(more), forms=len(more.forms))
        context.ledger.votes.note("", Act(talk.officer, context.now(), added))


def tabs_of(more: Additions) -> int:
    """How many tabs were added; those that a pattern finds are one."""
    return sum(
        len(held) if isinstance(held, list) else 1
        for book in more.workbooks
        for key, held in book.items()
        if key != "id"
    )
