"""What a refusing answer of Google's means, and what to do about it."""

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from connectors.google.answers import Error, TokenError
from connectors.google.hosts import SERVICE
from connectors.net.responses import not_from, parsed
from connectors.net.retries import LATER, NotLetIn
from models.errors import ClerkError, FixTheSettings, KeyRefused, Refused, TryAgainLater

if TYPE_CHECKING:
    import requests

SHARE = "share it with the service account's address (`clerk doctor` prints it), as editor for the \
workbook with the review tab"


class TokenRefused(NotLetIn, KeyRefused):
    """The service account's key, or what stands in its place, is not taken."""

    service = "google"


class NotOpen(FixTheSettings):
    """The spreadsheet or form is not shared with the account, or there is none."""


class Gone(NotOpen):
    """There is none: it was deleted forever. Drive says so of one that is not shared, too."""


class MayNotShare(FixTheSettings):
    """The account may open a file, and is not told who else may."""


def refusal(response: "requests.Response") -> ClerkError | None:
    """What a refusing answer of Google's means for the chapter's data person."""
    status = response.status_code
    if "/token" in urlsplit(response.url).path:
        # google-auth reads the reason and raises RefreshError
        return None if parsed(TokenError, response) else not_from(SERVICE)
    acting = response.url.endswith(":generateAccessToken")
    if status == HTTPStatus.UNAUTHORIZED:
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
            return (Gone if status == 404 else NotOpen)(
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
