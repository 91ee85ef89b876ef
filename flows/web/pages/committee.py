"""Who sits on the committee today, and the numbers that a decision needs."""

from typing import Final

from flows.committee.ad_hoc import ad_hoc_reasons
from flows.committee.seats import committee_on, is_kept, where_kept
from flows.web.visits import Asked, Page, Visit

SAID: Final = {"active": "active", "co-chair": "chair", "on leave": "away"}
"""What a seat is on the day, and the text that says so."""


def committee(visit: Visit) -> Page:
    """The committee; a form's ticks are those who step aside from an item (SC-5)."""
    if not is_kept(visit.context):
        return Page("committee-none.html", {"ad_hoc": ad_hoc_reasons(visit.context)})
    aside = visit.sent.many("aside")
    found = committee_on(visit.context, visit.context.today, aside)
    reasons = [*found.reasons, *ad_hoc_reasons(visit.context)]
    sitting = [one for one in found.seats if one.now in SAID]
    return Page(
        "committee.html",
        {
            "found": found,
            "sitting": sitting,
            "past": len(found.seats) - len(sitting),
            "now": SAID,
            "where": where_kept(visit.context.chapter),
            "aside": aside,
            "missing": [one for one in reasons if not one.holds],
            "kept": [one for one in reasons if one.holds],
        },
    )


ASKED: Final = (
    Asked("GET", "/committee", committee),
    Asked("POST", "/committee", committee),
)
