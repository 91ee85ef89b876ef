"""gspread's HTTP client behind our door, in the name of an account of the chapter's own.

gspread knows the calls of Sheets; those of Forms and Drive go through the same client, so that one
place knows hosts, errors and the form of answers.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests
from google.auth.exceptions import GoogleAuthError, OAuthError, RefreshError
from google.auth.transport.requests import AuthorizedSession, Request
from gspread.http_client import HTTPClient

from connectors.google.answers import Error
from connectors.google.credentials import identity, is_token
from connectors.google.hosts import KEY, SCOPES, SERVICE, exits
from connectors.google.refusing import TokenRefused, refusal
from connectors.net.http import GuardedAdapter
from connectors.net.responses import A, Fits, any_such, not_from, parsed, read
from models.errors import TryAgainLater
from models.outgoing import Payload

KEY_FILE = "chapter.toml [google] key_file"


class _Unread(NamedTuple):
    """An answer whose JSON gspread's calls hand on as it came: its form is looked at afterwards."""

    response: requests.Response

    def json(self) -> requests.Response:
        """All that gspread's calls ask of an answer."""
        return self.response


class GoogleClient(HTTPClient):
    """The calls to Sheets, Drive and Forms: each names the form of its answer.

    Args:
        credentials: the text of a file of credentials: a service account's key, say.
        where: what the settings call it.
        kinds: which kinds of it are taken.
        base_url: "" for Google; a stand-in serves https://HOST/path at {base_url}/HOST/path.
        timeout: (connect, read) in seconds.
        scopes: what its tokens may do.

    Raises:
        FixTheSettings: these are no credentials that are taken.
    """

    def __init__(
        self,
        credentials: str,
        *,
        where: str = KEY_FILE,
        kinds: Collection[str] = (KEY,),
        base_url: str = "",
        timeout: tuple[float, float],
        scopes: Sequence[str] = SCOPES,
    ) -> None:
        self._base = base_url.rstrip("/")
        ways = exits(self._base, credentials)
        self._who = identity(
            credentials, where, kinds=kinds, exits=ways, base=self._base, scopes=scopes
        )
        self._fetch = requests.Session()
        self._fetch.hooks["response"].append(is_token)
        session = AuthorizedSession(self._who.credentials, auth_request=Request(self._fetch))  # type: ignore[no-untyped-call]  # google-auth ships it untyped
        for each in (self._fetch, session):
            each.trust_env = False  # no proxy of the environment comes between
            door = GuardedAdapter(SERVICE, ways, timeout, refusal)
            each.mount("https://", door)
            each.mount("http://", door)
        super().__init__(None, session=session)  # type: ignore[arg-type]  # gspread: auth=None with a session

    @property
    def account(self) -> str:
        """The account that it asks as, in words."""
        return self._who.called

    @property
    def address(self) -> str:
        """What files are shared with; "" where that is not a service account's."""
        return self._who.address

    def request(  # type: ignore[override]  # gspread's calls ask for `json` alone
        self, method: str, endpoint: str, *args: Any, **options: Any
    ) -> _Unread:
        """What gspread's calls go through.

        Raises:
            TypeError: a body that is no payload: no loose JSON passes (DP-3).
        """
        body = options.pop("json", None)
        if args or options.keys() - {"params"}:
            raise TypeError("a body that is no payload (DP-3)")
        return _Unread(self._send(method, endpoint, body, **options))

    def sheets(
        self,
        kind: type[A],
        call: Callable[..., Any],
        *arguments: Any,
        fits: Fits[A] = any_such,
        **options: Any,
    ) -> A:
        """One of gspread's calls, and its answer in its form.

        Raises:
            TryAgainLater: something else answers in Google's place; of a change, it does not say
                that it was made.
            TypeError: a body that is no payload.
        """
        return read(SERVICE, kind, call(*arguments, **options), fits)

    def get(
        self, kind: type[A], endpoint: str, params: Mapping[str, Any], fits: Fits[A] = any_such
    ) -> A:
        """Ask for something that has this form, and is what was asked for.

        Raises:
            TryAgainLater: something else answers in Google's place.
        """
        return read(SERVICE, kind, self._send("get", endpoint, None, params=params), fits)

    def write(
        self, kind: type[A], method: str, endpoint: str, body: Payload, fits: Fits[A] = any_such
    ) -> A:
        """Change something; the answer says what was changed.

        Raises:
            TryAgainLater: it does not say so; the change may have been made, or not.
            TypeError: a body that is no payload: no loose JSON passes (DP-3).
        """
        return read(SERVICE, kind, self._send(method, endpoint, body), fits)

    def _send(
        self, method: str, endpoint: str, body: Payload | None, **options: Any
    ) -> requests.Response:
        """Every failure comes out as one of our errors."""
        if not isinstance(body, Payload | None):
            raise TypeError(f"{type(body).__name__} is no payload (DP-3)")
        if body is not None:
            options["json"] = body.model_dump()
        try:
            response: requests.Response = self.session.request(
                method, self._address(endpoint), **options
            )
        except (RefreshError, OAuthError):
            raise self._not_let_in() from None
        except GoogleAuthError:
            raise TryAgainLater("no token could be had", where=SERVICE) from None
        if response.status_code == requests.codes.unauthorized:
            if parsed(Error, response) is None:
                raise not_from(SERVICE)
            raise TokenRefused(
                "Google does not accept the token",
                where=self._who.where,
                next_step=self._who.next_step,
            )
        return response

    def _not_let_in(self) -> TokenRefused:
        who = self._who
        return TokenRefused(who.refused, where=who.where, next_step=who.next_step)

    def close(self) -> None:
        """Close the connections."""
        self.session.close()
        self._fetch.close()

    def _address(self, endpoint: str) -> str:
        if not self._base:
            return endpoint
        parts = urlsplit(endpoint)
        query = f"?{parts.query}" if parts.query else ""
        return f"{self._base}/{parts.netloc}{parts.path}{query}"
