"""Add a vote on priorities to a draft: its contest comes from the committee's list (SC-7)."""

from typing import Final

from flows.votes.drafts import folders
from flows.votes.drafts.priorities import Vote, contest_for
from flows.web.visits import Asked, GoTo, Visit


def add(visit: Visit) -> GoTo:
    """Write the contest's file, beside those that are there."""
    name = visit.at["name"]
    vote: Vote = "advisory" if visit.sent.one("vote") == "advisory" else "priorities"
    contest, remarks = contest_for(visit.context, vote)
    folders.add_contest(visit.context, name, contest)
    told = [f"{line[0].upper()}{line[1:]}." for line in remarks]
    return GoTo(f"/votes/{name}", (visit.words.say("draft.contest_added"), *told))


ASKED: Final = (Asked("POST", "/votes/{name}/priorities", add, "act"),)
