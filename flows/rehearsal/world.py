"""One rehearsal while it runs, as its pages use it."""

import threading
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from connectors.sandbox.server import Sandbox
from connectors.settings import RehearsalClock
from flows.clock import utc_now
from flows.context import ChapterContext, open_chapter
from flows.rehearsal import acts, people, troubles
from flows.rehearsal.facts import facts_of
from flows.rehearsal.kept import keep
from flows.rehearsal.notes import Happened, Notes, read_notes
from flows.rehearsal.passing import STRIKES, moments, pass_time, strike
from flows.rehearsal.power import cut_off_a_night
from flows.rehearsal.report import Report, report_of
from flows.rehearsal.steps import steps
from flows.rehearsal.values import Act, Invented, Moment, Step, Trouble
from flows.tabs.status import next_night
from flows.web.access import made_link
from models.errors import FixTheSettings, Refused
from models.votes.election import Election, ElectionState

NOTHING = "Nothing was due in this time."
STOPPED = "Stopped on the way: time has passed this far and no further."


class World:
    """A rehearsal: its stand-in, its time, its people, and what can be done in it.

    Attributes:
        folder: the rehearsal's own chapter folder.
        sandbox: the stand-in for Google and Mailchimp; its states may be edited directly.
        clock: its time.
        desk_url: the officers' page of the rehearsal.
        home_url: the rehearsal's pages.
        lock: held while something is changed; one change at a time.
        stopped: set when the rehearsal is told to stop: time goes no further.
    """

    def __init__(
        self, folder: Path, sandbox: Sandbox, desk_url: str = "", home_url: str = ""
    ) -> None:
        self.folder, self.sandbox = folder, sandbox
        self.desk_url, self.home_url = desk_url, home_url
        self.clock = RehearsalClock(folder)
        self.lock = threading.RLock()
        self.stopped = threading.Event()

    @property
    def name(self) -> str:
        """The chapter's name, marked as a rehearsal's."""
        with self._opened() as context:
            return context.chapter.name

    @property
    def zone(self) -> str:
        """The chapter's zone: its times are shown by it."""
        with self._opened() as context:
            return context.chapter.zone

    def moments(self) -> tuple[Moment, ...]:
        """What the program will do by itself, next first."""
        with self._opened() as context:
            return tuple(moments(context))

    def go(self, to: datetime, tell: Callable[[str], None]) -> tuple[str, ...]:
        """Let time pass until then, and do on the way what the scheduler would have done.

        Returns:
            What happened, in sentences; `tell` is told each as soon as it is known.
        """
        said: list[str] = []

        def told(line: str) -> None:
            said.append(line)
            tell(line)

        with self._changing() as notes:
            if to <= self.clock.now():
                raise Refused(
                    "this time has passed, and no time of a rehearsal comes again",
                    next_step="choose a later time",
                )
            strikes = 1 if troubles.SLOW in notes.going_on else STRIKES
            stopped = self.stopped.is_set
            nights, happened = pass_time(self.folder, self.clock, to, told, strikes, stopped)
            notes.nights += nights
            if stopped():
                told(STOPPED)
            elif not happened:
                told(NOTHING)
            notes.told += [Happened(at=self.clock.now(), what=line) for line in said]
        return tuple(said)

    def people(self) -> tuple[Invented, ...]:
        """Everybody who was invented, by name."""
        return tuple(sorted(people.invented(read_notes(self.folder).plays)))

    def officers(self) -> tuple[str, ...]:
        """Who can sign in at the officers' page; those who can act come first."""
        with self._opened() as context:
            told = sorted(context.chapter.officers, key=lambda one: not one.acts)
            return tuple(one.name for one in told)

    def onlookers(self) -> tuple[str, ...]:
        """Which of them may look, and not act."""
        with self._opened() as context:
            return tuple(one.name for one in context.chapter.officers if not one.acts)

    def sign_in_link(self, officer: str) -> str:
        """A link by which an officer signs in at the officers' page, once."""
        with self._opened() as context:
            return made_link(context, officer)[0]

    def troubles(self) -> tuple[Trouble, ...]:
        """What can be made to go wrong."""
        return troubles.troubles(read_notes(self.folder))

    def begin(self, key: str) -> None:
        """Let a trouble begin.

        Raises:
            Refused: it goes on already, or nothing here could go wrong this way.
        """
        self._known(key, [one.key for one in self.troubles()])
        with self._changing() as notes, self._opened() as context:
            if key == troubles.POWER:
                self._cut_the_power(context, notes)
            else:
                troubles.begin(self.sandbox, context.chapter, notes, key)
            if key not in notes.tried:
                notes.tried.append(key)

    def end(self, key: str) -> None:
        """Put it back as it was.

        Raises:
            Refused: it does not go on.
        """
        self._known(key, [one.key for one in self.troubles()])
        with self._changing() as notes:
            if key == troubles.POWER and notes.going_on.pop(key, None):
                strike(self.folder, self.clock, self._note(notes))
            else:
                troubles.end(self.sandbox, notes, key)

    def _cut_the_power(self, context: ChapterContext, notes: Notes) -> None:
        """Go to the next night, and kill it; members sign in before, so that it has work."""
        if troubles.POWER in notes.going_on:
            raise Refused("the power is off already", next_step="put it back first")
        self._sign_in(context, notes, acts.BY_A_TROUBLE)
        at = next_night(context)
        self.clock.set(at)
        notes.nights += 1
        if not cut_off_a_night(self.folder, self.sandbox):
            raise Refused(
                "the nightly run was done before the power was cut: there was little to change",
                next_step="change something in the sheets, then try again",
            )
        notes.going_on[troubles.POWER] = True
        self._note(notes)("The power was cut in the middle of the nightly run.")

    def steps(self) -> tuple[Step, ...]:
        """The guided half hour; a step is done by what the facts say."""
        with self.lock, self._opened() as context:
            notes = read_notes(self.folder)
            done = list(notes.done)
            found = steps(facts_of(context, self.sandbox, notes), notes, self.desk_url)
            if notes.done != done:
                notes.save(self.folder)
            return found

    def acts(self) -> tuple[Act, ...]:
        """What the invented members can do now."""
        with self._opened() as context:
            return acts.acts(bool(_open_votes(context)))

    def act(self, key: str) -> str:
        """Let the members do it; what they did, in a sentence."""
        self._known(key, acts.TITLES)
        with self._changing() as notes, self._opened() as context:
            if key == acts.SIGN_IN:
                return self._sign_in(context, notes, key)
            now = self.clock.now()
            if key == acts.LEAVE:
                said = acts.leave(self.sandbox, context.chapter, notes, now)
            elif votes := _open_votes(context):
                said = " ".join(
                    f"{one.title}: {acts.vote(self.sandbox, one, notes, now, key)}" for one in votes
                )
            else:
                raise Refused("no vote is open", next_step="let time pass until one opens")
            self._acted(notes, key)
            return said

    def _sign_in(self, context: ChapterContext, notes: Notes, key: str) -> str:
        membership = context.bylaws.in_force(context.today).membership
        chapter, now = context.chapter, self.clock.now()
        said = acts.sign_in(self.sandbox, chapter, membership, notes, now)
        self._acted(notes, key)
        return said

    def _acted(self, notes: Notes, key: str) -> None:
        notes.acted.append(key)
        notes.last[key] = self.clock.now()

    def told(self) -> tuple[Happened, ...]:
        """What happened while time passed, newest last."""
        return tuple(read_notes(self.folder).told)

    def report_so_far(self) -> Report:
        """What was rehearsed until now."""
        found = self.steps()
        with self._opened() as context:
            notes = read_notes(self.folder)
            times = utc_now(), self.clock.now()
            facts = facts_of(context, self.sandbox, notes)
            return report_of(notes, facts, found, context.chapter.tz, times)

    def report(self) -> str:
        """The report so far, as an HTML page: counts and sentences only."""
        return self.report_so_far().html()

    def save(self) -> None:
        """Keep the stand-in's state, whole or not at all."""
        with self.lock:
            keep(self.folder, self.sandbox)

    @contextmanager
    def _opened(self) -> Iterator[ChapterContext]:
        with open_chapter(self.folder) as context:
            yield context

    @contextmanager
    def _changing(self) -> Iterator[Notes]:
        """Change something, alone; afterwards all of it is kept, whatever stood in the way."""
        with self.lock:
            notes = read_notes(self.folder)
            try:
                yield notes
            finally:
                notes.save(self.folder)
                self.save()

    def _note(self, notes: Notes) -> Callable[[str], None]:
        return lambda line: notes.told.append(Happened(at=self.clock.now(), what=line))

    def _known(self, key: str, keys: Container[str]) -> None:
        if key not in keys:
            raise FixTheSettings("there is nothing of this name to try", next_step="go back")


def _open_votes(context: ChapterContext) -> list[Election]:
    """The votes that are open, the next to close first."""
    votes = [v for v in context.ledger.votes.all() if v.state is ElectionState.OPEN]
    now = context.now()
    coming = [vote.election for vote in votes if vote.election.closes > now]
    return sorted(coming, key=lambda one: one.closes)
