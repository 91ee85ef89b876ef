"""One line of the checklist: what was found, and what is to be done about it."""

from collections.abc import Callable
from typing import NamedTuple

from models.errors import ClerkError
from models.privacy import redact_addresses


class Item(NamedTuple):
    """One fact, under the heading of its section."""

    section: str
    what: str
    found: str
    todo: str = ""
    """What the two volunteers do about it; "" where nothing is to be done."""
    looked: bool = True
    """False: it could not be looked at now."""


def item(section: str, what: str, look: Callable[[], str] | str, todo: str = "") -> Item:
    """A line of the checklist; an address in what was found is not repeated."""
    try:
        found = look if isinstance(look, str) else look()
    except ClerkError as error:
        said = redact_addresses(f"could not be checked: {error.fact}")
        return Item(section, what, said, redact_addresses(error.next_step or todo), looked=False)
    return Item(section, what, redact_addresses(found), redact_addresses(todo))
