"""Pages from templates: one self-contained file each, which loads nothing and runs nothing."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from connectors.pages.words import Language, words
from models.errors import Refused

if TYPE_CHECKING:
    from jinja2 import Environment

ADDRESS: Final = re.compile(r"[^\s@<>\"'(),;:=]@[^\s@<>]+\.[a-z]", re.IGNORECASE)

TEMPLATES: Final = Path(__file__).parent / "templates"


def render(template: str, *, language: Language = "en", other: str = "", **facts: object) -> str:
    """Fill in a template that extends `base.html`.

    Args:
        language: the page's language; the template has its texts as `words`.
        other: the file of the same page in the other language, "" if there is none.
        facts: what the template shows; one that it misses is an error, not a blank.

    Raises:
        Refused: an address stands in what the page would show (DP-3).
    """
    return filled_in(_templates(), template, words=words(language), other=other, **facts)


def filled_in(templates: "Environment", template: str, /, **facts: object) -> str:
    """Fill in a template, whosoever's.

    Raises:
        Refused: an address stands in what the page would show (DP-3).
    """
    shown = templates.get_template(template).render(**facts)
    if ADDRESS.search(shown):
        raise Refused(
            "a text of this page contains an email address, and pages show none",
            where=f"page {template}",
            rule="DP-3",
            next_step="remove it from the titles, statements, reasons, names, and recorded "
            "decisions that the page shows",
        )
    return shown


def templates_in(*folders: Path) -> "Environment":
    """The templates of folders: what stands in a fact is text, and a missing one is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # most commands show no page

    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def csp_hash(css: str) -> str:
    """The digest by which a content security policy allows exactly this style."""
    return f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}"


@cache
def _templates() -> "Environment":
    templates = templates_in(TEMPLATES)
    templates.filters["csp_hash"] = csp_hash
    return templates
