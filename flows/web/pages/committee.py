"""Who sits on the committee today, and the numbers that a decision needs."""

from typing import Final

from connectors.files.own_files import is_there
from flows.committee import FILE, committee_on
from flows.web.visits import Asked, Page, Visit

SAID: Final = {"active": "active", "co-chair": "chair", "on leave": "away"}
"""What a seat is on the day, and the text that says so."""


def committee(visit: Visit) -> Page:
    """The committee; a form's ticks are those who step aside from an item (SC-5)."""
    if not is_there(visit.context.chapter.folder / FILE):
        return Page("committee-none.html", {"file": FILE})
    aside = visit.sent.many("aside")
    found = committee_on(visit.context, visit.context.today, aside)
    sitting = [one for one in found.seats if one.now in SAID]
    return Page(
        "committee.html",
        {
            "found": found,
            "sitting": sitting,
            "past": len(found.seats) - len(sitting),
            "now": SAID,
            "aside": aside,
            "missing": [one for one in found.reasons if not one.holds],
            "kept": [one for one in found.reasons if one.holds],
        },
    )


ASKED: Final = (
    Asked("GET", "/committee", committee),
    Asked("POST", "/committee", committee),
)
