"""A standing worker: asks the server what is due for its chapters, and has the forker do it.

It takes from a run which chapter and which of our jobs. Nights are capped, so that an hour of them
does not fill the machine; checks of votes never wait for a place. Of several runs of one job that
are due, the latest does the work of all.

Where a run may be; a state's message bears the name of the worker that has the run:

====================  =======  ======  ===========================================================
at the server         at work  unsaid  next
====================  =======  ======  ===========================================================
scheduled             no       no      taken by the first that asks, or passed over
pending, our name     yes      no      we say that it runs; if nobody hears that, how it ended
running, our name     yes      no      ends, or is given back when the worker stops
pending or running    no       yes     told again until the server hears it, or says a definite no
pending or running    no       no      the answer to `take` was lost: given back
a name not ours       no       no      left; `clerk state serve` gives back what a dead one has
ended                 no       no      nothing
====================  =======  ======  ===========================================================
"""

import os
import secrets
import signal
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import httpx

from flows import console
from flows.state.accounts import owner_of
from flows.state.ended import Ended
from flows.state.forker import Forker, Order
from flows.state.home import StateHome, state_home
from models.errors import ClerkError, FixTheSettings, TryAgainLater
from models.state.engine import Job
from models.text.formats import amount

if TYPE_CHECKING:
    from flows.state.engine import Due, PrefectEngine

AGAIN = (timedelta(minutes=1), timedelta(minutes=10))
"""After how long a night that trying again may cure is run again, the first and second time."""
MOST_PASSED = 100
"""Runs passed over at one look; a worker that is silent for too long counts as dead."""
LAST_WORD = 30.0
"""Seconds that jobs have to end when the worker is told to stop."""


class Mine(NamedTuple):
    """What a worker serves: the chapters, and why it does not serve others."""

    keys: tuple[str, ...]
    not_here: tuple[ClerkError, ...]


def mine(home: StateHome, machine: str) -> Mine:
    """The chapters that this machine may run, whose folders stand here."""
    keys, wrong = [], []
    for one in home.chapters.served:
        if one.machines and machine not in one.machines:
            continue
        try:
            owner_of(home.folder_of(one), one)
            keys.append(one.key)
        except ClerkError as fault:
            wrong.append(fault)
    return Mine(tuple(keys), tuple(wrong))


def refuse_a_stranger(home: StateHome, machine: str) -> None:
    """Several machines must be known by name: else each would think that it is the only one.

    Raises:
        FixTheSettings: `chapters.toml` does not list this machine.
    """
    listed = home.engine.machines
    if listed and machine not in listed:
        raise FixTheSettings(
            f"this computer is called “{machine}” here, and [engine] machines does not list it",
            where="chapters.toml",
            next_step="add it to machines in every copy of the file, or give its name: "
            "clerk state work --name",
        )


