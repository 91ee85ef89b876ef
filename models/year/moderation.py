"""What the committee makes of the members' proposals, by their numbers (SC-7).

1. A row keeps a proposal, merges it into one that is kept, or drops it. Its text may be reworded.
2. What contradicts itself is a question, and its proposal is not moderated until that is answered.
3. A proposal without a row is not moderated yet; how many there are is said.
4. A row about a proposal of an earlier call is a question: its number is never given again.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal
from zoneinfo import ZoneInfo

from models.base import Value
from models.intake.locations import ReviewItem, SourceLocation
from models.intake.row_results import RowResults, records
from models.intake.rows import Row, Unreadable
from models.intake.tables import Table
from models.text.folding import folded
from models.year.proposals import LONGEST

Verdict = Literal["keep", "merge", "drop"]
_WORDS: Mapping[str, Verdict] = {
    **dict.fromkeys(("keep", "kept", "yes"), "keep"),
    **dict.fromkeys(("merge", "merged", "merge with", "merged with"), "merge"),
    **dict.fromkeys(("drop", "dropped", "no"), "drop"),
}
_NUMBER = re.compile(r"(?:no\.?|number|proposal)?\s*#?\s*([1-9]\d{0,3})(?:\.0*)?")


class Moderated(Value):
    """One row of the tab."""

    place: SourceLocation
    number: int
    verdict: Verdict
    into: int | None = None
    text: str = ""


class Kept(Value):
    """A proposal that goes on a ballot, with those that became a part of it."""

    number: int
    text: str
    merged: tuple[int, ...] = ()


class Moderation(Value):
    """The list as the committee has it."""

    kept: tuple[Kept, ...] = ()
    """In the order of their numbers."""
    dropped: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    """Those that nobody moderated yet, or whose row is a question."""


def read_moderation(
    tables: Iterable[Table], zone: ZoneInfo, tray: RowResults
) -> tuple[Moderated, ...]:
    """The rows of the tab."""
    return tuple(row for table in tables for row in records(table, zone, tray, _row))


def _row(row: Row, place: SourceLocation) -> Moderated:
    number = _number(row, "number", needed="number of the proposal")
    typed = row.text("decision", needed="decision")
    verdict = _WORDS.get(folded(typed).rstrip("."))
    if verdict is None or number is None:
        raise Unreadable(
            "decision", "this is not a decision", "write keep, merge, or drop", "SC-7", asks=True
        )
    into = _number(row, "merged_with")
    if verdict == "merge" and into is None:
        raise Unreadable(
            "merged_with",
            "the number of the proposal that this one becomes a part of is missing",
            "fill in the cell",
            "SC-7",
            asks=True,
        )
    if verdict != "merge" and into is not None:
        raise Unreadable(
            "merged_with",
            f"the decision is {verdict}, and another proposal is named to merge it with",
            "empty this cell, or write merge as the decision",
            "SC-7",
            asks=True,
        )
    text = row.text("text")
    if len(text) > LONGEST:
        raise Unreadable(
            "text",
            f"the text has {len(text)} characters; at most {LONGEST} are allowed",
            "shorten the cell",
            "EN-R14",
            asks=True,
        )
    return Moderated(place=place, number=number, verdict=verdict, into=into, text=text)


def _number(row: Row, field: str, needed: str = "") -> int | None:
    typed = row.text(field, needed=needed)
    if not typed:
        return None
    found = _NUMBER.fullmatch(folded(typed))
    if not found:
        raise Unreadable(
            field,
            "this is not the number of a proposal",
            "write a number of the program's tab of proposals, such as 4",
            "SC-7",
            asks=True,
        )
    return int(found[1])


def moderate(
    rows: Iterable[Moderated],
    proposed: Mapping[int, str],
    review: list[ReviewItem],
    earlier: int = 0,
) -> Moderation:
    """The rows together; what contradicts another row is added to the review.

    Args:
        proposed: the text of each proposal that counts, by its number.
        earlier: the last number of an earlier call.
    """
    sound = _each_once(rows, proposed, review, earlier)
    merged: dict[int, list[int]] = {}
    for number, row in [*sound.items()]:
        if row.into is not None:
            if why := _why_not_into(row, row.into, sound, proposed):
                review.append(_question(row, *why))
                sound.pop(number)
            else:
                merged.setdefault(row.into, []).append(number)
    kept = [
        Kept(number=n, text=row.text or proposed[n], merged=tuple(sorted(merged.get(n, ()))))
        for n, row in sorted(sound.items())
        if row.verdict == "keep"
    ]
    return Moderation(
        kept=tuple(kept),
        dropped=tuple(sorted(n for n, row in sound.items() if row.verdict == "drop")),
        waiting=tuple(sorted(proposed.keys() - sound.keys())),
    )


def _each_once(
    rows: Iterable[Moderated],
    proposed: Mapping[int, str],
    review: list[ReviewItem],
    earlier: int,
) -> dict[int, Moderated]:
    """Each number's row; a number that nobody knows, or with two decisions, is asked about."""
    found: dict[int, Moderated] = {}
    twice: set[int] = set()
    for row in rows:
        if row.number <= earlier:
            reason = f"proposal {row.number} is of an earlier call for proposals"
            review.append(_question(row, reason, "delete the row"))
        elif row.number not in proposed:
            reason = f"there is no proposal {row.number}"
            step = "write a number of the program's tab of proposals"
            review.append(_question(row, reason, step))
        elif row.number not in found:
            found[row.number] = row
        elif _says(found[row.number]) != _says(row):
            twice.add(row.number)
            reason = f"proposal {row.number} has two rows that disagree"
            review.append(_question(row, reason, "delete the row that is wrong"))
    return {number: row for number, row in found.items() if number not in twice}


def _says(row: Moderated) -> tuple[object, ...]:
    return row.verdict, row.into, row.text


def _why_not_into(
    row: Moderated, into: int, sound: Mapping[int, Moderated], proposed: Mapping[int, str]
) -> tuple[str, str] | None:
    if into == row.number:
        return f"proposal {into} is merged with itself", "write the number of another proposal"
    if into not in proposed:
        step = "write a number of the program's tab of proposals"
        return f"it is merged with proposal {into}, which does not exist", step
    other = sound.get(into)
    if other is None:
        step = f"add a row that keeps proposal {into}, or correct the one that it has"
        return f"it is merged with proposal {into}, which is not moderated", step
    if other.verdict == "drop":
        step = f"keep proposal {into}, or merge with one that is kept"
        return f"it is merged with proposal {into}, which is dropped", step
    if other.verdict == "merge":
        step = f"write the number that proposal {into} is merged with"
        return f"it is merged with proposal {into}, which is itself merged", step
    return None


def _question(row: Moderated, reason: str, next_step: str) -> ReviewItem:
    return ReviewItem.question(row.place, f"{reason}; the row is not used", next_step, "SC-7")
