"""What takes time: start it, and see how far it is."""

from collections.abc import Callable
from typing import Final

from flows.rehearsal.pages.visits import Asked, Visit
from flows.web.pages.progress import ended_at
from flows.web.visits import GoTo, Page
from flows.web.works import Done, Tell, Work, new_work
from models.errors import FixTheData

_BY: Final = "rehearsal"


def start(visit: Visit, title: str, job: Callable[[Tell], tuple[str, ...]], path: str) -> GoTo:
    """Start a work; if it ends at once, go where its result is.

    Args:
        title: what is being done, as a sentence.
        job: what is done, while nothing else is; it says what happened.
        path: where to go afterwards.
    """

    def task(tell: Tell) -> Done:
        with visit.world.lock:
            return Done(job(tell), path)

    work = visit.shared.works.start(new_work(title, _BY, path, visit.path, visit.sent), task)
    visit.shared.going = work
    return ended_at(work) or GoTo(f"/progress/{work.id}")


def show(visit: Visit) -> Page | GoTo:
    """How far a work is; its result once it is done."""
    work = visit.shared.works.get(visit.at["work"], _BY)
    if work is None:
        say = visit.words.say
        raise FixTheData(say("rehearsal.work_unknown"), next_step=say("rehearsal.work_look"))
    if ended := ended_at(work):
        return ended
    if work.fault:
        return Page("fault.html", {"fault": work.fault, "back": work.back}, 409)
    return Page("passing.html", {"work": work})


def under_way(visit: Visit) -> Work | None:
    """The work that goes on now."""
    going = visit.shared.going
    return going if going and not going.over.is_set() else None


ASKED: Final = (Asked("GET", "/progress/{work}", show),)
