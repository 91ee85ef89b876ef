"""gspread's HTTP client behind our door, with a service account of the chapter's own.

The Forms and Drive calls go through the same client, so that one place knows hosts and errors.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials
from gspread.http_client import HTTPClient

from connectors.http import Door, host_of
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater
from models.outgoing import Payload

SERVICE = "Google"
SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
    "https://www.googleapis.com/auth/forms.body.readonly",
    "https://www.googleapis.com/auth/forms.responses.readonly",
)
FORM_BUILDER = ("https://www.googleapis.com/auth/forms.body",)
"""What building a ballot form asks for, and nothing else does."""
EXITS = {
    "oauth2.googleapis.com": "a token for the chapter's service account",
    "sheets.googleapis.com": "the chapter's own workbooks",
    "www.googleapis.com": "whether a workbook has changed",
    "forms.googleapis.com": "the chapter's own forms",
}
"""Google's hosts and what each is for (DP-3)."""


def exits(base_url: str) -> dict[str, str]:
    """The hosts the program may reach for Google; a stand-in replaces them all."""
    return {host_of(base_url): "a stand-in for Google"} if base_url else dict(EXITS)


class _Account(Credentials):
    """The service account, without google-auth's look-up of regional boundaries.

    After a refresh that look-up asks another host, with the account's name in the URL; a chapter
    has no use for it, and every exit must be on the list (DP-3).
    """

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False


class GoogleClient(HTTPClient):
    """What gspread needs, and `request` for the Drive and Forms APIs.

    Args:
        key: the service account's key file, as text.
        base_url: "" for Google; a stand-in serves https://HOST/path at {base_url}/HOST/path.
        timeout: (connect, read) in seconds.
        scopes: what its tokens may do.

    Raises:
        FixTheSettings: the key is no service account's key.
    """

    def __init__(
        self,
        key: str,
        *,
        base_url: str = "",
        timeout: tuple[float, float],
        scopes: Sequence[str] = SCOPES,
    ) -> None:
        try:
            info = json.loads(key)
            credentials = _Account.from_service_account_info(info, scopes=scopes)  # type: ignore[no-untyped-call]  # google-auth ships it untyped
        except (ValueError, AttributeError, TypeError, GoogleAuthError):
            raise FixTheSettings(
                "this is not a service account's key file",
                where="chapter.toml [google] key_file",
                next_step="download a JSON key for the service account and put it there",
            ) from None
        self.account = str(credentials.service_account_email)
        self._base = base_url.rstrip("/")
        self._fetch = requests.Session()
        session = AuthorizedSession(credentials, auth_request=Request(self._fetch))  # type: ignore[no-untyped-call]  # google-auth ships it untyped
        for each in (self._fetch, session):
            each.trust_env = False  # no proxy of the environment comes between
            door = Door(SERVICE, exits(self._base), timeout, refusal)
            each.mount("https://", door)
            each.mount("http://", door)
        super().__init__(None, session=session)  # type: ignore[arg-type]  # gspread: auth=None with a session

    def request(self, method: str, endpoint: str, *args: Any, **options: Any) -> requests.Response:
        """A request that says nothing but what it asks for; `write` says something.

        Raises:
            TypeError: a body: no loose JSON passes (DP-3).
        """
        if args or any(options.get(part) is not None for part in ("json", "data", "files")):
            raise TypeError("a body that is no payload (DP-3)")
        return self._send(method, endpoint, **options)

    def write(
        self, method: str, endpoint: str, body: Payload, params: Mapping[str, str] | None = None
    ) -> None:
        """A request with a body."""
        if not isinstance(body, Payload):
            raise TypeError(f"{type(body).__name__} is no payload (DP-3)")
        self._send(method, endpoint, params=params, json=body.model_dump())

    def _send(self, method: str, endpoint: str, **options: Any) -> requests.Response:
        """Every failure comes out as one of our errors."""
        try:
            response: requests.Response = self.session.request(
                method, self._address(endpoint), **options
            )
        except RefreshError:
            raise FixTheSettings(
                "Google refused the service account's key",
                where="chapter.toml [google] key_file",
                next_step="make a new key in the Google Cloud console, and check this "
                "machine's clock",
            ) from None
        except GoogleAuthError:
            raise TryAgainLater("no token could be had", where=SERVICE) from None
        if response.status_code == requests.codes.unauthorized:
            raise FixTheSettings(
                "Google does not accept the token",
                where="chapter.toml [google] key_file",
                next_step="make a new key in the Google Cloud console",
            )
        return response

    def get_json(self, url: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """A GET whose answer is a JSON object."""
        return json_of(self.request("get", url, params=dict(params)))

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


def json_of(response: requests.Response) -> dict[str, Any]:
    """The answer as a JSON object.

    Raises:
        TryAgainLater: it is something else, an error page of a proxy for instance.
    """
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise TryAgainLater("the answer is not Google's JSON", where=SERVICE)
    return answer


def refusal(response: requests.Response) -> ClerkError | None:
    """What a refusing answer of Google's means for the chapter's data person."""
    status = response.status_code
    if status == requests.codes.unauthorized:
        return None  # the session refreshes its token and asks again
    if "/token" in urlsplit(response.url).path:
        return None  # google-auth reads the reason and raises RefreshError
    said = _reason(response)
    match status:
        case 403 if "ratelimitexceeded" in said.casefold() or "RESOURCE_EXHAUSTED" in said:
            return TryAgainLater("the quota is used up", where=SERVICE)
        case 403 if "SERVICE_DISABLED" in said or "has not been used" in said:
            return FixTheSettings(
                "an API is not switched on for the service account's project",
                where=SERVICE,
                next_step="enable the Sheets, Drive and Forms APIs in the Google Cloud console",
            )
        case 403 if "SCOPE" in said or "insufficient authentication scopes" in said:
            return FixTheSettings("the token lacks a scope", where=SERVICE, next_step=SHARE)
        case 403 | 404:
            return FixTheSettings(
                "the workbook or form is not shared with the service account, or does not exist",
                where=SERVICE,
                next_step=SHARE,
            )
        case 400 if "Unable to parse range" in said:
            return FixTheSettings(
                "a tab named in chapter.toml is not in the workbook",
                where=SERVICE,
                next_step="`clerk doctor` names the nearest tab",
            )
    return Refused(f"refused with status {status}", where=SERVICE, next_step="`clerk doctor`")


SHARE = "share it with the service account's address (`clerk doctor` prints it), as editor for the \
workbook with the review tab"


def _reason(response: requests.Response) -> str:
    """The machine-readable part of an error; its free text may quote the request."""
    try:
        error = response.json()["error"]
        details = [detail.get("reason", "") for detail in error.get("details", [])]
        older = [part.get("reason", "") for part in error.get("errors", [])]
        return " ".join(
            [str(error.get("status", "")), str(error.get("message", "")), *details, *older]
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
