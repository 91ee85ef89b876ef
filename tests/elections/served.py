"""The served jobs by a clock that a test moves.

The file `shift` in the chapter's folder holds the seconds between the machine's time and the
chapter's. The program itself has no such door.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from prefect import flow

from flows.clock import utc_now
from flows.service.election_flow import strike
from flows.service.nightly_flow import run_night

SHIFT = "shift"


def moved_now() -> datetime:
    """The machine's time, moved."""
    shift = Path(os.environ["CLERK_CHAPTER"]) / SHIFT
    return utc_now() + timedelta(seconds=float(shift.read_text()))


@flow(name="nightly-eligibility", persist_result=False)
def nightly_eligibility() -> None:
    """As in the program."""
    run_night(moved_now)


@flow(name="election-clock", persist_result=False)
def election_clock(wait: bool = False) -> None:
    """As in the program."""
    strike(moved_now, wait)
