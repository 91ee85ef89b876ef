"""The true Google clients, turned to a sandbox."""

from typing import Any

import gspread
from google.auth.transport.requests import AuthorizedSession
from google.oauth2 import service_account
from gspread.http_client import HTTPClient

from connectors.sandbox.google.workbook import SERVICE_ACCOUNT
from connectors.sandbox.server import Sandbox

SCOPE = "https://www.googleapis.com/auth/"
SHEETS_AND_DRIVE = ("spreadsheets", "drive")
FORMS = ("forms.body", "forms.responses.readonly")


class Credentials(service_account.Credentials):
    """Without google-auth's own question to iamcredentials.googleapis.com after each refresh."""

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False


def credentials(sandbox: Sandbox, *scopes: str, mail: str = SERVICE_ACCOUNT) -> Credentials:
    """A service account's credentials, from the key file the sandbox makes."""
    info = sandbox.google.service_account_json(sandbox.google_url, mail)
    made: Credentials = Credentials.from_service_account_info(  # type: ignore[no-untyped-call]  # google-auth has no types here
        info, scopes=[SCOPE + scope for scope in scopes]
    )
    return made


def gspread_client(sandbox: Sandbox, *scopes: str, mail: str = SERVICE_ACCOUNT) -> gspread.Client:
    """The ordinary gspread client; only the host of each request is another."""

    class Loopback(HTTPClient):
        def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
            endpoint = endpoint.replace("https://", f"{sandbox.google_url}/")
            return super().request(method, endpoint, *args, **kwargs)

    client = gspread.Client(
        credentials(sandbox, *(scopes or SHEETS_AND_DRIVE), mail=mail), http_client=Loopback
    )
    client.set_timeout((2, 10))
    return client


class FormsClient:
    """google-auth's session at the Forms API."""

    def __init__(self, sandbox: Sandbox, *scopes: str) -> None:
        self.session = AuthorizedSession(credentials(sandbox, *(scopes or FORMS)))  # type: ignore[no-untyped-call]  # nor here
        self.base = f"{sandbox.google_url}/forms.googleapis.com/v1/forms"

    def get(self, path: str = "", **query: str) -> Any:
        return self.session.get(self.base + path, params=query).json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self.session.post(self.base + path, json=body).json()
