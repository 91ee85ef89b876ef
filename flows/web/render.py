"""Pages from templates. Nothing is loaded but the style and the script beside them."""

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup

from connectors.pages import told_in
from connectors.pages.render import TEMPLATES, filled_in, templates_in
from flows.web.forms import TOKEN, token_of
from flows.web.own_account import PRINTED, shown_in
from flows.web.rules import ruled
from flows.web.spoken import plain_in, sentence
from flows.web.texts import texts
from flows.web.visits import Page, Visit
from models.text.languages import Language
from models.text.sentences import English, Sentence

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"


def page(visit: Visit, shown: Page) -> str:
    """A page for a signed-in officer.

    Raises:
        Refused: an address stands in it (DP-3).
    """
    facts: dict[str, Any] = {
        "visit": visit,
        "words": visit.words,
        "said": visit.memory.said(visit.path),
        "token_field": TOKEN,
        "token": lambda action: token_of(visit.session.key, action),
        **shown.facts,
    }
    return shown_in(filled_in(_templates(), shown.template, **facts), visit.context)


def outside(template: str, language: Language = "en", **facts: object) -> str:
    """A page for whoever is not signed in: it holds nothing of the chapter."""
    about = {"words": texts(language), "visit": None, "said": [], **facts}
    return filled_in(_templates(), template, **about)


@cache
def style() -> str:
    """The style of the result pages, and what the officers' page adds."""
    return (TEMPLATES / "style.css").read_text("utf-8") + (STATIC / "desk.css").read_text("utf-8")


def spoken_in(text: str, language: Language) -> Markup:
    """What the rules say, in the page's language; what is English there is marked as English."""
    return Markup("").join(
        ruled(part)
        if part_of == language
        else Markup('<span lang="{}">{}</span>').format(part_of, ruled(part))
        for part, part_of in told_in(language, text)
    )


def as_said(text: str, language: Language) -> str:
    """What is said of something done: of the pages' own words, unless it says otherwise."""
    return spoken_in(text, language) if isinstance(text, Sentence | English) else text


def for_keeper(text: str) -> bool:
    """Whether a sentence names a command or a settings file, which officers do not have."""
    return bool(re.search(r"`clerk |\.toml\b", text.replace(PRINTED, "")))


def dialed(phone: str) -> str:
    """A telephone number as a telephone dials it, without its extension."""
    number = re.split(r"[a-z;,#]", phone.casefold(), maxsplit=1)[0]
    return re.sub(r"[^\d+]", "", number)


FILTERS: Final = {
    "sentence": sentence, "ruled": ruled, "dialed": dialed, "spoken_in": spoken_in,
    "plain_in": plain_in,
    "as_said": as_said,
}  # fmt: skip
TESTS: Final = {"for_keeper": for_keeper}
"""What the templates ask by name; whoever shows them elsewhere lends both."""


@cache
def _templates() -> Environment:
    made = templates_in(HERE / "templates")
    made.filters |= FILTERS
    made.tests |= TESTS
    return made
