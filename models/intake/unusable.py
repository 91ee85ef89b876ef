"""Sources without a usable row: a column moved, or a question changed its kind.

A skipped row is listed in the review tab. If all rows of a source are skipped, the nightly run
would look like a good one and use only the other sources. So the program asks a person first, once,
and again when twice as many rows cannot be used.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.intake.locations import ReviewItem, Weight
from models.intake.row_results import RowCounts


@dataclass(frozen=True, slots=True)
class Unusable:
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


_NOBODY_SENT = (
    "none of them has a time or a person",
    "check whether the addresses moved to another header, or a formula no longer fills them in",
)


def unusable(boxes: Iterable[RowCounts], review: Iterable[ReviewItem]) -> tuple[Unusable, ...]:
    """Return the sources in which every row is skipped, or names no known event or no person.

    One most of whose rows name one event that is not in the Events tab yet is none: that is the
    usual order of work.
    """
    silent = [box for box in boxes if box.say_nothing()]
    said = [item for item in review if item.weight is not Weight.NOTE]
    return tuple(
        Unusable(
            box.source,
            box.kind,
            box.sent or box.rows,
            *(_why(said, box.source) if box.sent else _NOBODY_SENT),
        )
        for box in silent
    )


def news(found: Iterable[Unusable], told: Mapping[str, int], at_least: int) -> tuple[Unusable, ...]:
    """Those that a person is to be asked about.

    Args:
        told: how many rows each had when a person let it pass, by key.
        at_least: so many rows make a source; one alone may be a slip of the pen.
    """
    return tuple(one for one in found if one.rows >= max(at_least, 2 * told.get(one.key, 0)))


def _why(review: Iterable[ReviewItem], source: str) -> tuple[str, str]:
    """What is said of a source as a whole, or else of most of its rows; and what to do about it."""
    of_it = [item for item in review if item.place.source == source]
    of_all = [item for item in of_it if not item.place.cell]
    said = Counter(
        (item.reason.partition(";")[0], item.next_step) for item in of_all or of_it
    ).most_common(1)
    return said[0][0] if said else ("they name no event and no person", "check its columns")
