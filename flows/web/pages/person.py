"""A person: the verdict first, ready for somebody who asks “why not me?”, then every fact."""

from datetime import date
from typing import Final, NamedTuple

from flows.views.roll import name_of
from flows.views.words import fact_said
from flows.votes.phone_calls import without_end
from flows.web.questions import waiting
from flows.web.spoken import dated, told
from flows.web.visits import Asked, Page, Visit
from models.errors import FixTheData
from models.membership.voter_roll import Entry

LOOKED: Final = "why they can or cannot vote"
MOST: Final = 12
"""Looks, and events that were missed, that are shown."""


class Attended(NamedTuple):
    """One event of a person's, and why it does not count; "" if it does."""

    day: date
    name: str
    why_not: str


def person(visit: Visit) -> Page:
    """Whether and why somebody may vote. That it was looked at is recorded first."""
    known, wanted = visit.roll(), visit.kept(visit.at["handle"])
    entry = known.entry(wanted)
    if entry is None:
        raise FixTheData(visit.words.say("person.gone"), next_step=visit.words.say("person.look"))
    visit.looked_at([entry.person.id], LOOKED)
    ledger, standing = visit.context.ledger, entry.standing
    looks = ledger.officers.looks(entry.person.id, limit=MOST)
    missed = known.facts.missed(entry.person.id, standing.on)
    return Page(
        "person.html",
        {
            "known": known,
            "name": name_of(entry.person),
            "id": entry.person.id,
            "standing": standing,
            "because": [(one, told(fact_said(one.fact))) for one in standing.because],
            "attended": _attended(visit, entry),
            "missed": missed[: -MOST - 1 : -1],
            "many_missed": len(missed),
            "waiting": waiting(visit, known, entry),
            "why_call": told(known.to_call.get(entry.person.id, "")),
            "history": ledger.history(entry.person.id)[::-1],
            "letters": ledger.told(entry.person.id)[::-1],
            "looks": [(dated(visit, one.at), one.officer, without_end(one.what)) for one in looks],
        },
    )


def _attended(visit: Visit, entry: Entry) -> list[Attended]:
    """What somebody attended, the newest first: each counts, or says why it does not."""
    facts, on = visit.roll().facts, entry.standing.on
    idle = facts.not_counted(entry.person.id, on)
    said = {(event.day, event.name): why for event, why in idle}
    counted = {(event.day, event.name): "" for event in entry.standing.counted}
    both = sorted((counted | said).items(), reverse=True)
    return [Attended(day, name, told(why)) for (day, name), why in both]


ASKED: Final = (Asked("GET", "/person/{handle}", person),)
