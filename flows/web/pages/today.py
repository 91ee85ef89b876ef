"""Is everything well, and what waits for a person."""

from typing import Final

from flows.web.visits import Asked, Page, Visit


def today(visit: Visit) -> Page:
    """The first page."""
    return Page("today.html", {"roll": visit.roll().roll})


ASKED: Final = (Asked("GET", "/", today),)
