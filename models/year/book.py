"""Everything that the committee's own tabs say, read as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from models.committee.members import Committee
from models.intake.locations import ReviewItem
from models.intake.row_results import RowCounts, RowResults
from models.intake.tables import Table
from models.intake.year_columns import YEAR_COLUMNS
from models.intake.yearless import with_years
from models.year.seats import read_seats


@dataclass(frozen=True, slots=True)
class YearBook:
    """What the committee's tabs say; a kind that no workbook names is empty."""

    committee: Committee | None
    """None where no tab names it, or no row of it can be used."""
    review: tuple[ReviewItem, ...]
    boxes: tuple[RowCounts, ...]


def read_year(tables: Iterable[Table], zone: ZoneInfo) -> YearBook:
    """Read the committee's tabs; every row becomes a record or is set aside."""
    own = [with_years(table, zone) for table in tables if table.kind in YEAR_COLUMNS]
    tray = RowResults()

    def of(kind: str) -> list[Table]:
        return [table for table in own if table.kind == kind]

    return YearBook(
        committee=read_seats(of("committee"), zone, tray),
        review=tuple(tray.review),
        boxes=tuple(tray.boxes),
    )
