"""The guided half hour, the clock, and what the members do by themselves."""

from datetime import datetime, time, timedelta
from typing import Final, Literal, NamedTuple

from flows.rehearsal.pages import progress
from flows.rehearsal.pages.desk import way_to
from flows.rehearsal.pages.inbox import unread
from flows.rehearsal.pages.progress import under_way
from flows.rehearsal.pages.visits import Asked, Visit
from flows.rehearsal.values import Moment
from flows.web.visits import GoTo, Page
from flows.web.works import Tell
from models.errors import FixTheData

_COMING: Final = 5
_REMEMBERED: Final = 20
_MORNING: Final = time(9)
"""When the next day begins for people who are asked to look at it."""
How = Literal["moment", "day", "night", "close"]
HOW: Final[tuple[How, ...]] = ("moment", "day", "night", "close")


class Way(NamedTuple):
    """A button of the clock."""

    how: How
    to: datetime
    what: str


def home(visit: Visit) -> Page:
    """Where the rehearsal stands."""
    world, work = visit.world, under_way(visit)
    moments = world.moments()
    steps = () if work else world.steps()  # while time passes they wait for its end
    told = world.told()[: -_REMEMBERED - 1 : -1]
    return Page(
        "home.html",
        {
            "now": visit.moment(world.clock.now()),
            "ways": [(way, visit.moment(way.to)) for way in ways(visit, moments)],
            "coming": [(one, visit.moment(one.at)) for one in moments[:_COMING]],
            "steps": [(step, way_to(visit, step.link)) for step in steps],
            "done": sum(step.done for step in steps),
            "next_step": next((step.number for step in steps if not step.done), 0),
            "acts": world.acts(),
            "told": told,
            "work": work,
            "unread": unread(visit),
            "people": len(world.people()),
            "troubles": [one for one in world.troubles() if one.going_on],
        },
    )


def ways(visit: Visit, moments: tuple[Moment, ...]) -> list[Way]:
    """How time can be let pass from here."""
    now = visit.local(visit.world.clock.now())
    tomorrow = datetime.combine(now.date() + timedelta(days=1), _MORNING, now.tzinfo)
    found = [Way("moment", moments[0].at, moments[0].what)] if moments else []
    found.append(Way("day", tomorrow, ""))
    for kind in ("night", "close"):
        first = next((one for one in moments if one.kind == kind), None)
        if first:
            found.append(Way(kind, first.at, first.what))
    return found


def go(visit: Visit) -> GoTo:
    """Let time pass."""
    words, world = visit.words, visit.world
    how = visit.sent.one("how")
    way = next((one for one in ways(visit, world.moments()) if one.how == how), None)
    if way is None:
        raise FixTheData(words.say("home.no_way"), next_step=words.say("home.no_way_next"))

    def job(tell: Tell) -> tuple[str, ...]:
        return world.go(way.to, tell)

    return progress.start(visit, words.say("home.going", at=visit.moment(way.to)), job, "/")


def act(visit: Visit) -> GoTo:
    """Let the members do something."""
    key, world = visit.sent.one("key"), visit.world
    title = next((one.title for one in world.acts() if one.key == key), "")
    if not title:
        say = visit.words.say
        raise FixTheData(say("home.no_act"), next_step=say("home.no_way_next"))
    return progress.start(visit, title, lambda tell: (world.act(key),), "/")


def people(visit: Visit) -> Page:
    """Who was invented, and what for."""
    return Page("people.html", {"people": visit.world.people()})


ASKED: Final = (
    Asked("GET", "/", home),
    Asked("POST", "/go", go),
    Asked("POST", "/act", act),
    Asked("GET", "/people", people),
)
