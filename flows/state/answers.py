"""What the server's answers mean: no answer, an error, or a definite no.

A definite no will not change by asking again: what was asked for is gone, or can never be.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from prefect.exceptions import ObjectNotFound, PrefectException

from flows import console
from models.errors import TryAgainLater

_OF_ALL = (401, 403)
"""The secret is refused, whatever is asked."""
_NOT_NOW = (*_OF_ALL, 407, 408, 425, 429)
"""What may be answered otherwise the next time."""


@contextmanager
def translated() -> Iterator[None]:
    """Prefect's errors become ours.

    Raises:
        TryAgainLater: the server does not answer, or refuses.
    """
    try:
        yield
    except httpx.HTTPStatusError as exc:
        refused = exc.response.status_code in _OF_ALL
        raise TryAgainLater(
            "Prefect's server refuses the secret" if refused else
            f"Prefect's server answered with status {exc.response.status_code}",
            where="chapters.toml [engine]",
            next_step="compare secrets/engine on both computers" if refused else
            "look at its log: prefect/server.log on the computer that runs `clerk state serve`",
        ) from None  # fmt: skip
    except (httpx.HTTPError, PrefectException, OSError) as exc:
        causes = (one for one in _causes(exc) if isinstance(one, ssl.SSLCertVerificationError))
        if found := next(causes, None):
            raise _distrusted(found) from None
        raise TryAgainLater(
            "Prefect's server does not answer",
            where="chapters.toml [engine] api",
            next_step="see whether `clerk state serve` runs, and can be reached from here",
        ) from None


_NO_AUTHORITY = (18, 19, 20, 21)
"""OpenSSL's codes of a certificate that nobody known here vouches for."""


def _distrusted(fault: ssl.SSLCertVerificationError) -> TryAgainLater:
    unknown = fault.verify_code in _NO_AUTHORITY
    return TryAgainLater(
        "this computer does not trust the certificate of Prefect's server: "
        f"{fault.verify_message.strip('.')}",
        where="chapters.toml [engine] api",
        next_step="use a certificate of a public authority, or set SSL_CERT_FILE as "
        "docs/state.md says" if unknown else "renew the certificate, or write the server's name "
        "as the certificate has it",
    )  # fmt: skip


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """An error, and those that it came of."""
    found: BaseException | None = fault
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__


@contextmanager
def unless_no(what: str) -> Iterator[None]:
    """Go on after a definite no, and say it; every other error is raised."""
    try:
        yield
    except ObjectNotFound:
        console.say(f"{what}: the server knows it no more", "yellow")
    except httpx.HTTPStatusError as exc:
        status = exc.response.status_code
        if not 400 <= status < 500 or status in _NOT_NOW:
            raise
        console.say(f"{what}: the server says no, with status {status}", "yellow")
