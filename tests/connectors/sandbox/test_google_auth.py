"""Tokens, scopes and sharing: what is refused, and in which words."""

import time
from collections.abc import Callable
from typing import Any

import gspread
import pytest
import requests
from google.auth import crypt, jwt
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from gspread.exceptions import APIError, SpreadsheetNotFound

from connectors.sandbox.google.auth import GRANT
from connectors.sandbox.google.workbook import SERVICE_ACCOUNT
from connectors.sandbox.server import Sandbox
from tests.connectors.sandbox.google_clients import SCOPE, FormsClient, credentials, gspread_client

STRANGER = "stranger@sandbox-chapter.iam.gserviceaccount.com"


@pytest.fixture
def book(sandbox: Sandbox) -> str:
    sandbox.google.add_workbook("book", "Book", {"T": [["x"]]})
    return "book"


def test_a_token_serves_many_requests_and_is_renewed(
    sandbox: Sandbox, gc: gspread.Client, book: str
) -> None:
    gc.open_by_key(book).sheet1.get_all_values()
    assert sandbox.counts["POST oauth2.googleapis.com/token"] == 1
    sandbox.google.expire_tokens()
    assert gc.open_by_key(book).title == "Book", "google-auth renews the token after a 401"
    assert [e.status for e in sandbox.journal][-3:] == [401, 200, 200]
    sandbox.google.token_seconds = 100
    sandbox.google.expire_tokens()
    gc.open_by_key(book)
    before = sandbox.counts["POST oauth2.googleapis.com/token"]
    gc.open_by_key(book)
    assert sandbox.counts["POST oauth2.googleapis.com/token"] == before + 1, (
        "it was about to expire"
    )


@pytest.mark.parametrize(
    ("change", "error", "description"),
    [
        ({"iss": "nobody@example.org"}, "invalid_grant", "Invalid grant: account not found"),
        ({"exp": -7200}, "invalid_grant", "Invalid JWT: Token must be a short-lived token"),
        ({"exp": 7200}, "invalid_grant", "Invalid JWT: Token must be a short-lived token"),
        ({"aud": "https://example.org/"}, "invalid_grant", "Invalid JWT: Failed audience check."),
        ({"scope": ""}, "invalid_scope", "Invalid OAuth scope"),
        ({"scope": "spreadsheets"}, "invalid_scope", "Invalid OAuth scope"),
    ],
)
def test_refused_assertions(
    sandbox: Sandbox, change: dict[str, Any], error: str, description: str
) -> None:
    key, now = sandbox.google.service_account_json(sandbox.google_url), int(time.time())
    claims = {"iss": SERVICE_ACCOUNT, "aud": key["token_uri"], "scope": f"{SCOPE}drive", "iat": now}
    claims |= {"exp": now + 3600} | change
    if "exp" in change:
        claims["exp"] = now + change["exp"]
    signer = crypt.RSASigner.from_service_account_info(key)  # type: ignore[no-untyped-call]  # google-auth has no types here
    assertion = jwt.encode(signer, claims).decode()  # type: ignore[no-untyped-call]  # nor here
    answer = ask(key["token_uri"], assertion)
    assert answer.status_code == 400
    assert answer.json()["error"] == error
    assert answer.json()["error_description"].startswith(description)


@pytest.mark.parametrize(
    ("spoil", "description"),
    [
        (lambda assertion: "rubbish", "Bad Request"),
        (lambda assertion: assertion[:-20] + "A" * 20, "Invalid JWT Signature."),
    ],
)
def test_spoilt_assertions(sandbox: Sandbox, spoil: Callable[[str], str], description: str) -> None:
    good = credentials(sandbox, "drive")
    assertion = good._make_authorization_grant_assertion().decode()  # type: ignore[no-untyped-call]  # nor here
    assert ask(good._token_uri, assertion).ok
    assert ask(good._token_uri, spoil(assertion)).json()["error_description"] == description


def test_another_grant_is_refused(sandbox: Sandbox) -> None:
    url = f"{sandbox.google_url}/oauth2.googleapis.com/token"
    answer = requests.post(url, data={"grant_type": "password"}, timeout=2)
    assert answer.json()["error"] == "unsupported_grant_type"


def test_google_auth_tells_of_a_deleted_account(sandbox: Sandbox) -> None:
    good = credentials(sandbox, "drive")
    sandbox.google.public_keys.clear()
    with pytest.raises(RefreshError, match="account not found"):
        good.refresh(Request())  # type: ignore[no-untyped-call]  # nor here


def ask(url: str, assertion: str) -> requests.Response:
    return requests.post(url, data={"grant_type": GRANT, "assertion": assertion}, timeout=2)


def test_no_token_or_a_wrong_one(sandbox: Sandbox, book: str) -> None:
    url = f"{sandbox.google_url}/sheets.googleapis.com/v4/spreadsheets/{book}"
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic wrong"}):
        answer = requests.get(url, headers=headers, timeout=2)
        assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_too_narrow_a_scope(sandbox: Sandbox, book: str) -> None:
    reader = gspread_client(sandbox, "spreadsheets.readonly")
    tab = reader.open_by_key(book).sheet1
    assert tab.get_all_values() == [["x"]]
    with pytest.raises(APIError) as caught:
        tab.update([["y"]], "A1")
    assert caught.value.code == 403
    assert caught.value.error["message"] == "Request had insufficient authentication scopes."
    with pytest.raises(APIError) as caught:
        reader.open("Book")
    assert caught.value.error["errors"][0]["reason"] == "insufficientPermissions"
    reader.http_client.session.close()
    forms = FormsClient(sandbox, "spreadsheets")
    assert forms.get("/f/responses")["error"]["code"] == 403
    forms.session.close()  # type: ignore[no-untyped-call]  # google-auth has no types here


def test_not_shared_and_shared_to_read(sandbox: Sandbox, book: str) -> None:
    stranger = gspread_client(sandbox, mail=STRANGER)
    with pytest.raises(PermissionError) as caught:
        stranger.open_by_key(book)
    assert isinstance(cause := caught.value.__cause__, APIError)
    assert (cause.code, cause.error["message"]) == (403, "The caller does not have permission")
    with pytest.raises(SpreadsheetNotFound):
        stranger.open("Book")
    with pytest.raises(APIError) as drive:
        stranger.http_client.get_file_drive_metadata(book)
    assert (drive.value.code, drive.value.error["message"]) == (404, "File not found: book.")
    sandbox.google.workbooks[book].viewers.add(STRANGER)
    tab = stranger.open_by_key(book).sheet1
    assert tab.get_all_values() == [["x"]]
    with pytest.raises(APIError) as caught_write:
        tab.update([["y"]], "A1")
    assert caught_write.value.code == 403
    with pytest.raises(APIError) as caught_delete:
        stranger.del_spreadsheet(book)
    assert caught_delete.value.error["errors"][0]["reason"] == "insufficientFilePermissions"
    stranger.http_client.session.close()


def test_an_unknown_workbook(gc: gspread.Client) -> None:
    with pytest.raises(SpreadsheetNotFound):
        gc.open_by_key("nowhere")
