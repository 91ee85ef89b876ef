"""What takes time: start it, and see how far it is."""

from typing import Final

from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Job, Work, in_chapter, new_work
from models.errors import FixTheData


def start(visit: Visit, title: str, job: Job, back: str) -> GoTo:
    """Start a work; if it ends at once, go where its result is.

    Args:
        title: what is being done, as a sentence of the officer's language.
        job: opens nothing itself: it is handed a context of its own, and whom to tell of progress.
        back: the page to go back to when it fails.
    """
    made = new_work(title, visit.by, back, visit.path, visit.sent)
    task = in_chapter(visit.context.chapter.folder, visit.shared.now, job)
    work = visit.shared.works.start(made, task)
    return ended_at(work) or GoTo(f"/progress/{work.id}")


def show(visit: Visit) -> Page | GoTo:
    """How far a work is; its result once it is done."""
    work = visit.shared.works.get(visit.at["work"], visit.by)
    if work is None:
        raise FixTheData(visit.words.say("work.unknown"), next_step=visit.words.say("work.look"))
    if over := ended_at(work):
        return over
    if work.fault:
        return Page("fault.html", {"fault": work.fault, "back": work.back}, 409)
    return Page("work.html", {"work": work})


def ended_at(work: Work) -> GoTo | None:
    """Where its result is; what was done is told once."""
    if work.done is None:
        return None
    told, work.is_told = work.is_told, True
    return GoTo(work.done.path, () if told else work.done.said)


ASKED: Final = (Asked("GET", "/progress/{work}", show),)
