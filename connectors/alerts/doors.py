"""Apprise's connections, held to the one exit of an address.

Apprise's plug-ins ask `requests` and `smtplib` themselves. Each is handed a door in their place, so
that our own adapter judges host, time, size and answer, no proxy, redirect or `.netrc` comes in
between, and a fault is one of our errors: Apprise itself says no more than that it did not work.
"""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self, TypeVar

import requests

from connectors.alerts.addresses import is_under_tls_at_once
from connectors.alerts.schemes import HTTPS, WHY, Target, where
from connectors.net.http import GuardedAdapter
from connectors.net.retries import LATER, NotLetIn
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater

T = TypeVar("T")
TIMEOUT = (5.0, 15.0)
"""Seconds to connect and to read: officers can be told later, and other addresses wait for this."""
_AGAIN = "make a new one where you made it, and put it into that line; `clerk alerts test` tries it"
_LASTS = 500
"""SMTP: from here on a refusal lasts, and one from 400 on passes (RFC 5321, 4.2.1)."""
_GREETING = "clerk.invalid"
"""What a mail server is greeted with: the name of this machine is nobody's business."""


class HttpDoor:
    """What a plug-in is handed as `requests`: to one host, and our errors when it does not work."""

    def __init__(self, target: Target) -> None:
        host = target.host if target.port == HTTPS else f"{target.host}:{target.port}"
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy and no .netrc of the environment
        door = GuardedAdapter(
            where(target), {host: WHY}, TIMEOUT, lambda got: _refused(target, got)
        )
        if target.is_stand_in:
            self._session.mount("http://", door)
        else:
            self._session.adapters.pop("http://")
        self._session.mount("https://", door)

    def __getattr__(self, name: str) -> Any:
        return getattr(requests, name)

    def post(self, url: str, **options: Any) -> requests.Response:
        return self.request("post", url, **options)

    def request(self, method: str, url: str, **options: Any) -> requests.Response:
        """Ask with the certificate checked, whatever the plug-in says of it."""
        asked = {**options, "verify": True, "allow_redirects": False}
        return self._session.request(method, url, **asked)

    def get(self, url: str, **options: Any) -> requests.Response:
        """Nothing is asked of a service but to take the message."""
        raise _not_done()

    def close(self) -> None:
        self._session.close()


def _not_done() -> ClerkError:
    return Refused("a service would be asked for more than to take an alert", where="alerts")


def _refused(target: Target, got: requests.Response) -> ClerkError:
    if got.status_code in (401, 403, 404, 410):
        return FixTheSettings(
            f"the service does not know this address any more (status {got.status_code})",
            where=where(target),
            next_step=_AGAIN,
        )
    return FixTheSettings(
        f"the service does not take the message (status {got.status_code})",
        where=where(target),
        next_step="compare the line with docs/alerts.md; `clerk alerts test` tries it",
    )


class MailDoor:
    """What the mail plug-in is handed as its controller of a connection."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._line: smtplib.SMTP | None = None

    def __call__(self, **_: Any) -> Self:
        return self

    def __enter__(self) -> Self:
        try:
            _tried(self._target, self._connect)
        except BaseException:
            self.__exit__()
            raise
        return self

    def _connect(self) -> None:
        target, context = self._target, ssl.create_default_context()
        at = (target.host, target.port, _GREETING)
        if is_under_tls_at_once(target) and not target.is_stand_in:
            self._line = smtplib.SMTP_SSL(*at, timeout=TIMEOUT[1], context=context)
        else:
            self._line = smtplib.SMTP(*at, timeout=TIMEOUT[1])
            if not target.is_stand_in:
                self._line.starttls(context=context)  # or it raises: nothing is said in plain
        if password := target.part("password"):
            self._line.login(target.part("user"), password)

    def sendmail(self, sender: str, to: list[str], message: str) -> bool:
        """Send one mail."""
        line = self._line
        assert line is not None  # noqa: S101 - it is entered first
        return not _tried(self._target, lambda: line.sendmail(sender, to, message))

    def __exit__(self, *_: object) -> None:
        if self._line is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._line.quit()
            self._line.close()
            self._line = None


def _tried(target: Target, work: Callable[[], T]) -> T:
    """Speak with a mail server; its errors become ours, for its own words may quote an address."""
    try:
        return work()
    except ClerkError:
        raise  # the guard's
    except (smtplib.SMTPException, OSError) as exc:
        fault = _as_ours(target, exc)
    raise fault  # out here: raised in the handler it would remember what the server said


def _as_ours(target: Target, fault: Exception) -> ClerkError:
    match fault:
        case smtplib.SMTPAuthenticationError():
            return FixTheSettings(
                "the mail server does not take the name and password",
                where=where(target),
                next_step="many providers want an app password here; " + _AGAIN,
            )
        case smtplib.SMTPNotSupportedError():
            return FixTheSettings(
                "the mail server does not offer TLS here, so nothing was sent",
                where=where(target),
                next_step="name the server that your provider lists for outgoing mail, and its "
                "port",
            )
        case ssl.SSLError():
            return Refused(
                "the connection is not private: its certificate does not fit",
                where=where(target),
                rule="DP-3",
                next_step="look for a proxy or a wrong clock on this machine",
            )
        case smtplib.SMTPRecipientsRefused():
            return _by_code(target, max(code for code, _ in fault.recipients.values()))
        case smtplib.SMTPResponseException():
            return _by_code(target, fault.smtp_code)
        case ConnectionRefusedError() if target.is_stand_in:
            return NotLetIn(
                "this is a stand-in on this machine and it is not running",
                where=where(target),
                next_step="start it, or take out the line",
            )
        case _:
            return TryAgainLater(
                f"the connection to {target.host} failed",
                where=where(target),
                next_step=f"see that this machine is online; {LATER}",
            )


def _by_code(target: Target, code: int) -> ClerkError:
    if code < _LASTS:
        return TryAgainLater(f"busy (status {code})", where=where(target), next_step=LATER)
    return FixTheSettings(
        f"the mail server does not take the message (status {code})",
        where=where(target),
        next_step="see that both mailboxes are right in that line; `clerk alerts test` tries it",
    )
