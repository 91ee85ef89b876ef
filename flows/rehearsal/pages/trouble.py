"""What can go wrong, begun and put back."""

from typing import Final

from flows.rehearsal.pages import progress
from flows.rehearsal.pages.visits import Asked, Visit
from flows.rehearsal.values import Trouble
from flows.web.visits import GoTo, Page
from flows.web.works import Tell
from models.errors import FixTheData


def troubles(visit: Visit) -> Page:
    """All of it, with what will be seen."""
    return Page("trouble.html", {"troubles": visit.world.troubles()})


def begin(visit: Visit) -> GoTo:
    """Let it go wrong."""
    one, world, said = _named(visit), visit.world, visit.words.say("trouble.begun")

    def job(_: Tell) -> tuple[str, ...]:
        world.begin(one.key)
        return (f"{one.title}. {said}",)

    return progress.start(visit, one.title, job, "/trouble")


def end(visit: Visit) -> GoTo:
    """Put it back as it was."""
    one, world, say = _named(visit), visit.world, visit.words.say

    def job(_: Tell) -> tuple[str, ...]:
        world.end(one.key)
        return (say("trouble.over", title=one.title),)

    return progress.start(visit, say("trouble.ending", title=one.title), job, "/trouble")


def _named(visit: Visit) -> Trouble:
    key = visit.sent.one("key")
    for one in visit.world.troubles():
        if one.key == key:
            return one
    raise FixTheData(visit.words.say("trouble.none"), next_step=visit.words.say("trouble.look"))


ASKED: Final = (
    Asked("GET", "/trouble", troubles),
    Asked("POST", "/trouble/begin", begin),
    Asked("POST", "/trouble/end", end),
)
