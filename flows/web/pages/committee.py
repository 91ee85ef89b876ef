"""Who sits on the committee today, what it has to do, who is nominated, and who disclosed what."""

from typing import Final

from flows.committee.ad_hoc import ad_hoc_reasons
from flows.committee.annual import attendance, due_now
from flows.committee.nominees import nominees_of
from flows.committee.seats import committee_on, is_kept, where_kept
from flows.committee.ties import ties, whose
from flows.votes.drafts import folders
from flows.votes.drafts.slate import left_out, slate_draft
from flows.votes.emails import to_all_members
from flows.web.visits import Asked, GoTo, Page, Visit
from models.errors import Refused

SAID: Final = {"active": "active", "co-chair": "chair", "on leave": "away"}
"""What a seat is on the day, and the text that says so."""
LONGEST: Final = 200
"""Letters of a race's or candidate's name."""
SLATE: Final = "slate"


def committee(visit: Visit) -> Page:
    """The committee; a form's ticks are those who step aside from an item (SC-5)."""
    if not is_kept(visit.context):
        return Page("committee-none.html", {"ad_hoc": ad_hoc_reasons(visit.context)})
    aside, about = visit.sent.many("aside"), visit.sent.one("item").strip()[:LONGEST]
    facts = visit.roll().facts
    found = committee_on(visit.context, visit.context.today, aside)
    held = ties(visit.context, about)
    visit.looked_at(whose(visit.context, facts, held), "what members of the committee disclosed")
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
            "due": due_now(visit.context, facts),
            "came": list(attendance(visit.context, facts)),
            "ties": held,
            "item": about,
        },
    )


def nominees(visit: Visit) -> Page:
    """Everybody who is nominated, each criterion with its fact (SC-2)."""
    found = nominees_of(visit.context, facts=visit.roll().facts)
    visit.looked_at(found.people, "nominees of the committee")
    each = [(one, one.reasons(found.rules)) for one in found.found]
    gone = {kind: to_all_members.gone(visit.context, kind) for kind in to_all_members.KINDS}
    named = bool(visit.context.chapter.kinds_read & {"nominations", "requests"})
    return Page("nominees.html", {"found": found, "each": each, "gone": gone, "named": named})


def add_slate(visit: Visit) -> GoTo:
    """Add the slate to a draft, as the nominations have it."""
    name = visit.at["name"]
    draft = folders.draft_of(visit.context, name)
    if any(file.table.get("id") == SLATE for file in draft.contests):
        raise Refused(
            "this election has a slate already",
            where=f"elections/{name}",
            rule="SC-1",
            next_step="remove that contest first to draft it again from the nominations",
        )
    drafted = slate_draft(visit.context, draft.settings.table)
    folders.add_contest(visit.context, name, drafted.contest)
    visit.looked_at(drafted.nominees.people, f"nominees of {name}")
    return GoTo(f"/votes/{name}", (visit.words.say("draft.contest_added"), *left_out(drafted)))


ASKED: Final = (
    Asked("GET", "/committee", committee),
    Asked("POST", "/committee", committee),
    Asked("GET", "/committee/nominees", nominees),
    Asked("POST", "/votes/{name}/slate", add_slate, "act"),
)
