"""What disclosures are held against: the races of the committee's tabs, and who worked on them.

Whatever a row lacks is passed over: the readers of these tabs ask about it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from models.intake.rows import Row, Rows, Unreadable
from models.intake.tables import Table
from models.membership.reasons import Reason
from models.text import formats
from models.text.folding import folded
from models.year.disclosures import Conflict, Disclosure, Matter, kept_from_forums

FORUM_STEPS: Final = (
    "questionnaire sent", "questionnaire received", "forum", "video or written answers",
    "discussion",
)  # fmt: skip
"""The steps on which nobody works who works for a campaign of the race (SC-5)."""


class Work(NamedTuple):
    """A step of a race, and by whom it was done."""

    office: str
    kind: str
    day: date | None
    done_by: str


def items_of(tables: Iterable[Table]) -> list[Matter]:
    """The races of the tabs, each with its candidates; of each office one."""
    offices: dict[str, str] = {}
    names: dict[str, dict[str, None]] = {}
    for table in tables:
        if table.kind not in ("races", "candidates"):
            continue
        for row in Rows(table, table.sheet_zone):
            if office := _text(row, "office"):
                key = folded(office)
                offices.setdefault(key, office)
                if candidate := _text(row, "candidate"):
                    names.setdefault(key, {})[candidate] = None
    return [Matter(office, tuple(names.get(key, ()))) for key, office in offices.items()]


def work_of(tables: Iterable[Table]) -> Iterator[Work]:
    """The steps of the tabs that say by whom they were done."""
    for table in tables:
        if table.kind != "steps":
            continue
        for row in Rows(table, table.sheet_zone):
            if done_by := _text(row, "done_by"):
                kind = folded(_text(row, "kind"))
                yield Work(_text(row, "office"), kind, _day(row), done_by)


def worked_anyway(
    disclosures: Iterable[Disclosure], items: Iterable[Matter], work: Iterable[Work], today: date
) -> Iterator[Reason]:
    """The questionnaires and forums on which somebody worked who is kept from them (SC-5)."""
    held, races = list(disclosures), {folded(item.title): item for item in items}
    for one in work:
        item = races.get(folded(one.office), Matter(one.office))
        if one.kind not in FORUM_STEPS:
            continue
        for kept in kept_from_forums(held, item, one.day or today):
            if _names(one.done_by, kept):
                when = f" on {formats.day(one.day)}" if one.day else ""
                fact = (
                    f"{kept.member} worked on a step of {item.title} ({one.kind}{when}), and "
                    f"disclosed {kept.kind} for {kept.to}"
                )
                yield Reason("SC-5", fact, kept.near, look=kept.near)


def _names(done_by: str, kept: Conflict) -> bool:
    """Whether a member is among those by whom a step was done."""
    return f" {folded(kept.member)} " in f" {' '.join(folded(done_by).replace(',', ' ').split())} "


def _text(row: Row, field: str) -> str:
    try:
        return row.text(field)
    except Unreadable:
        return ""


def _day(row: Row) -> date | None:
    try:
        return row.day("day")
    except Unreadable:
        return None
