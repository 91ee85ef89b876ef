"""The pages of published votes, as the chapter's website would have them."""

import re
from html import escape
from pathlib import Path
from typing import Final

from connectors.settings import load_chapter
from flows.rehearsal.pages.visits import Asked, Document, Visit
from flows.web.visits import GoTo, Page
from models.errors import FixTheData

_NAME: Final = re.compile(r"[\w-][\w.-]{0,200}")
_BODY: Final = re.compile(r"<body\b[^>]*>")
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; sandbox"
)
"""Of a page that loads nothing and runs nothing; its links lead to the others beside it."""


def published(visit: Visit) -> Page:
    """The votes that are published."""
    root = _root(visit)
    votes = sorted(file.parent.name for file in root.glob("*/index.html")) if root else []
    return Page("published.html", {"votes": votes})


def vote(visit: Visit) -> GoTo:
    """The first page of a vote."""
    return GoTo(f"/published/{_safe(visit, visit.at['vote'])}/index.html")


def page(visit: Visit) -> Document:
    """A page of a vote, with a way back above it."""
    name = _safe(visit, visit.at["page"])
    file = _root(visit) / _safe(visit, visit.at["vote"]) / name
    if file.suffix != ".html" or not file.is_file():
        raise _gone(visit)
    back = (
        f'<nav aria-label="{escape(visit.words.say("rehearsal.mark"))}"><p class="banner">'
        f"{escape(visit.words.say('rehearsal.mark'))} – "
        f'<a href="/published">{escape(visit.words.say("published.back"))}</a></p></nav>'
    )
    text = file.read_text("utf-8")
    return Document(_BODY.sub(lambda found: found[0] + back, text, count=1), POLICY)


def _root(visit: Visit) -> Path:
    chapter = load_chapter(visit.world.folder)
    return chapter.path(chapter.elections.public)


def _safe(visit: Visit, name: str) -> str:
    if _NAME.fullmatch(name):
        return name
    raise _gone(visit)


def _gone(visit: Visit) -> FixTheData:
    say = visit.words.say
    return FixTheData(say("published.gone"), next_step=say("published.gone_next"))


ASKED: Final = (
    Asked("GET", "/published", published),
    Asked("GET", "/published/{vote}", vote),
    Asked("GET", "/published/{vote}/", vote),
    Asked("GET", "/published/{vote}/{page}", page),
)
