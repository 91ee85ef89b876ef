"""Every page that an officer can reach by its links and by forms that only look."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import requests
from starlette.routing import compile_path

from flows.web.pages import ASKED
from tests.flows.web.desk import DeskClient

URLS = frozenset(("href", "action", "src", "formaction", "hx-get", "hx-post", "content"))
LEADS = frozenset(("href", "src", "hx-get"))
LEFT_OUT = frozenset(("/sign-out", "/language"))


@dataclass
class Form:
    """A form of a page."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    """The fields into which something is typed."""


class Parts(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.forms: list[Form] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        self.tags.append((tag, had))
        if tag == "form":
            self.forms.append(Form(had.get("action", "")))
        elif tag in ("input", "textarea") and self.forms and had.get("name"):
            kind = had.get("type", "text")
            if kind == "hidden":
                self.forms[-1].hidden[had["name"]] = had.get("value", "")
            elif kind not in ("checkbox", "radio"):
                self.forms[-1].typed.append(had["name"])

    def urls(self) -> Iterator[str]:
        """Every address that the page names."""
        for _, had in self.tags:
            yield from (value for name, value in had.items() if name in URLS)

    def leads(self) -> Iterator[str]:
        """Where its links and frames lead, on this page's own host."""
        for tag, had in self.tags:
            for name, value in had.items():
                if name in LEADS and tag != "link" and value.startswith("/"):
                    yield value


@dataclass
class Walk:
    """All pages found, by their addresses."""

    desk: DeskClient
    typed: tuple[str, ...] = ()
    """What is typed into the fields of forms that only look."""
    pages: dict[str, requests.Response] = field(default_factory=dict)
    sent: set[tuple[str, str]] = field(default_factory=set)

    def everywhere(self) -> "Walk":
        """Go wherever links lead, and to every page that needs none."""
        for one in ASKED:
            if one.method == "GET" and "{" not in one.path:
                self._open(one.path)
        return self

    def parts(self) -> Iterator[tuple[str, Parts]]:
        """Each page, taken apart."""
        for path, answer in self.pages.items():
            yield path, Parts(answer.text)

    def routes(self) -> set[str]:
        """The GET routes that were come by."""
        paths = [urlsplit(one).path for one in self.pages]
        gets = [one.path for one in ASKED if one.method == "GET"]
        return {one for one in gets if any(compile_path(one)[0].match(path) for path in paths)}

    def _open(self, path: str) -> None:
        if path not in self.pages and not path.startswith("/static/"):
            self._keep(path, self.desk.get(path))

    def _keep(self, path: str, answer: requests.Response) -> None:
        if path in self.pages:
            return
        self.pages[path] = answer
        if not answer.headers["content-type"].startswith("text/html"):
            return
        parts = Parts(answer.text)
        for lead in parts.leads():
            self._open(lead)
        for form in parts.forms:
            self._send(form)

    def _send(self, form: Form) -> None:
        looks = any(
            one.method == "POST" and one.needs == "look"
            and compile_path(one.path)[0].match(form.action)
            for one in ASKED
        )  # fmt: skip
        if not looks or form.action in LEFT_OUT:
            return
        for typed in self.typed if form.typed else ("",):
            if (form.action, typed) not in self.sent:
                self.sent.add((form.action, typed))
                fields = form.hidden | dict.fromkeys(form.typed, typed)
                answer = self.desk.post(form.action, fields)
                self._keep(answer.url.removeprefix(self.desk.home) + f"#{typed}", answer)


def plain(url: str) -> str:
    """An address as whoever reads it over a shoulder reads it."""
    return unquote(unquote(url)).casefold().replace("+", " ")
