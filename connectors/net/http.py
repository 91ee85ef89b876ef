"""One way out: a list of exits, timeouts, keep-alive, and foreign errors made ours.

Every connector's session carries `GuardedAdapter` as its adapter. It lets a request pass only to
a host on the list of exits (DP-3), reads the whole answer so that a connection broken in the
middle shows here, waits for none for ever (`deadline`), takes in no more than `LARGEST`, follows
nobody who says "ask elsewhere", and turns whatever retrying can cure into `TryAgainLater`; the
service's own refusals are translated by the connector's `refusal`.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from connectors.net.deadline import POOLS
from connectors.net.retries import LATER, NotLetIn
from connectors.net.sockets import is_loopback
from models.errors import ClerkError, Refused, TryAgainLater

# At DEBUG it logs every URL, and Mailchimp names a contact in it by the md5 of the address (DP-3).
logging.getLogger("urllib3.connectionpool").addFilter(lambda line: line.levelno >= logging.WARNING)

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that a later try can cure."""

LARGEST = 64 * 2**20
"""Bytes of one answer, unpacked. A page of 1000 contacts is under one megabyte, a workbook of
100,000 sign-ins about ten, a page of 5000 answers to a form some more; a few times that in memory
still fits the smallest machine."""

Refusal = Callable[[requests.Response], ClerkError | None]


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
                    next_step="to go on with invented people, run `clerk rehearse` for this "
                    "chapter; only if it is a real one, take base_url out to reach the service",
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


def _nobody_listens(exc: BaseException) -> bool:
    cause: BaseException | None = exc
    while cause and not isinstance(cause, ConnectionRefusedError):
        cause = cause.__context__
    return cause is not None


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
