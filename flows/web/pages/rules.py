"""What the rules say that pages name by their ids."""

from typing import Final

from flows.web import rules
from flows.web.visits import Asked, Page, Visit


def show(_: Visit) -> Page:
    """All of them, each with its sentence."""
    return Page("rules.html", {"rules": rules.rules()})


ASKED: Final = (Asked("GET", rules.HERE, show),)
