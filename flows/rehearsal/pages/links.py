"""Where the links of an email lead in a rehearsal: never out of it."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlencode, urlsplit

from connectors.sandbox.mailchimp.sending import HERE as MAILCHIMP

_FORM: Final = re.compile(r"/forms/d/e/([\w-]+)/viewform")
_LEADS: Final = frozenset(("a", "area"))
_DROPPED: Final = frozenset(("base", "meta", "link", "script", "form", "iframe", "object", "embed"))
"""Tags that could lead elsewhere without a click, or load something."""


@dataclass(frozen=True)
class Leads:
    """How links lead in this rehearsal.

    Args:
        public: the address at which the chapter publishes; "" for none.
        home: the address of the rehearsal's own pages.
    """

    public: str
    home: str

    def path(self, link: str) -> str:
        """The path of the rehearsal that a link leads to; a page that says where it would go."""
        link = link.strip()
        if link.startswith("#"):
            return link
        try:
            parts = urlsplit(link)
        except ValueError:
            return _elsewhere(link)
        query = f"?{parts.query}" if parts.query else ""
        if found := _FORM.fullmatch(parts.path):
            return f"/forms/{found[1]}{query}"
        if self.public and f"{link}/".startswith(f"{self.public.rstrip('/')}/"):
            rest = link.removeprefix(self.public.rstrip("/")).lstrip("/")
            return f"/published/{rest}"
        if link.startswith(f"{MAILCHIMP}/unsubscribe?"):
            return f"/unsubscribe{query}"
        if self.home and f"{link}/".startswith(f"{self.home}/"):
            return parts.path + query or "/"
        return _elsewhere(link)


def led(markup: str, leads: Leads) -> str:
    """An email whose links lead within the rehearsal, out of the frame that shows it."""
    reader = _Reader(leads)
    reader.feed(markup)
    reader.close()
    return "".join(reader.written)


def _elsewhere(link: str) -> str:
    return f"/elsewhere?{urlencode({'to': link})}"


class _Reader(HTMLParser):
    """Writes again what it reads, but for links."""

    def __init__(self, leads: Leads) -> None:
        super().__init__(convert_charrefs=False)
        self._leads = leads
        self.written: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Let a link lead elsewhere, and drop what loads something."""
        self._in_script = tag == "script"
        if tag in _LEADS:
            self.written.append(self._link(tag, attrs))
        elif tag not in _DROPPED:
            self.written.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False
        if tag not in _DROPPED:
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._in_script:
            self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.written.append(f"<!{decl}>")

    def _link(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> str:
        said = {name: value or "" for name, value in attrs if name != "target"}
        if "href" in said:
            said |= {"href": self._leads.path(said["href"]), "target": "_top"}
        written = (f' {name}="{html.escape(value)}"' for name, value in said.items())
        return f"<{tag}{''.join(written)}>"
