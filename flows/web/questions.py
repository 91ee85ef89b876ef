"""What the review asks, as a page shows it: each question with its cells, and their links."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple

from flows.nightly.links import Links
from flows.nightly.sources import known_sources
from flows.web.rolls import Known
from flows.web.spoken import place, told
from flows.web.visits import Visit
from models.intake.locations import ReviewItem, Weight
from models.membership.voter_roll import Entry
from models.privacy import Email, Name

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


def questions(visit: Visit, items: Iterable[ReviewItem], links: Links) -> list[Question]:
    """What there is to check, the gravest first, equal complaints of one sheet together."""
    order = list(Weight)

    def alike(item: ReviewItem) -> tuple[int, str, str, str, str]:
        weight = order.index(item.weight)
        return weight, item.place.source, item.reason, item.next_step, item.rule

    found = []
    for (weight, source, reason, step, rule), same in groupby(sorted(items, key=alike), alike):
        places = list(dict.fromkeys(item.place for item in same))
        cells = [Cell(place(visit, one.cell), links.of(one)) for one in places[:CELLS]]
        more = max(0, len(places) - CELLS)
        said = told(reason), told(step)
        found.append(Question(order[weight], source, *said, rule, cells, more))
    return found


def waiting(visit: Visit, known: Known, entry: Entry) -> list[Question]:
    """What is skipped or asked of the rows that name a person: it counts for nothing yet."""
    return questions(visit, known.waits_for(entry), known.links)


def waiting_for(visit: Visit, known: Known, who: Iterable[Email | Name]) -> list[Question]:
    """The same of somebody who is called so, and is on no roll."""
    sources = known_sources(visit.context.ledger)
    return questions(visit, known.waits(sources, who), known.links)
