"""gspread's HTTP client behind our door, with a service account of the chapter's own.

gspread knows the calls of Sheets; those of Forms and Drive go through the same client, so that one
place knows hosts, errors and the form of answers.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials
from gspread.http_client import HTTPClient

from connectors.answers import A, Fits, any_such, not_from, parsed, read
from connectors.google.answers import Error, Token, TokenError
from connectors.http import LATER, Door, host_of
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater
from models.outgoing import Payload
from models.privacy import quiet

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
    "www.googleapis.com": "whether a workbook has changed, and who may answer a form",
    "forms.googleapis.com": "the chapter's own forms",
}
"""Google's hosts and what each is for (DP-3)."""
DRIVE_FILE = "https://www.googleapis.com/drive/v3/files/"


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


def _is_token(response: requests.Response, **_: Any) -> None:
    """google-auth reads a token as it comes, and would trip over anything else."""
    if response.status_code < requests.codes.bad_request:
        read(SERVICE, Token, response)


class _Unread(NamedTuple):
    """An answer whose JSON gspread's calls hand on as it came: its form is looked at afterwards."""

    response: requests.Response

    def json(self) -> requests.Response:
        """All that gspread's calls ask of an answer."""
        return self.response


class GoogleClient(HTTPClient):
    """The calls to Sheets, Drive and Forms: each names the form of its answer.

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
        except (ValueError, RecursionError, AttributeError, TypeError, GoogleAuthError):
            raise FixTheSettings(
                "this is not a service account's key file",
                where="chapter.toml [google] key_file",
                next_step="download a JSON key for the service account and put it there",
            ) from None
        self.account = str(credentials.service_account_email)
        self._base = base_url.rstrip("/")
        _refuse_another_place(str(info["token_uri"]), self._base)
        self._fetch = requests.Session()
        self._fetch.hooks["response"].append(_is_token)
        session = AuthorizedSession(credentials, auth_request=Request(self._fetch))  # type: ignore[no-untyped-call]  # google-auth ships it untyped
        for each in (self._fetch, session):
            each.trust_env = False  # no proxy of the environment comes between
            door = Door(SERVICE, exits(self._base), timeout, refusal)
            each.mount("https://", door)
            each.mount("http://", door)
        super().__init__(None, session=session)  # type: ignore[arg-type]  # gspread: auth=None with a session

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
        except RefreshError:
            raise NotLetIn(
                "Google refused the service account's key",
                where="chapter.toml [google] key_file",
                next_step="make a new key in the Google Cloud console, and check this "
                "machine's clock",
            ) from None
        except GoogleAuthError:
            raise TryAgainLater("no token could be had", where=SERVICE) from None
        if response.status_code == requests.codes.unauthorized:
            if parsed(Error, response) is None:
                raise not_from(SERVICE)
            raise NotLetIn(
                "Google does not accept the token",
                where="chapter.toml [google] key_file",
                next_step="make a new key in the Google Cloud console",
            )
        return response

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


def _refuse_another_place(token_uri: str, base_url: str) -> None:
    """The key itself says where a token is asked for."""
    if (host := host_of(token_uri)) not in exits(base_url):
        raise FixTheSettings(
            f"the key asks for its token at {quiet(host)}, "
            + ("not at the stand-in that base_url names" if base_url else "not at Google"),
            where="chapter.toml [google] key_file",
            rule="DP-3",
            next_step="use the stand-in's own key, or take base_url out" if base_url
            else "download the key anew from the Google Cloud console",
        )  # fmt: skip


class MayNotShare(FixTheSettings):
    """The account may open a file, and is not told who else may."""


class NotLetIn(FixTheSettings):
    """Google lets the account do nothing of the kind, whatever the workbook or form."""


def refusal(response: requests.Response) -> ClerkError | None:
    """What a refusing answer of Google's means for the chapter's data person."""
    status = response.status_code
    if "/token" in urlsplit(response.url).path:
        # google-auth reads the reason and raises RefreshError
        return None if parsed(TokenError, response) else not_from(SERVICE)
    if status == requests.codes.unauthorized:
        return None  # the session refreshes its token and asks again
    told = parsed(Error, response)
    if told is None:
        return not_from(SERVICE)
    said = told.error.words()
    match status:
        case 403 if "ratelimitexceeded" in said.casefold() or "RESOURCE_EXHAUSTED" in said:
            return TryAgainLater(
                "the quota is used up", where=SERVICE, next_step=LATER, by_the_minute=True
            )
        case 403 if "SERVICE_DISABLED" in said or "has not been used" in said:
            return NotLetIn(
                "an API is not switched on for the service account's project",
                where=SERVICE,
                next_step="enable the Sheets, Drive and Forms APIs in the Google Cloud console",
            )
        case 403 if "SCOPE" in said or "insufficient authentication scopes" in said:
            return NotLetIn("the token lacks a scope", where=SERVICE, next_step=SHARE)
        case 403 if "insufficientFilePermissions" in said:
            return MayNotShare(
                "the service account may not do this with the file: it is no editor, or the file's "
                "editors may not share it",
                where=SERVICE,
                next_step=SHARE,
            )
        case 403 | 404:
            return FixTheSettings(
                "the workbook or form is not shared with the service account, or does not exist",
                where=SERVICE,
                next_step=f"`clerk doctor` says which; compare its id with its address; {SHARE}",
            )
        case 400 if "Unable to parse range" in said:
            return FixTheSettings(
                "a tab named in chapter.toml is not in the workbook",
                where=SERVICE,
                next_step="`clerk doctor` names the nearest tab",
            )
        case 400 if "not supported for this document" in said:
            return FixTheSettings(
                "it is a file of Excel's that Google shows, and no Google workbook",
                where=SERVICE,
                next_step="open it in Google Sheets, choose File → Save as Google Sheets, share "
                "the new workbook as you shared the file, and put its id into chapter.toml",
            )
        case 400 if "protected cell or object" in said:
            return FixTheSettings(
                "a tab that the program writes is protected",
                where=SERVICE,
                next_step="in Google Sheets under Data, Protect sheets and ranges, remove the "
                "protection, or add the service account's address (`clerk doctor` prints it)",
            )
    return Refused(f"refused with status {status}", where=SERVICE, next_step="`clerk doctor`")


SHARE = "share it with the service account's address (`clerk doctor` prints it), as editor for the \
workbook with the review tab"
