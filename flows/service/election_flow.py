"""The clock of the votes as a Prefect flow, and the closing event.

One flow, two deployments. `clock` strikes every few minutes. `to-the-minute` is planned for each
moment of a calendar as it comes near, and is started by the closing event too; it may wait out the
grace before a count. Each of these ways is enough; together they still do everything once.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from prefect import flow, get_run_logger

from connectors.files.old_names import hush
from flows.clock import Clock, utc_now
from flows.context import open_chapter
from flows.scheduler.orchestrator import announce, plan, show
from flows.scheduler.told import NightTold, RunTold, VoteTold
from flows.service.nightly_flow import Failed, behind_the_net, harmless
from flows.service.strikes import strike_once
from models.errors import ClerkError

FLOW, CLOCK, TO_THE_MINUTE = "election-clock", "clock", "to-the-minute"
CLOSING = "clerk.election.closed"
"""The event that starts a tally."""


class _Prefect:
    """The scheduler of a chapter that `clerk serve` serves."""

    def __init__(self, chapter: str) -> None:
        self._chapter = chapter

    def closed(self, election: str) -> None:
        announce(CLOSING, VoteTold(chapter=self._chapter, election=election))

    def plan(self, election: str, moment: datetime, at: datetime) -> None:
        to_the_minute = f"{FLOW}/{TO_THE_MINUTE}-{self._chapter}"
        plan(RunTold(deployment=to_the_minute, election=election, moment=moment), at)

    def show(self, night: NightTold) -> None:
        show(self._chapter, night)


@flow(name=FLOW, persist_result=False, log_prints=False)
def election_clock(wait: bool = False) -> None:
    """Do whatever any vote's calendar wants now.

    Args:
        wait: stay until a closed vote's grace is over, and count it then.

    Raises:
        Failed: with the message of what to do; the run is shown as failed.
    """
    strike(utc_now, wait)


def strike(now: Clock, wait: bool) -> None:
    """Run every election step that is due now, by the given clock."""
    log = get_run_logger()
    behind_the_net()
    hush()  # `clerk serve` told, and the next job would tell again
    try:
        harmless(_strike)(now, wait, log.info)
    except ClerkError as error:
        # The traceback that Prefect keeps shows this frame and this message, and no cause.
        raise Failed(str(error)) from None


def _strike(now: Clock, wait: bool, tell: Callable[[str], None]) -> None:
    with open_chapter(Path(os.environ.get("CLERK_CHAPTER", ".")), now) as context:
        strike_once(context, wait, tell, _Prefect(context.chapter.slug))
