"""Pages from templates. Nothing is loaded but the style and the script beside them."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from connectors.pages.render import ADDRESS, TEMPLATES
from flows.web.forms import TOKEN, token_of
from flows.web.texts import texts
from flows.web.visits import Page, Visit
from models.errors import Refused
from models.text.languages import Language

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
    return _filled_in(shown.template, facts)


def outside(template: str, language: Language = "en", **facts: object) -> str:
    """A page for whoever is not signed in: it holds nothing of the chapter."""
    return _filled_in(template, {"words": texts(language), "visit": None, "said": [], **facts})


def _filled_in(template: str, facts: dict[str, Any]) -> str:
    shown = _templates().get_template(template).render(**facts)
    if ADDRESS.search(shown):
        raise Refused(
            "something on this page contains an email address, and pages show none",
            where=template,
            rule="DP-3",
            next_step="remove the address from the title, reason, or name that is shown here",
        )
    return shown


@cache
def style() -> str:
    """The style of the result pages, and what the officers' page adds."""
    return (TEMPLATES / "style.css").read_text("utf-8") + (STATIC / "desk.css").read_text("utf-8")


def sentence(text: str) -> str:
    """What stands after a place in the terminal, as a sentence of its own: "No one …."."""
    text = text.strip()
    ends = "" if text.endswith((".", "?", "!", "…")) else "."
    return f"{text[:1].upper()}{text[1:]}{ends}" if text else ""


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["sentence"] = sentence
    return made
