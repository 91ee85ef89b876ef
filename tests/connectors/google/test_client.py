"""Google's refusals in our words, and the one client behind the door."""

import json
from typing import Any

import pytest
import requests

from connectors.google import KEY, KINDS, exits
from connectors.google.client import GoogleClient
from connectors.google.refusing import Gone, NotLetIn, NotOpen, refusal
from connectors.sandbox.faults import STRANGERS
from connectors.sandbox.invented import WORKBOOK
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater
from tests.flows.town import Town

DRIVE = "https://www.googleapis.com/drive/v3/files/"


def refusing(status: int, body: Any, path: str = "/v4/spreadsheets/x") -> ClerkError | None:
    """What we make of an answer."""
    response = requests.Response()
    response.status_code, response.url = status, f"https://sheets.googleapis.com{path}"
    response._content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return refusal(response)


def rpc(status: str = "", message: str = "", **details: str) -> dict[str, Any]:
    error: dict[str, Any] = {"status": status, "message": message}
    return {"error": error | ({"details": [details]} if details else {})}


def drive(reason: str) -> dict[str, Any]:
    return {"error": {"errors": [{"reason": reason}], "message": "ann@example.org may not"}}


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (403, drive("rateLimitExceeded"), TryAgainLater, "the quota is used up"),
        (403, drive("userRateLimitExceeded"), TryAgainLater, "the quota is used up"),
        (403, rpc("RESOURCE_EXHAUSTED"), TryAgainLater, "the quota is used up"),
        (403, rpc("PERMISSION_DENIED", "x", reason="SERVICE_DISABLED"), NotLetIn,
         "not switched on"),
        (403, rpc("PERMISSION_DENIED", "Request had insufficient authentication scopes."),
         NotLetIn, "lacks a scope"),
        (403, rpc("PERMISSION_DENIED", "x", reason="ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
         NotLetIn, "lacks a scope"),
        (403, rpc("PERMISSION_DENIED", "The caller does not have permission"), NotOpen,
         "not shared with the service account"),
        (404, rpc("NOT_FOUND"), Gone, "not shared with the service account"),
        (400, rpc("INVALID_ARGUMENT", "Unable to parse range: 'Ann'!A1"), FixTheSettings,
         "a tab named in chapter.toml"),
        (400, rpc("INVALID_ARGUMENT", "ann@example.org is odd"), Refused, "status 400"),
        (418, rpc("TEAPOT", "ann@example.org"), Refused, "refused with status 418"),
        (404, b"<html>ann@example.org</html>", TryAgainLater, "this is not Google answering"),
        (403, b'{"error": "ann@example.org"}', TryAgainLater, "this is not Google answering"),
        (403, b"[]", TryAgainLater, "this is not Google answering"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_do(
    status: int, body: Any, kind: type[ClerkError], said: str
) -> None:
    """And repeats nothing of Google's own words, which may quote the request (DP-3)."""
    error = refusing(status, body)
    assert type(error) is kind
    assert said in str(error)
    assert "example.org" not in str(error)
    assert "Ann" not in str(error)


def test_what_the_session_mends_itself_passes() -> None:
    """An old token is refreshed; the token endpoint's own reasons are read by google-auth."""
    assert refusing(401, rpc("UNAUTHENTICATED")) is None
    assert refusing(400, {"error": "invalid_grant"}, "/token") is None
    assert refusing(401, {"error": "invalid_client"}, "/token") is None


@pytest.mark.parametrize(
    "key",
    ["", "no json", "[]", "{}", "[" * 60_000, "9" * 5000, '{"client_email": "a@b"}'],
)
def test_a_key_that_is_none(key: str) -> None:
    with pytest.raises(FixTheSettings, match="not a service account's key file") as refused:
        GoogleClient(key, timeout=(1, 1))
    assert refused.value.__suppress_context__


def test_the_exits_are_googles_alone() -> None:
    """DP-3: each with its reason; a stand-in takes the place of all."""
    held = {kind: exits("", json.dumps({"type": kind})) for kind in KINDS}
    for ways in held.values():
        assert {host.rpartition(".googleapis.com")[1] for host in ways} == {".googleapis.com"}
        assert all(ways.values())
    assert "sts.googleapis.com" not in {*exits(""), *held[KEY], *held["authorized_user"]}
    added = {"sts.googleapis.com", "iamcredentials.googleapis.com"}
    assert {*held["external_account"]} - {*exits("")} == added  # where they are used alone
    assert list(exits("http://127.0.0.1:9/google")) == ["127.0.0.1:9"]


def test_a_token_that_ran_out_is_refreshed(town: Town) -> None:
    with town.context() as context:
        before = context.workbooks.version(WORKBOOK)
        town.sandbox.google.expire_tokens()
        assert context.workbooks.version(WORKBOOK) == before
    assert [e.status for e in town.sandbox.requests("google")] == [200, 200, 401, 200, 200]


def test_a_stranger_who_asks_for_a_password_says_nothing_of_our_key(town: Town) -> None:
    page = (401, "text/html", b"<h1>Log in to the network</h1>")
    with town.context() as context, pytest.MonkeyPatch.context() as patch:
        patch.setitem(STRANGERS, "other-200", page)
        town.sandbox.faults.matching("GET", "/drive/", "other-200", times=9)
        with pytest.raises(TryAgainLater, match="this is not Google answering"):
            context.workbooks.version(WORKBOOK)


def test_a_key_that_google_does_not_know(town: Town) -> None:
    town.sandbox.google.public_keys.clear()
    with (
        town.context() as context,
        pytest.raises(FixTheSettings, match="refused the service account"),
    ):
        context.workbooks.version(WORKBOOK)


def test_the_connection_is_kept(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for the token and one for the rest, and no proxy of the environment in between."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with town.context() as context:
        for _ in range(3):
            context.workbooks.version(WORKBOOK)
        (door,) = set(context.google.session.adapters.values())
        pools = door.poolmanager.pools  # type: ignore[attr-defined]  # urllib3's
        assert sum(pools[key].num_connections for key in pools.keys()) == 1  # noqa: SIM118 - urllib3's container has no iterator
