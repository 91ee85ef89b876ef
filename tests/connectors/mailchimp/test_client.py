"""Mailchimp's refusals in our words; no failure of the library stays silent."""

import json
import re
from typing import Any

import pytest
import requests

from connectors.mailchimp import exits
from connectors.mailchimp.client import MailchimpClient
from connectors.mailchimp.refusing import masked, refusal
from connectors.settings.sections import Network
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater
from models.privacy import MASK
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
        (403, {"title": "Forbidden"}, FixTheSettings, "the API key is not allowed to do this"),
        (403, b"<html>Forbidden</html>", TryAgainLater, "too many requests"),
        (404, {"title": "Resource Not Found"}, FixTheSettings, "does not exist"),
        (400, {"title": "Invalid Resource", "detail": "ann@example.org is"}, Refused,
         "Invalid Resource"),
        (400, {"title": "ann@example.org"}, Refused, "status 400"),
        (405, {"title": "Method Not Allowed"}, Refused, "status 405"),
        (400, {"title": "Bad Request", "detail": "Your Campaign has no content to test."}, Refused,
         "“Bad Request: Your Campaign has no content to test.”"),
        (400, {"title": "Invalid Resource", "detail": "Your merge fields were invalid.",
               "errors": [{"field": "SMSPHONE", "message": "+1 617 555 0100 is no number"}]},
         Refused, "Your merge fields were invalid.: of SMSPHONE”"),
        (400, {"title": "Bad Request", "detail": "Ann Alder <ann@example.org> is no member"},
         Refused, "refused with status 400: “Bad Request”"),
        (400, {"title": "Bad Request", "detail": "of 617 555 0100 and +16175550100."}, Refused,
         "of ••• and •••."),
        (400, {"title": "Bad Request", "detail": "The username portion of the email address is "
               "invalid (the portion before the @: ann.alder)"},
         Refused, "refused with status 400: “Bad Request”"),
        (400, {"title": "Bad Request", "detail": "ann alder (at) example dot org bounced"},
         Refused, "refused with status 400: “Bad Request”"),
        (403, {"title": "User Disabled", "detail": "This account has been deactivated."},
         FixTheSettings, "switched off the account"),
        (403, {"title": "Wrong Datacenter", "detail": "The API key is another's."},
         FixTheSettings, "with its end such as -us21"),
        (403, {"title": "User action not permitted",
               "detail": "User does not have access to the requested operation"},
         FixTheSettings, "“User action not permitted: User does not have access"),
        (403, {"title": "Forbidden", "detail": "Your plan does not include scheduling."},
         FixTheSettings, "plan does not allow this"),
        (400, {"title": "Bad Request", "detail": "You have reached your contact limit."},
         FixTheSettings, "no room for more contacts"),
        (400, {"title": "Bad Request", "detail": "The from domain has not been verified."},
         FixTheSettings, "verify it in Mailchimp"),
        (400, {"title": "Bad Request", "detail": "You reached the maximum of 30 merge fields."},
         FixTheSettings, "no room for more fields"),
        (500, {"title": "Compliance Related", "detail": "Account is under review."},
         FixTheSettings, "stopped the account for a review"),
        (403, b"<HTML><TITLE>Access Denied</TITLE></HTML>", TryAgainLater, "lasts for hours"),
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
    assert not re.search("example.org|[Aa]lder|617|0100", str(error))


def test_of_a_sentence_about_an_address_nothing_is_left() -> None:
    said = masked("Mend the footer. The portion before the @: ann.alder. See ann@example.org: Ann!")
    assert said == f"Mend the footer. {MASK} {MASK}"


@pytest.mark.parametrize("key", ["", "0123", "0123-", "0123-us/../evil", "-", "0123-a.example.org"])
def test_a_key_names_its_data_centre_or_is_none(key: str) -> None:
    """The host is made of it, so nothing else may stand there (DP-3)."""
    with pytest.raises(FixTheSettings, match="not a Mailchimp API key"):
        MailchimpClient(key, timeout=(1, 1))


def test_the_exit_is_one() -> None:
    assert list(exits("0123-us21", "")) == ["us21.api.mailchimp.com"]
    assert list(exits("0123-us21", "http://127.0.0.1:9/3.0")) == ["127.0.0.1:9"]


def test_the_connection_is_kept_and_goes_through_no_proxy(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with town.context() as context:
        for _ in range(3):
            context.audience.name()
        (door,) = set(context.mailchimp._session.adapters.values())
        pools = door.poolmanager.pools  # type: ignore[attr-defined]  # urllib3's
        assert sum(pools[key].num_connections for key in pools.keys()) == 1  # noqa: SIM118 - urllib3's container has no iterator


@pytest.mark.parametrize(
    "trouble",
    [
        (500, "Compliance Related", "Your account is under review."),
        (403, "User Disabled", "This account has been deactivated."),
    ],
)
def test_what_no_second_try_can_cure_is_asked_once(
    town: Town, trouble: tuple[int, str, str]
) -> None:
    """And is said in Mailchimp's own words."""
    town.network(attempts=4)
    town.sandbox.reset()
    town.sandbox.mailchimp.trouble = trouble
    with town.context() as context, pytest.raises(FixTheSettings, match=trouble[2]):
        context.audience.name()
    assert len(town.sandbox.journal) == 1


def test_who_is_blocked_for_hours_does_not_knock_on(town: Town) -> None:
    town.network(attempts=4)
    town.sandbox.reset()
    town.sandbox.faults.matching("GET", "/lists/", "akamai-403", times=4)
    with town.context() as context, pytest.raises(TryAgainLater, match="lasts for hours"):
        context.audience.name()
    assert len(town.sandbox.journal) == 1


def test_we_wait_for_longer_than_the_service_itself() -> None:
    """It gives up after 120 seconds; who hangs up before does not hear what became of it."""
    assert Network().read_timeout > 120
