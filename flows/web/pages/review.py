"""To check: each question with its next step and a link to the very cell in Google."""

from typing import Final

from flows.web.pages.roll import PAGE, lines
from flows.web.questions import questions
from flows.web.visits import Asked, Page, Visit
from models.intake.locations import Weight


def review(visit: Visit) -> Page:
    """What only a person can settle, of the newest look."""
    known = visit.roll(planned=True)
    asked = questions(visit, known.facts.review, known.links)
    called = [entry for one in known.to_call if (entry := known.entry(one))]
    visit.looked_at([entry.person.id for entry in called[:PAGE]], "the people to call")
    return Page(
        "review.html",
        {
            "known": known,
            "many": sum(one.weight is not Weight.NOTE for one in known.facts.review),
            "questions": asked[:PAGE],
            "more": max(0, len(asked) - PAGE),
            "calls": lines(visit, known, called[:PAGE], calls=True),
            "more_calls": max(0, len(called) - PAGE),
        },
    )


ASKED: Final = (Asked("GET", "/review", review),)
