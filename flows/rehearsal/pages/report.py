"""What was rehearsed so far."""

from typing import Final

from flows.rehearsal.pages.progress import under_way
from flows.rehearsal.pages.visits import Asked, Document, Visit
from flows.web.visits import Page


def report(visit: Visit) -> Page:
    """The report in its frame, and how the rehearsal ends."""
    return Page("report.html", {"work": under_way(visit)})


def document(visit: Visit) -> Document:
    """The report itself; with the keyboard, its frame is entered to scroll it."""
    return Document(visit.world.report().replace("<body", '<body tabindex="0"', 1))


ASKED: Final = (Asked("GET", "/report", report), Asked("GET", "/report/page", document))
