"""Mailchimp's refusals in our words; no failure of the library stays silent."""

import json
from typing import Any

import pytest
import requests

from connectors.mailchimp import MailchimpClient, exits
from connectors.mailchimp.client import refusal
from connectors.sandbox.faults import Kind
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater
from tests.flows.town import Town


def refusing(status: int, body: Any) -> ClerkError | None:
    response = requests.Response()
    response.status_code = status
    told = body if isinstance(body, bytes) else json.dumps(body | {"status": status}).encode()
    response._content = told
    return refusal(response)


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (401, {"title": "API Key Invalid"}, FixTheSettings, "refused the API key"),
        (403, {"title": "Forbidden"}, FixTheSettings, "may not do this"),
        (403, b"<html>Forbidden</html>", TryAgainLater, "too many requests"),
        (404, {"title": "Resource Not Found"}, FixTheSettings, "does not exist"),
        (400, {"title": "Invalid Resource", "detail": "ann@example.org is"}, Refused,
         "Invalid Resource"),
        (400, {"title": "ann@example.org"}, Refused, "status 400"),
        (405, {"title": "Method Not Allowed"}, Refused, "status 405"),
        (405, b"", TryAgainLater, "this is not Mailchimp answering"),
        (404, b"<html>Not Found</html>", TryAgainLater, "this is not Mailchimp answering"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_do(
    status: int, body: Any, kind: type[ClerkError], said: str
) -> None:
    """And repeats nothing that may quote somebody (DP-3)."""
    error = refusing(status, body)
    assert isinstance(error, kind)
    assert said in str(error)
    assert "example.org" not in str(error)


@pytest.mark.parametrize("key", ["", "0123", "0123-", "0123-us/../evil", "-", "0123-a.example.org"])
def test_a_key_names_its_data_centre_or_is_none(key: str) -> None:
    """The host is made of it, so nothing else may stand there (DP-3)."""
    with pytest.raises(FixTheSettings, match="not a Mailchimp API key"):
        MailchimpClient(key, timeout=(1, 1))


def test_the_exit_is_one() -> None:
    assert list(exits("0123-us21", "")) == ["us21.api.mailchimp.com"]
    assert list(exits("0123-us21", "http://127.0.0.1:9/3.0")) == ["127.0.0.1:9"]


@pytest.mark.parametrize("kind", ["empty-500", "empty-429", "503-html", "reset", "lost-answer"])
def test_no_failure_is_silent(town: Town, kind: Kind) -> None:
    """The library returns the bare response for an empty answer, whatever its status."""
    town.sandbox.faults.at(1, kind)
    with town.desk() as desk, pytest.raises(TryAgainLater):
        desk.audience.name()


def test_the_connection_is_kept_and_goes_through_no_proxy(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with town.desk() as desk:
        for _ in range(3):
            desk.audience.name()
        (door,) = set(desk.mailchimp._session.adapters.values())
        pools = door.poolmanager.pools  # type: ignore[attr-defined]  # urllib3's
        assert sum(pools[key].num_connections for key in pools.keys()) == 1  # noqa: SIM118 - urllib3's container has no iterator
