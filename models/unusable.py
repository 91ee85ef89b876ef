"""Sources with rows of which not one can be used: a column moved, a question changed its kind.

A row that is set aside stands in the review tab among the others. When all rows of a source are,
the night would pass for a good one and go by the other sources alone. So a person is asked first,
once, and again when twice as many rows say nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.places import ReviewItem, Weight
from models.trays import Box


@dataclass(frozen=True, slots=True)
class Unread:
    """A source of which no row could be used."""

    source: str
    kind: str
    rows: int
    reason: str
    """What is wrong with most of them."""
    next_step: str

    @property
    def key(self) -> str:
        """What it is remembered by."""
        return f"{self.source}|{self.kind}"

    def __str__(self) -> str:
        return (
            f"none of the {self.rows} rows of “{self.source}” can be used: {self.reason}; "
            f"{self.next_step}"
        )


def unread(boxes: Iterable[Box], review: Iterable[ReviewItem]) -> tuple[Unread, ...]:
    """The sources of which every row is set aside, names no event that is known, or names nobody.

    A tab of one event that is not in the Events tab yet is none: one question stands for all of it.
    """
    silent = [
        box
        for box in boxes
        if box.sent and box.set_aside + box.adrift == box.sent and not box.asked_whole
    ]
    said = Counter(
        (item.place.source, item.reason.partition(";")[0], item.next_step)
        for item in review
        if item.weight is not Weight.NOTE
    ).most_common()
    return tuple(Unread(box.source, box.kind, box.sent, *_most(said, box.source)) for box in silent)


def news(found: Iterable[Unread], told: Mapping[str, int], at_least: int) -> tuple[Unread, ...]:
    """Those that a person is to be asked about.

    Args:
        told: how many rows each had when a person let it pass, by key.
        at_least: so many rows make a source; one alone may be a slip of the pen.
    """
    return tuple(one for one in found if one.rows >= max(at_least, 2 * told.get(one.key, 0)))


def _most(said: Iterable[tuple[tuple[str, str, str], int]], source: str) -> tuple[str, str]:
    """What is wrong with most rows of a source, and what to do about it."""
    return next(
        ((reason, step) for (of, reason, step), _ in said if of == source),
        ("they name no event and nobody", "look at its columns"),
    )
