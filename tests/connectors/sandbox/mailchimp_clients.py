"""The sandbox's Mailchimp under a clock of our own, and three ways to talk to it."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
import requests
from mailchimp_marketing import Client
from mailchimp_marketing.api_client import ApiClientError

from connectors.sandbox.mailchimp.state import Audience, subscriber_hash
from connectors.sandbox.server import Sandbox

LIST = "a1b2c3d4e5"
ANN, BEN, NEW = "ann@example.org", "ben@example.org", "new@example.org"
START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HTML = '<p>Dear *|FNAME|*</p><p><a href="*|UNSUB|*">Leave</a> *|LIST:ADDRESS|*</p>'


class Chimp:
    """A running sandbox: the official library's parts, raw calls, the state."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox, self.state = sandbox, sandbox.mailchimp
        api: Any = Client({"api_key": self.state.api_key})
        api.api_client.host = sandbox.mailchimp_url
        self.lists, self.campaigns, self.reports = api.lists, api.campaigns, api.reports
        self.ping, self.root = api.ping, api.root

    def raw(self, method: str, path: str, **how: Any) -> requests.Response:
        """A call without the library's help."""
        how.setdefault("auth", ("anyone", self.state.api_key))
        return requests.request(method, self.sandbox.mailchimp_url + path, timeout=5, **how)

    @property
    def audience(self) -> Audience:
        return self.state.lists[LIST]

    def wait(self, **long: float) -> None:
        """Let time pass."""
        Clock.at += timedelta(**long)

    def member(self, address: str) -> Any:
        """A member as the API shows it."""
        return self.lists.get_list_member(LIST, subscriber_hash(address))

    def put(self, address: str, **body: Any) -> Any:
        """PUT one member."""
        body = {"email_address": address, **body}
        return self.lists.set_list_member(LIST, subscriber_hash(address), body)

    def patch(self, address: str, **body: Any) -> Any:
        """PATCH one member."""
        return self.lists.update_list_member(LIST, subscriber_hash(address), body)

    def batch(self, *members: dict[str, Any], **more: Any) -> Any:
        """The batch upsert, updating whom it finds."""
        body = {"members": list(members), "update_existing": True, **more}
        return self.lists.batch_list_members(LIST, body)

    def draft(self, **settings: str) -> str:
        """A campaign that is ready to go to everybody."""
        usual = {"title": "News", "subject_line": "News", "from_name": "A chapter",
                 "reply_to": "clerk@example.org"}  # fmt: skip
        made: str = self.campaigns.create(
            {"type": "regular", "recipients": {"list_id": LIST}, "settings": usual | settings}
        )["id"]
        self.campaigns.set_content(made, {"html": HTML})
        return made


class Clock:
    """The time the sandbox believes in."""

    at = START


@cache
def server() -> Sandbox:
    """One server for all tests of a process: starting and stopping one costs 0.2 s."""
    sandbox = Sandbox(now=lambda: Clock.at)
    sandbox.__enter__()
    atexit.register(sandbox.__exit__, None, None, None)
    return sandbox


@contextmanager
def running() -> Iterator[Chimp]:
    """The sandbox with one audience of two people, and nothing else."""
    sandbox, Clock.at = server(), START
    sandbox.mailchimp.load({})
    sandbox.reset()
    sandbox.mailchimp.add_list(LIST, name="A chapter")
    for address, name in ((ANN, "Ann"), (BEN, "Ben")):
        sandbox.mailchimp.add_member(LIST, address, merge_fields={"FNAME": name})
    yield Chimp(sandbox)
    assert [exchange.crash for exchange in sandbox.journal if exchange.crash] == []


@contextmanager
def refused(status: int, *words: str) -> Iterator[None]:
    """What is asked inside must be answered with this problem, its text having these words."""
    with pytest.raises(ApiClientError) as raised:
        yield
    assert raised.value.status_code == status, raised.value.text
    for each in words:
        assert each in str(raised.value.text)
