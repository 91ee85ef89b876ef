"""The sandbox's Mailchimp is held to the official specification, by Prism, with the real client."""

from collections.abc import Callable, Iterator

import pytest

from connectors.sandbox.mailchimp.routes import TABLES
from connectors.sandbox.server import Sandbox
from tests.contract.mailchimp_tour import LIST, chapter, client, refused, tour
from tests.contract.prism import QUIRKS, Prism, Violation

pytestmark = pytest.mark.slow

# Nothing in the official library calls it.
UNCALLED = {"POST /campaigns/{campaign_id}/actions/pause",
            "POST /campaigns/{campaign_id}/actions/resume"}  # fmt: skip


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(mailchimp=chapter()) as running:
        yield running


@pytest.fixture(scope="module")
def toured(sandbox: Sandbox, prism_proxy: Callable[[str], Prism]) -> Prism:
    prism = prism_proxy(sandbox.mailchimp_url)
    tour(client(sandbox.mailchimp, prism.url))
    return prism


def test_the_tour_violates_the_specification_in_known_ways_only(toured: Prism) -> None:
    assert [found for found in toured.violations() if found.quirk is None] == []


def test_every_known_quirk_is_met_on_the_tour(toured: Prism) -> None:
    """A quirk nobody meets any more must leave the list."""
    assert {found.quirk for found in toured.violations()} == set(QUIRKS)


def test_the_tour_calls_everything(toured: Prism, sandbox: Sandbox) -> None:
    called = {exchange.pattern for exchange in sandbox.requests("mailchimp")}
    served = {wanted.split()[1] for table in TABLES for wanted in table if wanted not in UNCALLED}
    assert {f"/3.0{path}" for path in served} <= called


def test_the_specification_knows_no_limit_of_five_hundred(toured: Prism, sandbox: Sandbox) -> None:
    """What Prism lets pass and the service refuses: a batch of 501."""
    crowd = [{"email_address": f"p{n}@example.org", "status": "subscribed"} for n in range(501)]
    before = len(toured.violations())
    with refused(400, "Invalid Resource"):
        client(sandbox.mailchimp, toured.url).lists.batch_list_members(LIST, {"members": crowd})
    assert len(toured.violations()) == before


def test_prism_would_notice(toured: Prism, sandbox: Sandbox) -> None:
    """The referee is awake: a status that does not exist is reported, and is no known quirk."""
    odd = {"email_address": "odd@example.org", "status": "gone"}
    with refused(400, "Invalid Resource"):
        client(sandbox.mailchimp, toured.url).lists.add_list_member(LIST, odd)
    last: Violation = toured.violations()[-1]
    assert last.place == "request.body.status"
    assert last.quirk is None
