"""Schedules, and `clerk serve`: one process that keeps a chapter's jobs running.

Without PREFECT_API_URL it brings its own Prefect server (`own_server`); with it, it serves that
server instead, beside other chapters if need be: every deployment bears its chapter's name (ST-1).
Prefect reads its settings when it is imported, so the environment is made ready first.

The flows are held in this process's memory and started from there. What a deployment's row says of
code (entrypoint, path, pull steps, environment) is never read: a server tells when, not what.
"""

import asyncio
import multiprocessing.process
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from connectors.settings import Chapter, load_chapter
from flows import console
from flows.doctor import fit_to_run
from flows.rehearsed import refuse_rehearsal
from flows.scheduler.home import make_ready, serving_alone
from flows.scheduler.own_server import Server, answers
from models.errors import ClerkError, TryAgainLater

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.runner import Runner

AGAIN = 15.0
"""Seconds a stop may take before it is told again."""


class Jobs(NamedTuple):
    """The flows that are served."""

    nightly: "Flow[[], None]"
    clock: "Flow[[bool], None]"


def serve(folder: Path, jobs: Callable[[], Jobs] | None = None) -> None:
    """Serve the chapter's jobs until the process is told to stop.

    Args:
        jobs: gives the flows, once Prefect may be imported; the chapter's own if left out.

    Raises:
        FixTheSettings: the settings or keys are wrong, or the server does not come up or stay up.
        Refused: it runs for this chapter already, or it is a rehearsal, whose time does not pass.
        TryAgainLater: a server that is not ours does not answer any more.
    """
    chapter = load_chapter(folder)
    refuse_rehearsal(chapter)
    for check in fit_to_run(folder):
        console.say(f"For now: {check.found}. The program tries again each time.", "yellow")
    with serving_alone(chapter.folder):
        make_ready(chapter.folder)
        work_in(chapter.folder)
        # A stop that comes before Prefect listens for it must still take the server along.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with Server(chapter.folder, given_up=_stop) as server:
            try:
                server.wait()
                with beside_the_jobs(chapter):
                    _serve(chapter, server, (jobs or own_jobs)())
            finally:
                if server.failure:  # which then is why anything else ended
                    raise server.failure


@contextmanager
def beside_the_jobs(chapter: Chapter) -> Iterator[None]:
    """The officers' page beside the jobs, where `[desk]` is set; the jobs do not depend on it."""
    with ExitStack() as opened:
        if chapter.desk:
            from flows.web.access import home_of
            from flows.web.run import beside

            try:
                opened.enter_context(beside(chapter.folder))
                console.say(f"The officers' page: {home_of(chapter)}")
            except ClerkError as fault:
                console.say(f"Without the officers' page: {fault}", "yellow")
        yield


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def work_in(folder: Path) -> None:
    """Work in an empty folder of the program's own, and run the jobs there too.

    Prefect reads `.env`, settings, and Python modules of the folder it is started in.
    """
    empty = folder / "prefect" / "empty"
    empty.mkdir(mode=0o700, exist_ok=True)
    os.chdir(empty)
    multiprocessing.process.ORIGINAL_DIR = str(empty)  # type: ignore[attr-defined]  # where a spawned job goes first


def _serve(chapter: Chapter, server: Server, jobs: Jobs) -> None:
    from prefect.exceptions import TerminationSignal

    runner = runner_of(chapter, jobs)
    runner.handle_sigterm = heard(runner.handle_sigterm)  # type: ignore[method-assign]
    if server.access:
        console.say(f"Prefect's page, on this computer only: {server.access.page}")
        secret = server.access.secret if sys.stdout.isatty() else "`clerk scheduler` shows it"
        console.say(f"Its password: {secret}")
    if chapter.google.base_url or chapter.mailchimp.base_url:
        console.say(
            "base_url in chapter.toml points to the sandbox: this is a rehearsal.", "yellow"
        )
    at, minutes = chapter.schedule.nightly, chapter.schedule.check_every_minutes
    every = f"{minutes} minutes" if minutes > 1 else "minute"
    console.say(
        f"{chapter.name}: nightly run at {at:%H:%M} ({chapter.zone}), elections checked "
        f"every {every}. Press Ctrl-C to stop."
    )
    try:
        asyncio.run(runner.start())
    except (KeyboardInterrupt, TerminationSignal):
        return
    except Exception:
        if server.ours or answers(server.url):
            raise  # `serve` puts our own server's failure in its place
        raise TryAgainLater(
            "the Prefect server no longer responds",
            where="PREFECT_API_URL",
            next_step="start that server, then run `clerk serve`",
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def heard(stop: Callable[..., None]) -> Callable[..., None]:
    """A handler of SIGTERM whose exception is raised again until it is heard.

    Prefect ends by an exception in whatever code runs just then; a serializer that swallowed it
    kept the process for ever.
    """

    def stopping(*arguments: object) -> None:
        signal.signal(signal.SIGALRM, lambda *_: sys.exit(0))
        signal.setitimer(signal.ITIMER_REAL, AGAIN, AGAIN)
        stop(*arguments)

    return stopping


def own_jobs() -> Jobs:
    """The chapter's jobs, by the machine's clock."""
    from flows.service.election_flow import election_clock
    from flows.service.nightly_flow import nightly_eligibility

    return Jobs(nightly_eligibility, election_clock)


def runner_of(chapter: Chapter, jobs: Jobs) -> "Runner":
    """The chapter's jobs with their schedules and triggers, in memory, and made known."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.events import DeploymentEventTrigger
    from prefect.runner import Runner
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.scheduler.told import VoteTold
    from flows.service.election_flow import CLOCK, CLOSING, TO_THE_MINUTE

    at, mine = chapter.schedule.nightly, chapter.slug
    made = Runner(name=f"clerk-{mine}", pause_on_shutdown=False)
    made.add_flow(
        jobs.nightly,
        f"nightly-{mine}",
        entrypoint_type=EntrypointType.MODULE_PATH,
        schedule=Cron(f"{at.minute} {at.hour} * * *", timezone=chapter.zone),
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
    )
    made.add_flow(
        jobs.clock,
        f"{CLOCK}-{mine}",
        entrypoint_type=EntrypointType.MODULE_PATH,
        # No limit: the ledger's lock keeps strikes apart, and a killed run's slot would stay
        # taken for minutes in which a vote may close.
        schedule=Cron(f"*/{chapter.schedule.check_every_minutes} * * * *", timezone="UTC"),
    )
    made.add_flow(
        jobs.clock,
        f"{TO_THE_MINUTE}-{mine}",
        entrypoint_type=EntrypointType.MODULE_PATH,
        parameters={"wait": True},
        triggers=[
            DeploymentEventTrigger(
                name=f"a vote of {chapter.name} has closed",
                expect={CLOSING},
                match=VoteTold(chapter=mine, election="*").resource(),
            )
        ],
    )
    return made
