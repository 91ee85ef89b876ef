"""Pages from templates, in the frame of the officers' page and with its style."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

from connectors.pages.render import templates_in
from flows.rehearsal.pages.inbox import who
from flows.rehearsal.pages.visits import Visit
from flows.web.forms import TOKEN, token_of
from flows.web.render import FILTERS, TESTS
from flows.web.render import HERE as DESK
from flows.web.visits import Page

HERE: Final = Path(__file__).parent
STYLE: Final = HERE / "static" / "rehearsal.css"


def page(visit: Visit, shown: Page) -> str:
    """A page; unlike the officers', it shows addresses: they are invented."""
    facts: dict[str, Any] = {
        "visit": visit,
        "words": visit.words,
        "said": visit.shared.memory.said(visit.path),
        "token_field": TOKEN,
        "token": lambda action: token_of(visit.shared.key, action),
        **shown.facts,
    }
    return _templates().get_template(shown.template).render(**facts)


def capitalized(text: str) -> str:
    """A moment at the beginning of a line: “El viernes …”."""
    return text[:1].upper() + text[1:]


@cache
def _templates() -> Environment:
    made = templates_in(HERE / "templates")
    desk = FileSystemLoader(DESK / "templates")
    made.loader = ChoiceLoader(
        [FileSystemLoader(HERE / "templates"), PrefixLoader({"desk": desk}), desk]
    )
    made.filters |= FILTERS | {"capitalized": capitalized, "who": who}
    made.tests |= TESTS
    return made