class Worker:
    """The worker of a machine."""

    def __init__(
        self, home: StateHome, machine: str, forker: Forker, engine: "PrefectEngine",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:  # fmt: skip
        self.name = f"{machine}.{os.getpid()}.{secrets.token_hex(3)}"
        self._home, self._machine, self._now = home, machine, now
        self._forker, self._engine = forker, engine
        self._at_work: dict[str, Due] = {}
        self._begun: dict[tuple[str, Job | None], datetime] = {}
        self._unsaid: list[tuple[Due, Ended]] = []
        self._stopping = False
        self._asked = 0.0
        self.keys: tuple[str, ...] = ()

    def stop(self, *_: object) -> None:
        """Take nothing more."""
        self._stopping = True

    def go_on(self) -> None:
        """Until told to stop; a fault is said once, and looked at again: it may be mended."""
        every = self._home.engine.ask_every_seconds
        said = ""
        while not self._stopping:
            try:
                if time.monotonic() - self._asked >= every:
                    self._asked = time.monotonic()
                    self.ask()
                    said = ""
            except ClerkError as fault:
                if str(fault) != said:
                    console.say(str(fault), "yellow")
                said = str(fault)
            self.hear(min(every, 1.0))
        self._give_back()

    def ask(self) -> None:
        """One look at what is due; starts it.

        Raises:
            FixTheSettings: `chapters.toml` is wrong. What is at work goes on, and nothing new is
                taken: its child would read the same file, and the run would have failed.
            TryAgainLater: the server does not answer, or refuses.
        """
        from flows.state.answers import translated

        with translated():
            self._engine.beat(self.name, 2 * self._home.engine.ask_every_seconds)
            untold = self._say_what_ended()
            self._take_stock()
        self._home = state_home(self._home.folder)
        self.keys = mine(self._home, self._machine).keys
        with translated():
            if self.keys:
                self._start(self._engine.due(self.keys, self._now()))
            if untold:
                raise untold

    def hear(self, patience: float) -> None:
        """What ended in the meantime."""
        for run, ended in self._forker.ended(patience):
            due = self._at_work.pop(run)
            console.say(f"{due.key}: {due.job} ended" + (f", code {ended.code}" * bool(ended.code)))
            self._unsaid.append((due, ended))
            self._asked = 0.0  # the server hears of it at once

    def _take_stock(self) -> None:
        """Give back what a lost answer left in our name: nobody else would, while we live."""
        known = {*self._at_work, *(str(due.run) for due, _ in self._unsaid)}
        for one, name in self._engine.under_way():
            if name == self.name and str(one.run) not in known:
                why = "its worker did not hear that it has it"
                self._engine.give_back(one.run, one.starts, timedelta(), self._now(), why)

    def _start(self, due: "Iterable[Due]") -> None:
        from flows.state.answers import unless_no

        busy = {(one.key, one.job) for one in self._at_work.values()}
        older: list[Due] = []
        for one in due:
            what = one.key, one.job
            if one.key not in self.keys or one.job is None:
                self._engine.pass_over(one.run, "this is no job of the program")
            elif (last := self._begun.get(what)) and one.at <= last:
                older.append(one)
            elif what in busy or (one.job is Job.NIGHT and not self._has_room()):
                continue
            elif self._engine.take(one, self.name):
                self._begun[what] = one.at
                # At once: what the server does not hear now must not keep the job from being done.
                self._at_work[str(one.run)] = one
                self._forker.order(Order(str(one.run), one.key, one.job))
                console.say(f"{one.key}: {one.job} begins")
                with unless_no(f"{one.key}: {one.job}"):
                    self._engine.begin(one, self.name)

        for one in older[:MOST_PASSED]:
            self._engine.pass_over(one.run, "a later one does its work")

    def _has_room(self) -> bool:
        nights = sum(1 for one in self._at_work.values() if one.job is Job.NIGHT)
        return nights < self._home.engine.nights_at_once

    def _say_what_ended(self) -> httpx.HTTPStatusError | None:
        """What the server cannot take stays, and keeps nothing else back; the error is returned."""
        untold = None
        for one in [*self._unsaid]:
            try:
                self._tell(*one)
            except httpx.HTTPStatusError as exc:
                untold = exc
            else:
                self._unsaid.remove(one)
        return untold

    def _tell(self, due: "Due", ended: Ended) -> None:
        from flows.state.answers import unless_no

        for moment in ended.moments:
            with unless_no(f"{due.key}: a check at a moment of a vote"):
                self._engine.plan(due.key, moment)
        for election in ended.closed:
            with unless_no(f"{due.key}: a check after a vote"):
                self._engine.check_now(due.key, election, self._now())
        with unless_no(f"{due.key}: {due.job}"):
            if ended.night:
                self._engine.show(due.key, ended.night)
        with unless_no(f"{due.key}: {due.job}"):
            self._end(due, ended)

    def _end(self, due: "Due", ended: Ended) -> None:
        starts = due.starts  # before this one
        again = ended.code == TryAgainLater.exit_code and due.job is Job.NIGHT
        if again and starts < len(AGAIN):
            self._engine.give_back(due.run, starts, AGAIN[starts], self._now(), ended.said)
        else:
            self._engine.end(due.run, ended.code, ended.said)

    def _give_back(self) -> None:
        """Wait for what is at work; what does not end is for another worker to take."""
        until = time.monotonic() + LAST_WORD
        while self._at_work and time.monotonic() < until:
            self.hear(1.0)
        self._forker.stop()
        from flows.state.answers import translated

        with translated():
            self._say_what_ended()
            for one in self._at_work.values():
                why = "its worker was stopped"
                self._engine.give_back(one.run, one.starts, timedelta(), self._now(), why)
            self._engine.forget(self.name)


def work(folder: Path, machine: str) -> None:
    """Be a worker until told to stop.

    Raises:
        FixTheSettings: the settings are wrong, or this machine serves no chapter.
        TryAgainLater: the process that forks the jobs has ended.
    """
    home = state_home(folder)
    refuse_a_stranger(home, machine)
    found = mine(home, machine)
    for fault in found.not_here:
        console.say(f"Not served: {fault}", "yellow")
    if not found.keys:
        raise FixTheSettings(
            f"this computer, “{machine}”, serves no chapter",
            where="chapters.toml",
            next_step="`clerk state doctor` says why",
        )
    forker = Forker(home.folder)  # before Prefect, which starts threads, and before the secret
    reach(home)
    from flows.state.engine import engine

    with engine() as asked:
        worker = Worker(home, machine, forker, asked)
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, worker.stop)
        serves = amount(len(found.keys), "chapter")
        console.say(f"Worker {worker.name}: {serves}. Press Ctrl-C to stop.")
        try:
            worker.go_on()
        except ConnectionError as exc:
            raise TryAgainLater(str(exc), next_step="start `clerk state work` again") from None


def reach(home: StateHome) -> None:
    """Make ready to ask the server, with the secret; Prefect reads its settings when imported."""
    from connectors.net.network_allowlist import allow
    from flows.scheduler.home import make_ready
    from flows.scheduler.server import prefect_exit
    from flows.service.deployments import work_in

    secret = home.secret()
    make_ready(home.folder)
    work_in(home.folder)
    os.environ["PREFECT_API_URL"] = home.engine.api
    os.environ["PREFECT_API_AUTH_STRING"] = secret
    allow([prefect_exit(home.engine.api)])
