"""One way out: a list of exits, timeouts, keep-alive, retries, and foreign errors made ours.

Every connector's session carries `GuardedAdapter` as its adapter. It lets a request pass only to
a host on the list of exits (DP-3), reads the whole answer so that a connection broken in the
middle shows here, waits for none for ever (`deadline`), takes in no more than `LARGEST`, follows
nobody who says "ask elsewhere", and turns whatever retrying can cure into `TryAgainLater`; the
service's own refusals are translated by the connector's `refusal`.
"""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from connectors.net.deadline import POOLS
from connectors.net.sockets import is_loopback
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater

T = TypeVar("T")

# At DEBUG it logs every URL, and Mailchimp names a contact in it by the md5 of the address (DP-3).
logging.getLogger("urllib3.connectionpool").addFilter(lambda line: line.levelno >= logging.WARNING)

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that a later try can cure."""

LARGEST = 64 * 2**20
"""Bytes of one answer, unpacked. A page of 1000 contacts is under one megabyte, a workbook of
100,000 sign-ins about ten, a page of 5000 answers to a form some more; a few times that in memory
still fits the smallest machine."""

Refusal = Callable[[requests.Response], ClerkError | None]


class NotLetIn(FixTheSettings):
    """The service refuses such a request for every file: it says nothing about a single one."""


class GuardedAdapter(HTTPAdapter):
    """The adapter of every session.

    Args:
        service: the name used in messages.
        exits: host[:port] → why it may be reached.
        timeout: (connect, read) in seconds.
        refusal: turns a refusing answer into one of our errors, or None to let it pass.
        check: what else may be wrong when its host is not found, as in “that the key is whole”.
        lasts: whether an answer with a passing status is a refusal all the same.
    """

    def __init__(
        self,
        service: str,
        exits: Mapping[str, str],
        timeout: tuple[float, float],
        refusal: Refusal,
        check: str = "",
        lasts: Callable[[requests.Response], bool] = lambda _: False,
    ) -> None:
        self._lasts = lasts
        self._check = f" and {check}" if check else ""
        self._service, self._exits, self._timeout, self._refusal = service, exits, timeout, refusal
        super().__init__(pool_maxsize=4)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]  # its options are passed through
        """Send to a listed exit, and come back with an answer worth reading.

        Raises:
            Refused: the host is no exit.
            TryAgainLater: the service is busy, slow or down, or something else answers for it.
            NotLetIn: a stand-in on this machine is not running; waiting would help nobody.
            ClerkError: whatever the service's refusal means.
        """
        host = urlsplit(request.url or "").netloc.rpartition("@")[2]
        if host not in self._exits:
            raise Refused(
                f"{host} is not on the list of allowed hosts",
                where=self._service,
                rule="DP-3",
                next_step="`clerk doctor` shows the list",
            )
        options["timeout"] = self._timeout
        try:
            response = super().send(request, **options)
            _take_in(response)
        except _TooLarge:
            raise TryAgainLater(
                f"the answer is larger than {LARGEST // 2**20} MB",
                where=self._service,
                next_step="run it again; if it says so again, see how long the chapter's tabs are",
            ) from None
        except requests.Timeout:
            raise TryAgainLater("no answer in time", where=self._service, next_step=LATER) from None
        except requests.exceptions.SSLError:
            raise Refused(
                "the connection is not private: its certificate does not fit",
                where=self._service,
                rule="DP-3",
                next_step="look for a proxy or a wrong clock on this machine",
            ) from None
        except requests.RequestException as exc:
            if is_loopback(urlsplit(f"//{host}").hostname or "") and _nobody_listens(exc):
                raise NotLetIn(
                    "this is a stand-in on this machine and it is not running; the demo's ended "
                    "with `make demo`",
                    where=f"chapter.toml [{self._service.lower()}] base_url",
                    next_step="in a rehearsal, run `clerk rehearse` again; otherwise take base_url "
                    "out to reach the service itself",
                ) from None
            raise TryAgainLater(
                f"the connection to {host} failed",
                where=self._service,
                next_step=f"see that this machine is online{self._check}; {LATER}",
            ) from None
        if response.status_code in BUSY and not self._lasts(response):
            raise TryAgainLater(
                f"busy or down (status {response.status_code})",
                where=self._service,
                after=_seconds(response.headers.get("Retry-After")),
                by_the_minute=response.status_code == requests.codes.too_many_requests,
                next_step=LATER,
            )
        if 300 <= response.status_code < requests.codes.bad_request:
            raise TryAgainLater(
                f"we were sent elsewhere (status {response.status_code}), and did not go: a "
                "network's sign-in page does that, the service does not",
                where=self._service,
                next_step="open any page in a browser on this network; then run it again",
            )
        if response.status_code >= requests.codes.bad_request:
            error = self._refusal(response)
            if error:
                raise error
        return response


class _TooLarge(requests.RequestException):
    """Read no further."""


def _take_in(response: requests.Response) -> None:
    """Read the body now, so that a broken one breaks here, and an endless one ends."""
    body = bytearray()
    for part in response.iter_content(2**16):
        body += part
        if len(body) > LARGEST:
            response.close()
            raise _TooLarge
    response._content = bytes(body)


LATER = "run it again later; nothing is done twice"


def _nobody_listens(exc: BaseException) -> bool:
    cause: BaseException | None = exc
    while cause and not isinstance(cause, ConnectionRefusedError):
        cause = cause.__context__
    return cause is not None


def host_of(url: str) -> str:
    """host[:port] of a URL."""
    return urlsplit(url).netloc


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


def _seconds(retry_after: str | None) -> float | None:
    """What Retry-After says: seconds, or a moment (RFC 9110, 10.2.3)."""
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(retry_after)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None  # neither: our own pause will do
