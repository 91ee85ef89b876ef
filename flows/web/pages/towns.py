"""Towns without a chapter, and how many people there can be emailed (ST-1)."""

from typing import Final

from flows.mail.near import directory_of
from flows.nightly.towns import towns_to_start
from flows.web.visits import Asked, Page, Visit


def towns(visit: Visit) -> Page:
    """The list; most people first."""
    found = towns_to_start(visit.context)
    directory = directory_of(visit.context)
    chapters = directory.chapters if directory else ()
    return Page("towns.html", {"towns": found, "chapters": chapters})


ASKED: Final = (Asked("GET", "/towns", towns),)
