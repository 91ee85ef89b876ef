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

from connectors.google.answers import Error, TokenError
from connectors.google.credentials import KEY, SERVICE, identity, is_token, token_exits
from connectors.net.http import LATER, GuardedAdapter, NotLetIn, host_of
from connectors.net.responses import A, Fits, any_such, not_from, parsed, read
from models.errors import ClerkError, FixTheSettings, KeyRefused, Refused, TryAgainLater
from models.outgoing import Payload

KEY_FILE = "chapter.toml [google] key_file"
SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
    "https://www.googleapis.com/auth/forms.body.readonly",
    "https://www.googleapis.com/auth/forms.responses.readonly",
)
FORM_BUILDER = ("https://www.googleapis.com/auth/forms.body",)
"""What building a ballot form asks for, and nothing else does."""
_FILES = {
    "sheets.googleapis.com": "the chapter's own workbooks",
    "www.googleapis.com": "whether a workbook has changed, and who may open or answer what",
    "forms.googleapis.com": "the chapter's own forms",
}
"""Google's hosts and what each is for (DP-3)."""
DRIVE_FILE = "https://www.googleapis.com/drive/v3/files/"


def exits(base_url: str, credentials: str = "") -> dict[str, str]:
    """The hosts the program may reach for Google; a stand-in replaces them all.

    Args:
        credentials: the text of the file of credentials: where it has tokens asked for.
    """
    if base_url:
        return {host_of(base_url): "the sandbox for Google"}
    return token_exits(credentials) | _FILES


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

    def _not_let_in(self) -> "TokenRefused":
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


class TokenRefused(NotLetIn, KeyRefused):
    """The service account's key, or what stands in its place, is not taken."""

    service = "google"


class NotOpen(FixTheSettings):
    """The spreadsheet or form is not shared with the account, or there is none."""


class Gone(NotOpen):
    """There is none: it was deleted forever. Drive says so of one that is not shared, too."""


class MayNotShare(FixTheSettings):
    """The account may open a file, and is not told who else may."""


def refusal(response: requests.Response) -> ClerkError | None:
    """What a refusing answer of Google's means for the chapter's data person."""
    status = response.status_code
    if "/token" in urlsplit(response.url).path:
        # google-auth reads the reason and raises RefreshError
        return None if parsed(TokenError, response) else not_from(SERVICE)
    acting = response.url.endswith(":generateAccessToken")
    if status == requests.codes.unauthorized:
        return None  # the session refreshes its token and asks again
    told = parsed(Error, response)
    if told is None:
        return not_from(SERVICE)
    return _meaning(status, told.error.words(), acting=acting)


def _meaning(status: int, said: str, *, acting: bool) -> ClerkError:
    match status:
        case 401 | 403 | 404 if acting and "SERVICE_DISABLED" not in said:
            return NotLetIn(
                "the identity is not allowed to act for the service account",
                where="chapter.toml [google] credentials",
                next_step="give it the role Workload Identity User on that service account",
            )
        case 403 if "ratelimitexceeded" in said.casefold() or "RESOURCE_EXHAUSTED" in said:
            return TryAgainLater(
                "the quota is used up", where=SERVICE, next_step=LATER, by_the_minute=True
            )
        case 403 if "SERVICE_DISABLED" in said or "has not been used" in said:
            return NotLetIn(
                "an API is not switched on for the service account's project",
                where=SERVICE,
                next_step="enable the Sheets, Drive and Forms APIs in the Google Cloud console"
                + (", and the IAM Service Account Credentials API" if acting else ""),
            )
        case 403 if "SCOPE" in said or "insufficient authentication scopes" in said:
            return NotLetIn("the token lacks a scope", where=SERVICE, next_step=SHARE)
        case 403 if "insufficientFilePermissions" in said:
            return MayNotShare(
                "the service account is not allowed to do this with the file: it is not an "
                "editor, or the file's editors cannot share it",
                where=SERVICE,
                next_step=SHARE,
            )
        case 403 | 404:
            return (Gone if status == requests.codes.not_found else NotOpen)(
                "the spreadsheet or form is not shared with the service account, or does not exist",
                where=SERVICE,
                next_step=f"`clerk doctor` shows which one; compare its id with its link; {SHARE}",
            )
        case 400 if "Unable to parse range" in said:
            return FixTheSettings(
                "a tab named in chapter.toml is not in the spreadsheet",
                where=SERVICE,
                next_step="`clerk doctor` suggests a tab",
            )
        case 400 if "not supported for this document" in said:
            return FixTheSettings(
                "it is an Excel file shown by Google, not a Google spreadsheet",
                where=SERVICE,
                next_step="open it in Google Sheets, choose File → Save as Google Sheets, share "
                "the new spreadsheet the way you shared the file, and put its id into "
                "chapter.toml",
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
