"""To check: each question with its next step and a link to the very cell in Google."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple

from flows.views.links import Links
from flows.web.pages.roll import PAGE, lines
from flows.web.visits import Asked, Page, Visit
from models.intake.locations import ReviewItem, Weight

CELLS: Final = 24
"""Cells of one question that are named one by one."""


class Cell(NamedTuple):
    """A place, and its address in Google; "" where none is known."""

    name: str
    link: str


class Question(NamedTuple):
    """The same complaint of one sheet, with all its cells."""

    weight: Weight
    source: str
    reason: str
    next_step: str
    rule: str
    cells: list[Cell]
    more: int


def questions(items: Iterable[ReviewItem], links: Links) -> list[Question]:
    """What there is to check, the gravest first, equal complaints of one sheet together."""
    order = list(Weight)

    def alike(item: ReviewItem) -> tuple[int, str, str, str, str]:
        weight = order.index(item.weight)
        return weight, item.place.source, item.reason, item.next_step, item.rule

    found = []
    for (weight, source, reason, step, rule), same in groupby(sorted(items, key=alike), alike):
        places = list(dict.fromkeys(item.place for item in same))
        cells = [Cell(one.cell or source, links.of(one)) for one in places[:CELLS]]
        more = max(0, len(places) - CELLS)
        found.append(Question(order[weight], source, reason, step, rule, cells, more))
    return found


def review(visit: Visit) -> Page:
    """What only a person can settle, of the newest look."""
    known = visit.roll(planned=True)
    asked = questions(known.facts.review, known.links)
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
