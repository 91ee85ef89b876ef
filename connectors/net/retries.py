"""What is tried again, how often and after how long, and what is not.

Apart from the door itself, whose library takes a while to import.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from models.errors import FixTheSettings, TryAgainLater

T = TypeVar("T")

LATER = "run it again later; nothing is done twice"


class NotLetIn(FixTheSettings):
    """The service refuses such a request for every file: it says nothing about a single one."""


class Blocked(TryAgainLater):
    """For hours; asking on prolongs it. The next job tries again, and not this one."""


MINUTE, LONGEST = 60.0, 120.0
"""Seconds: a quota of a minute is whole again after the first, and nothing is waited for longer
than the second at a time."""
WORTH_TELLING = 10.0
"""Seconds; nobody at a terminal wonders before."""
Waits = Callable[[str, float], None]


def _silent(service: str, seconds: float) -> None:
    """Tell nobody."""


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


class RetryPolicy:
    """Tries again what is safe to do twice: reads, and writes that set rather than add.

    Args:
        attempts: how often in all.
        pause: seconds before the first retry; 0 waits for nothing that no service asks for.
        tell: is called before a long wait, with who makes us wait and for how many seconds.
        sleep: waits.
    """

    def __init__(
        self,
        attempts: int,
        pause: float,
        tell: Waits = _silent,
        sleep: Callable[[float], None] = _sleep,
    ) -> None:
        self._attempts, self._pause = attempts, pause
        self._tell, self._sleep = tell, sleep

    def __call__(self, call: Callable[..., T], *arguments: Any, **options: Any) -> T:
        """Call until it works, the attempts are used up, or the error is not curable so."""
        retrying = Retrying(
            retry=retry_if_exception(
                lambda exc: isinstance(exc, TryAgainLater) and not isinstance(exc, Blocked)
            ),
            stop=stop_after_attempt(self._attempts),
            wait=self._wait,
            before_sleep=self._say,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(call, *arguments, **options)

    def _wait(self, state: RetryCallState) -> float:
        """Return how long to wait: as long as the service asks, two minutes at most.

        That is into the next minute where its quota of this one is used up, else twice as long as
        last time.
        """
        error = _fault(state)
        doubled = float(self._pause * 2 ** (state.attempt_number - 1))
        if error and error.after is not None:
            return min(error.after, LONGEST)
        if error and error.by_the_minute and self._pause:
            return min(max(doubled, MINUTE), LONGEST)
        return min(doubled, LONGEST)

    def _say(self, state: RetryCallState) -> None:
        seconds = state.next_action.sleep if state.next_action else 0.0
        error = _fault(state)
        if error and seconds >= WORTH_TELLING:
            self._tell(error.where, seconds)


def _fault(state: RetryCallState) -> TryAgainLater | None:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, TryAgainLater) else None


def host_of(url: str) -> str:
    """host[:port] of a URL."""
    return urlsplit(url).netloc
