"""A browser without a window at the officers' page: it keeps its cookie and sends its forms."""

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from time import sleep

import requests

from flows.web.access import invite
from flows.web.run import beside
from tests.flows.town import Town

OFFICERS = """
[[officers]]
name = "Ana Reyes"
may = ["look", "act"]

[[officers]]
name = "Lou Grant"

[desk]
port = {port}
"""
ACTS, LOOKS = "Ana Reyes", "Lou Grant"
Fields = Mapping[str, str | list[str]]


@dataclass
class DeskClient:
    """The page of a town, as one browser sees it."""

    town: Town
    home: str
    browser: requests.Session = field(default_factory=requests.Session)
    follow: bool = True

    def sign_in(self, name: str = ACTS) -> "DeskClient":
        """Open a link of one's own and press its button."""
        self.browser.cookies.clear()
        answer = self.browser.post(
            f"{self.home}/sign-in",
            data={"key": self.invitation(name)},
            headers={"Origin": self.home},
            allow_redirects=False,  # where it leads is opened by who wants to see it
        )
        assert answer.status_code == 303, words(answer)
        return self

    def invitation(self, name: str = ACTS) -> str:
        """The key of a new sign-in link."""
        with self.town.context() as context:
            link, _ = invite(context, name)
        assert link.startswith(f"{self.home}/sign-in/")
        return link.rpartition("/")[2]

    @property
    def key(self) -> str:
        """What the browser's cookie holds."""
        return next(iter(self.browser.cookies)).value or ""

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

    def post(
        self, path: str, fields: Fields, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        """Send fields as they are; from this page's origin unless said otherwise."""
        said = {"Origin": self.home} if headers is None else headers
        return self.browser.post(
            self.home + path,
            data=dict(fields),
            headers=dict(said),
            timeout=60,
            allow_redirects=self.follow,
        )

    def press(self, page: str, action: str, fields: Fields | None = None) -> requests.Response:
        """Open a page, fill in its form for an action, and send it."""
        return self.post(action, {**hidden(self.get(page), action), **(fields or {})})

    def ended(self, answer: requests.Response) -> requests.Response:
        """What a work ends with, which on a busy machine shows its progress first."""
        while "/progress/" in answer.url and answer.ok:
            sleep(0.05)
            answer = self.browser.get(answer.url, timeout=30)
        return answer


@contextmanager
def opened(town: Town, officers: str = OFFICERS) -> Iterator[DeskClient]:
    """The page of a town, on a port of its own, nobody signed in."""
    port = free_port()
    town.settings += officers.format(port=port)
    town.network(attempts=1)
    with beside(town.folder, town.clock):
        yield DeskClient(town, f"http://127.0.0.1:{port}")


def free_port() -> int:
    """A port of this machine that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def hidden(answer: requests.Response, action: str) -> dict[str, str]:
    """The hidden fields of a page's form."""
    form = rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>'
    found = re.search(form, answer.text, re.DOTALL)
    assert found, f"no form for {action} in: {words(answer)}"
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', found[1])
    return {name: unescape(value) for name, value in fields}


def words(answer: requests.Response) -> str:
    """The text of a page, on one line."""
    body = re.sub(r"(?s)<(style|script)\b.*?</\1>", " ", answer.text)
    body = re.sub(r'<a class="rule"[^>]*>([^<]*)</a>', r"\1", body)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body))).strip()
