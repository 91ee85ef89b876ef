"""Members' proposals for the priorities: the list by number (SC-7)."""

from typing import Final

from flows.committee.proposals import judged, year_due
from flows.votes.emails.call_for_proposals import name_of
from flows.votes.emails.calls import sent_to
from flows.web.visits import Asked, Page, Visit


def proposals(visit: Visit) -> Page:
    """The list: texts without names, as the committee moderates them."""
    found, context = judged(visit.context), visit.context
    year = year_due(context)
    return Page(
        "proposals.html",
        {
            "found": found,
            "year": year,
            "sent": sent_to(context, name_of(year)),
            "kept": {one.number: one for one in found.moderation.kept},
            "into": {part: one.number for one in found.moderation.kept for part in one.merged},
            "asked": len(found.review),
        },
    )


ASKED: Final = (Asked("GET", "/proposals", proposals),)
