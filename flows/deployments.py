"""Schedules, and `clerk serve`: one process that keeps a chapter's jobs running.

Without PREFECT_API_URL it brings its own Prefect server, on loopback, with its database in the
chapter's folder; with it, it serves that server instead, beside other chapters if need be: every
deployment bears its chapter's name (ST-1). Prefect reads its settings when it is imported, so the
environment is made ready first.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from connectors.exits import allow, let_start
from connectors.settings import Chapter, load_chapter
from flows import console
from flows.doctor import fit_to_run
from flows.prefect_server import prefect_exit
from models.errors import FixTheSettings

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.deployments.runner import RunnerDeployment

AGAIN = 15.0
"""Seconds a stop may take before it is told again."""
PATIENCE = 120
"""Seconds a fresh Prefect server may take to come up; it makes its database first."""


class Jobs(NamedTuple):
    """The flows that are served."""

    nightly: "Flow[[], None]"
    clock: "Flow[[bool], None]"


def serve(folder: Path, jobs: Callable[[], Jobs] | None = None) -> None:
    """Serve the chapter's jobs until the process is told to stop.

    Args:
        jobs: gives the flows, once Prefect may be imported; the chapter's own if left out.

    Raises:
        FixTheSettings: the settings or keys are wrong, or the server does not come up.
    """
    chapter = load_chapter(folder)
    for check in fit_to_run(folder):
        console.say(f"For now: {check.found}. It is tried again each time.", "yellow")
    make_ready(chapter.folder)
    # A stop that comes before Prefect listens for it must still take the server along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with Server(chapter.folder) as server:
        server.wait()
        from prefect import serve as prefect_serve
        from prefect.runner import Runner

        served = deployments(chapter, (jobs or own_jobs)())
        if server.ours:
            page = server.url.removesuffix("/api")
            console.say(f"Prefect's page, on this machine only: {page}")
        at, every = chapter.schedule.nightly, chapter.schedule.clock_minutes
        console.say(
            f"{chapter.name}: every night at {at:%H:%M} ({chapter.zone}), and the clock of votes "
            f"every {every} minutes. Ctrl-C stops."
        )
        Runner.handle_sigterm = heard(Runner.handle_sigterm)  # type: ignore[method-assign]
        try:
            prefect_serve(*served, print_starting_message=False, pause_on_shutdown=False)
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
    from flows.nightly import nightly_eligibility
    from flows.vote_clock import election_clock

    return Jobs(nightly_eligibility, election_clock)


def deployments(chapter: Chapter, jobs: Jobs) -> "list[RunnerDeployment]":
    """The schedules and triggers of a chapter."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.events import DeploymentEventTrigger
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.orchestrator import VoteTold
    from flows.vote_clock import CLOCK, CLOSING, TO_THE_MINUTE

    one_at_a_time = ConcurrencyLimitConfig(
        limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
    )
    at, module = chapter.schedule.nightly, EntrypointType.MODULE_PATH
    mine = chapter.slug
    made = [
        jobs.nightly.to_deployment(
            f"nightly-{mine}",
            entrypoint_type=module,
            schedule=Cron(f"{at.minute} {at.hour} * * *", timezone=chapter.zone),
            concurrency_limit=one_at_a_time,
        ),
        jobs.clock.to_deployment(
            f"{CLOCK}-{mine}",
            entrypoint_type=module,
            # No limit: the ledger's lock keeps strikes apart, and a killed run's slot would stay
            # taken for minutes in which a vote may close.
            schedule=Cron(f"*/{chapter.schedule.clock_minutes} * * * *", timezone="UTC"),
        ),
        jobs.clock.to_deployment(
            f"{TO_THE_MINUTE}-{mine}",
            entrypoint_type=module,
            parameters={"wait": True},
            triggers=[
                DeploymentEventTrigger(
                    name=f"a vote of {chapter.name} has closed",
                    expect={CLOSING},
                    match=VoteTold(chapter=mine, election="*").resource(),
                )
            ],
        ),
    ]
    assert not any(isinstance(one, Coroutine) for one in made)  # noqa: S101 - Prefect types it both ways
    return made  # type: ignore[return-value]  # as above


def make_ready(folder: Path) -> None:
    """Set what Prefect reads from the environment: no telemetry, quiet logs, a home of our own."""
    home = folder / "prefect"
    home.mkdir(mode=0o700, exist_ok=True)
    os.environ["CLERK_CHAPTER"] = str(folder)
    os.environ.update(
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        DO_NOT_TRACK="1",
        PREFECT_LOGGING_TO_API_ENABLED="false",
        PREFECT_LOGGING_SETTINGS_PATH=str(Path(__file__).with_name("logging.yml")),
        PREFECT_RESULTS_PERSIST_BY_DEFAULT="false",
    )
    os.environ.setdefault("PREFECT_HOME", str(home))


class Server:
    """A Prefect server of our own on loopback, unless the environment names another."""

    def __init__(self, folder: Path) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self.url = os.environ.get("PREFECT_API_URL", "")
        self._log = folder / "prefect" / "server.log"
        let_start(sys.executable)  # the server and the jobs, each behind a net of its own
        if not self.url:
            self._start()
        allow([prefect_exit(self.url)])

    def _start(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/api"
        os.environ["PREFECT_API_URL"] = os.environ["PREFECT_SERVER_UI_API_URL"] = self.url
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(  # noqa: S603 - our own interpreter
                [sys.executable, "-m", "flows.prefect_server", str(port)],
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    @property
    def ours(self) -> bool:
        """Whether this process started it."""
        return self._child is not None

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            FixTheSettings: it does not come up.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and (self._child is None or self._child.poll() is None):
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2):  # noqa: S310 - an API address that the operator set
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise FixTheSettings(
            "the Prefect server does not answer",
            where=str(self._log) if self.ours else "PREFECT_API_URL",
            next_step="read the end of that file" if self.ours else "start that server first",
        )

    def stop(self) -> None:
        """Stop it, if it is ours."""
        if self._child:
            self._child.terminate()
            try:
                self._child.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()
            for name in ("PREFECT_API_URL", "PREFECT_SERVER_UI_API_URL"):
                os.environ.pop(name, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()
