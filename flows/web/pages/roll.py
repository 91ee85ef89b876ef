"""The voter roll: how many, over time, and who, by a search or by what is asked of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from flows.views.roll import name_of, phone_of
from flows.web.questions import waiting_for
from flows.web.rolls import Known, Which
from flows.web.spoken import told
from flows.web.trend import trend_of
from flows.web.visits import Answer, Asked, GoTo, Page, Visit
from models.errors import FixTheData
from models.membership.voter_roll import Entry
from models.membership.voting_status import Status
from models.membership.waiting import typed_as

PAGE: Final = 100
"""People of one page: what it costs does not grow with the roll."""
LONGEST: Final = 200
"""Letters of a search."""


class Line(NamedTuple):
    """One person of a list."""

    handle: str
    name: str
    status: Status
    events: int
    through: date | None
    why: str = ""
    phone: str = ""


class Search(NamedTuple):
    """What somebody searched for; it stands in no address."""

    wanted: str


def lines(visit: Visit, known: Known, entries: Iterable[Entry], *, calls: bool) -> list[Line]:
    """People as a list shows them; a phone number only where somebody is to be called (DP-4).

    That they were looked at is recorded.
    """
    found = []
    for entry in entries:
        spell, why = entry.standing.spell, known.to_call.get(entry.person.id, "")
        found.append(
            Line(
                handle=visit.keep(entry.person.id),
                name=name_of(entry.person),
                status=entry.standing.status,
                events=len(entry.standing.counted),
                through=spell.until if spell and not spell.is_open else None,
                why=told(why) if calls else "",
                phone=phone_of(entry.person) if calls and why else "",
            )
        )
    return found


def roll(visit: Visit) -> Page:
    """How many have each status, over time, and ways to the people; it names nobody."""
    known = visit.roll()
    return Page(
        "roll.html",
        {
            "known": known,
            "counts": known.roll.counts(),
            "lists": {which: len(known.lists[which]) for which in Which},
            "trend": trend_of(known.over_time, known.roll.on) if known.seen.anything else None,
        },
    )


def some(visit: Visit) -> Page:
    """A part of the roll, so many people at a time."""
    which = next((one for one in Which if one == visit.at["which"]), None)
    number = visit.at.get("page", "1")
    known = visit.roll()
    held: Sequence[Entry] = known.lists[which] if which else ()
    pages = max(1, -(-len(held) // PAGE))
    if which is None or not number.isdecimal() or not 1 <= int(number) <= pages:
        raise FixTheData(
            visit.words.say("roll.no_such_list"), next_step=visit.words.say("roll.see_lists")
        )
    page = int(number)
    shown = held[(page - 1) * PAGE : page * PAGE]
    visit.looked_at([one.person.id for one in shown], f"the list “{which.value}” of the roll")
    return Page(
        "roll-list.html",
        {
            "which": which,
            "every": Which,
            "total": len(held),
            "lines": lines(visit, known, shown, calls=which is Which.NO_EMAIL),
            "first": (page - 1) * PAGE + 1,
            "page": page,
            "pages": pages,
        },
    )


def search(visit: Visit) -> GoTo:
    """Look for somebody; one who is found is shown."""
    wanted = visit.sent.one("wanted")[:LONGEST]
    found = visit.roll().find(wanted)
    if len(found) == 1:
        return GoTo(f"/person/{visit.keep(found[0].person.id)}")
    return GoTo(f"/roll/found/{visit.keep(Search(wanted))}")


def found(visit: Visit) -> Answer:
    """Whom a search found, and of whom nobody is found, the rows that bear the name."""
    asked = visit.kept(visit.at["search"])
    if not isinstance(asked, Search):
        return GoTo("/roll")
    known = visit.roll()
    fitting = known.find(asked.wanted)
    shown = fitting[:PAGE]
    visit.looked_at([one.person.id for one in shown], "a search of the roll")
    return Page(
        "roll-found.html",
        {
            "known": known,
            "wanted": "" if "@" in asked.wanted else asked.wanted,  # pages show no addresses
            "total": len(fitting),
            "lines": lines(visit, known, shown, calls=False),
            "waiting": [] if fitting else waiting_for(visit, known, typed_as(asked.wanted)),
        },
    )


ASKED: Final = (
    Asked("GET", "/roll", roll),
    Asked("POST", "/roll/search", search),
    Asked("GET", "/roll/found/{search}", found),
    Asked("GET", "/roll/{which}", some),
    Asked("GET", "/roll/{which}/{page}", some),
)
