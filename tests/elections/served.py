"""`clerk serve` with a clock that a test moves: the same jobs, by the time that a file shifts.

The program itself has no such door; this module is one. The file `shift` in the chapter's folder
holds the seconds between the machine's time and the chapter's.
"""

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from prefect import flow

from flows.deployments import Jobs, serve
from flows.desk import utc_now
from flows.nightly import run_night
from flows.vote_clock import strike

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


def jobs() -> Jobs:
    """From this module by its name: a run imports them anew."""
    from tests.elections import served

    return Jobs(served.nightly_eligibility, served.election_clock)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), jobs)
