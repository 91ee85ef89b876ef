"""A rehearsal for the tests of its pages: an invented town, and what the pages are told of it."""

import re
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Thread
from time import sleep
from types import SimpleNamespace
from typing import Any

import requests
import uvicorn

from connectors.sandbox.invented import address_of, name_of
from flows.rehearsal.notes import Happened
from flows.rehearsal.pages.app import application
from flows.rehearsal.values import Act, Invented, Moment, Step, Trouble
from flows.rehearsal.world import World
from tests.flows.town import Town
from tests.flows.web.desk import hidden, words

HOME = "http://127.0.0.1:8765"


class TownsWorld(World):
    """What the engine of a rehearsal would say, on a town; `done` is what it was asked to do."""

    def __init__(self, town: Town, home_url: str = HOME) -> None:
        super().__init__(town.folder, town.sandbox, f"{HOME[:-1]}6", home_url)
        self.log: list[Happened] = []
        self.clock = SimpleNamespace(now=town.clock)  # type: ignore[assignment]  # the tests' clock
        self.town, self.done, self.broken = town, [], set[str]()

    @property
    def name(self) -> str:
        return "Rivertown Progressives"

    @property
    def zone(self) -> str:
        return "America/New_York"

    def moments(self) -> tuple[Moment, ...]:
        now = self.town.clock()
        return (
            Moment(now + timedelta(hours=7), "the invitation to vote goes out"),
            Moment(now + timedelta(days=1), "the nightly run", "night"),
            Moment(now + timedelta(days=9), "voting in “Spring endorsements” closes", "close"),
        )

    def go(self, to: datetime, tell: Callable[[str], None]) -> tuple[str, ...]:
        self.done.append(to)
        tell("the nightly run begins")
        self.town.clock.at = to  # type: ignore[attr-defined]  # the tests' clock
        said = ("The nightly run found 3 new voting members.", "24 invitations were sent.")
        self.log += [Happened(at=to, what=line) for line in said]
        return said

    def told(self) -> tuple[Happened, ...]:
        return tuple(self.log)

    def officers(self) -> tuple[str, ...]:
        return ("Ana Reyes", "Lou Grant")

    def onlookers(self) -> tuple[str, ...]:
        return ("Lou Grant",)

    def sign_in_link(self, officer: str) -> str:
        return f"{self.desk_url}/sign-in/{officer.split()[0]}"

    def people(self) -> tuple[Invented, ...]:
        plays = ("a voting member", "one event away", "not on the mailing list")
        return tuple(Invented(name_of(n), address_of(n), plays[n % len(plays)]) for n in range(12))

    def troubles(self) -> tuple[Trouble, ...]:
        tab = "The next run refuses to end any membership, and asks you to look at the tab."
        slow = "The run waits, says so, and goes on by itself."
        return (
            Trouble("tab", "Somebody empties the sign-in tab", tab, "tab" in self.broken),
            Trouble("slow", "Mailchimp is slow", slow, "slow" in self.broken),
        )

    def begin(self, key: str) -> None:
        self.broken.add(key)

    def end(self, key: str) -> None:
        self.broken.remove(key)

    def steps(self) -> tuple[Step, ...]:
        return (
            Step(1, "Look at the sign-ins", "Open the tab and find Thea.", True, "/sheets"),
            Step(2, "Open the vote", "On the officers’ page, approve it.", False, "/inbox"),
            Step(3, "Vote as a member", "Open an email and follow its link.", False, "/inbox"),
        )

    def acts(self) -> tuple[Act, ...]:
        return (Act("sign-in", "Everybody signs in at the monthly meeting"),
                Act("vote", "60% of the members vote"))  # fmt: skip

    def act(self, key: str) -> str:
        self.done.append(key)
        return "14 members voted."

    def report(self) -> str:
        return "<!doctype html><html lang='en'><title>Report</title><h1>3 of 10 steps</h1></html>"

    def save(self) -> None:
        self.done.append("saved")


@dataclass
class Pages:
    """The pages, as one browser sees them."""

    world: TownsWorld
    browser: requests.Session = field(default_factory=requests.Session)
    follow: bool = True

    @property
    def home(self) -> str:
        """Where they are."""
        return self.world.home_url

    def get(self, path: str, **headers: str) -> requests.Response:
        """Open a page."""
        return self.browser.get(
            self.home + path, headers=headers, timeout=30, allow_redirects=self.follow
        )

    def text(self, path: str) -> str:
        """What a page says, without its tags."""
        answer = self.get(path)
        assert answer.status_code == 200, words(answer)
        return words(answer)

    def post(self, path: str, fields: Mapping[str, Any], **headers: str) -> requests.Response:
        """Send fields as they are."""
        said = {"Origin": self.home, **headers}
        return self.browser.post(
            self.home + path, data=dict(fields), headers=said, timeout=30,
            allow_redirects=self.follow,
        )  # fmt: skip

    def press(
        self, page: str, action: str, fields: Mapping[str, Any] | None = None, nth: int = 0
    ) -> requests.Response:
        """Open a page, fill in its nth form for an action, and send it."""
        return self.post(action, {**fields_of(self.get(page), action, nth), **(fields or {})})


@contextmanager
def opened(town: Town) -> Iterator[Pages]:
    """The pages of a town, on a port of their own."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        world = TownsWorld(town, f"http://127.0.0.1:{listening.getsockname()[1]}")
        config = uvicorn.Config(
            application(world), lifespan="off", access_log=False, log_config=None,
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while thread.is_alive() and not server.started:
            sleep(0.005)
        try:
            yield Pages(world)
        finally:
            server.should_exit = True
            thread.join(timeout=5)


def fields_of(answer: requests.Response, action: str, nth: int = 0) -> dict[str, str]:
    """The hidden fields of a page's nth form for an action."""
    forms = re.findall(rf'<form[^>]*action="{re.escape(action)}".*?</form>', answer.text, re.DOTALL)
    assert len(forms) > nth, f"no form for {action} in: {words(answer)}"
    return hidden(SimpleNamespace(text=forms[nth]), action)  # type: ignore[arg-type]  # a text
