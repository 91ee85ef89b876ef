"""The nightly job as a Prefect flow: tasks round I/O only, nothing personal for Prefect to keep.

The flow has no parameters (the chapter's folder comes from CLERK_CHAPTER), its tasks neither cache
nor persist, and no exception leaves a task or the flow with anything but our own message: Prefect
writes parameters, names, state messages and tracebacks into its database.
"""

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.context import SyncClientContext

from connectors.files.old_names import hush
from connectors.net.network_allowlist import allow, install_network_guard
from flows.clock import Clock, utc_now
from flows.context import open_chapter
from flows.nightly.night import SyncOptions
from flows.nightly.sync import sync
from flows.scheduler.orchestrator import show
from flows.scheduler.server import prefect_exit
from flows.service.due_steps import in_turn
from flows.service.due_steps import run_night as run_a_night
from flows.service.strikes import in_counts
from models.errors import ClerkError, TryAgainLater, describe_bug
from models.privacy import redact_addresses

T = TypeVar("T")
PAUSES = [60.0, 600.0]
"""Seconds before the second and third attempt of a task, on top of the connectors' own patience."""


LONGEST = 2 * 60 * 60
"""Seconds a night may take; one that hangs must not keep the next from coming."""


class Failed(Exception):
    """What Prefect may know of a failure: one of our messages, or the place of a bug."""

    def __init__(self, message: str) -> None:
        super().__init__(redact_addresses(message))  # the last net under our own messages


def harmless(work: Callable[..., T]) -> Callable[..., T]:
    """The same work, whose exceptions carry no value of a variable (DP-3)."""

    def guarded(*arguments: Any) -> T:
        try:
            return work(*arguments)
        except ClerkError as error:
            error.__cause__ = error.__context__ = None  # a chained one would be kept with it
            raise
        except Exception as exc:  # noqa: BLE001 - every other message could name a person
            raise Failed(describe_bug(exc)) from None

    return guarded


def curable(_task: Any, _run: Any, state: Any) -> bool:
    """Whether trying again can help."""
    return isinstance(state.result(raise_on_failure=False), TryAgainLater)


def as_task(name: str, work: Callable[..., T], *arguments: Any) -> T:
    """Run one piece of I/O as a task."""
    made = task(
        name=name,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=len(PAUSES),
        retry_delay_seconds=PAUSES,
        retry_condition_fn=curable,
    )
    return made(harmless(work))(*arguments)


@flow(name="nightly-eligibility", persist_result=False, log_prints=False, timeout_seconds=LONGEST)
def nightly_eligibility() -> None:
    """Make the mailing list follow the sign-in sheets, once a night.

    Raises:
        Failed: with the message of what to do; the run is shown as failed.
    """
    run_night(utc_now)


def run_night(now: Clock) -> None:
    """One night, by whatever clock."""
    log = get_run_logger()
    behind_the_net()
    hush()  # `clerk serve` told, and the next job would tell again
    try:
        harmless(_night)(now, log.info)
    except ClerkError as error:
        # The traceback that Prefect keeps shows this frame and this message, and no cause.
        raise Failed(str(error)) from None


def behind_the_net() -> None:
    """From here on this process reaches the orchestrator, and what the chapter lists (DP-3)."""
    install_network_guard()
    with SyncClientContext.get_or_create() as prefect:
        allow([prefect_exit(str(prefect.client.api_url))])


def _night(now: Clock, tell: Callable[[str], None]) -> None:
    with open_chapter(Path(os.environ.get("CLERK_CHAPTER", ".")), now) as context:
        context.waiting = tell
        job = partial(sync, context, SyncOptions(apply=True), step=as_task)
        night = run_a_night(context, tell, lambda: in_turn(job, time.sleep))
        show(context.chapter.slug, in_counts(night))
