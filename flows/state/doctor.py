"""`clerk state doctor`: what is wrong with an installation, each with its next step.

Each chapter's folder is looked at by a child that is the chapter's own account, as its jobs are:
what root can read says nothing of what the job will be able to.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from connectors.files.own_files import is_there
from flows.doctor.checks import Check, Look, failed, looked
from flows.doctor.scheduler import asks_for_a_password
from flows.state.accounts import owner_of
from flows.state.ended import Ended
from flows.state.forker import Forker, Order
from flows.state.home import StateHome, state_home
from flows.state.status import LATE, Status
from models.errors import ClerkError, FixTheSettings, TryAgainLater
from models.state.directory import ServedChapter
from models.state.engine import Job
from models.text.formats import listed

PATIENCE = 60.0
"""Seconds for a look at one chapter's folder."""


def examine(folder: Path, machine: str, ask: Callable[[StateHome], Status]) -> Iterator[Check]:
    """Check an installation, one thing after the other.

    Args:
        machine: what this computer is called in `[engine] machines`.
        ask: asks the server how every chapter is; called after the folders were looked at.
    """
    try:
        home = state_home(folder)
    except ClerkError as fault:
        yield failed("chapters.toml", fault)
        return
    yield Check("chapters.toml", True, f"chapters to run: {len(home.chapters.served)}")
    forker = Forker(home.folder)
    try:
        for what, look in _here(home, machine, forker):
            yield looked(what, look)
    finally:
        forker.stop()
    found = looked("engine", partial(_engine, home))
    yield found
    if not found.fine:
        return
    try:
        status = ask(home)
    except ClerkError as fault:
        yield failed("runs", fault)
        return
    yield looked("workers", partial(_workers, home, status))
    for line in status.chapters:
        yield looked(f"last night of {line.key}", partial(_last_night, status, line.key))


def _here(home: StateHome, machine: str, forker: Forker) -> Iterator[Look]:
    yield "secret", partial(_secret, home)
    if home.engine.database_file and is_there(home.folder / home.engine.database_file):
        yield "database", lambda: home.database() and "its URL is readable by its owner only"
    for one in home.chapters.served:
        if one.machines and machine not in one.machines:
            yield one.key, partial("it runs on {}".format, ", ".join(one.machines))
        else:
            yield one.key, partial(_chapter, home, one, forker)


def _secret(home: StateHome) -> str:
    home.secret()
    return "readable by its owner only"


def _chapter(home: StateHome, chapter: ServedChapter, forker: Forker) -> str:
    """What its own account finds in its folder."""
    owner = owner_of(home.folder_of(chapter), chapter)
    ended = _looked_at(chapter.key, forker)
    if ended is None:
        raise TryAgainLater("its folder could not be looked at within a minute", where=chapter.key)
    if ended.code:
        kind = TryAgainLater if ended.code == TryAgainLater.exit_code else FixTheSettings
        fact, _, step = ended.said.partition("\nNext: ")
        raise kind(fact, where=chapter.key, next_step=step)
    return f"its jobs run as {owner.name}"


def _looked_at(key: str, forker: Forker) -> Ended | None:
    """What came of the look at one chapter; the late answer of another one is passed over."""
    until = time.monotonic() + PATIENCE
    try:
        forker.order(Order(key, key, Job.LOOK))
        while time.monotonic() < until:
            found = dict(forker.ended(1.0))
            if key in found:
                return found[key]
    except ConnectionError as gone:
        raise TryAgainLater(str(gone), where=key) from None
    return None


def _engine(home: StateHome) -> str:
    return asks_for_a_password(home.engine.api, "chapters.toml [engine] api")


def _workers(home: StateHome, status: Status) -> str:
    alive = {name.partition(".")[0] for name in status.workers}
    missing = sorted({*home.engine.machines} - alive)
    if not alive or missing:
        what = f"no worker runs on {', '.join(missing)}" if missing else "no worker runs"
        raise FixTheSettings(
            what,
            where="chapters.toml [engine]",
            next_step=f"start `clerk state work` on {listed(missing or ['this computer'])}",
        )
    if not home.engine.machines and len(alive) > 1:
        raise FixTheSettings(
            f"workers run on {len(alive)} computers, and [engine] machines lists none: a chapter "
            "whose ledger is a file would have one on each, and send every email twice",
            where="chapters.toml [engine] machines",
            rule="ST-1",
            next_step="list their names there, in every copy of the file",
        )
    return f"{len(status.workers)} at work, on {', '.join(sorted(alive))}"


def _last_night(status: Status, key: str) -> str:
    (line,) = [one for one in status.chapters if one.key == key]
    if line.late:
        raise FixTheSettings(
            f"{line.late} runs wait for longer than {LATE.seconds // 60} minutes",
            where=key,
            next_step="see whether a worker serves it: `clerk state status`",
        )
    if line.next is None:
        raise FixTheSettings(
            "no nightly run is planned", where=key, next_step="start `clerk state serve`"
        )
    if line.last and line.last.state not in ("Completed", "Running", "Pending"):
        raise FixTheSettings(
            f"its last nightly run ended as {line.last.state.lower()}",
            where=key,
            next_step=f"read what it says: `clerk doctor`, as the account of {key}",
        )
    return "fine" if line.last else "it has had no nightly run yet"
