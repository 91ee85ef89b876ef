"""`clerk serve` ends when it is told to, whatever code the signal meets."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from flows.service import deployments


@pytest.fixture(autouse=True)
def quiet_afterwards() -> Iterator[None]:
    before = signal.getsignal(signal.SIGALRM)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_a_stop_that_was_swallowed_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deployments, "AGAIN", 0.05)
    told = []

    def stop(runner: str) -> None:
        told.append(runner)
        sys.exit(0)

    with suppress(SystemExit):  # as a serializer does that the signal met
        deployments.heard(stop)("runner")
    assert told == ["runner"]
    with pytest.raises(SystemExit):
        time.sleep(30)
