"""The next events that count, for the emails to those who may come to them (VM-5, VM-R5)."""

from flows.context import ChapterContext
from models.mail.notices import ONE_AWAY, WELCOME
from models.membership.voter_roll import Facts
from models.text import formats

MOST = 3


def facts_for(context: ChapterContext, kind: str, facts: Facts) -> dict[str, object]:
    """What a letter about a status says beside the ways to it: for some kind, nothing."""
    if kind not in (ONE_AWAY, WELCOME):
        return {}
    membership = context.bylaws.in_force(context.today).membership
    ahead = (event for event in facts.events if event.is_to_come(membership, context.today))
    named = dict.fromkeys((event.day, event.name) for event in sorted(ahead, key=str))
    coming = [
        {"title": name, "day": formats.day(day), "day_es": formats.day(day, "es")}
        for day, name in named
    ]
    return {"coming": coming[:MOST]}
