"""`clerk serve` with the jobs of `served`, whose clock a test moves.

As in the program, Prefect is imported after its environment has been made ready: a process that
imports it sooner talks to a second server of its own.
"""

import sys
from pathlib import Path

from connectors.net.network_allowlist import install_network_guard
from flows.service.deployments import Jobs, serve


def jobs() -> Jobs:
    """The jobs by a moved clock."""
    from tests.elections import served

    return Jobs(served.nightly_eligibility, served.election_clock)


if __name__ == "__main__":
    install_network_guard()
    serve(Path(sys.argv[1]), jobs)
