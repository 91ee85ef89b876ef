"""Everything that the committee's own tabs say, read as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from models.bylaws.counting import Offices
from models.committee.members import Committee
from models.intake.locations import ReviewItem
from models.intake.row_results import RowCounts, RowResults
from models.intake.tables import Table
from models.intake.year_columns import YEAR_COLUMNS
from models.intake.yearless import with_years
from models.year.campaign_rows import with_candidates, with_steps
from models.year.cycles import Cycle, in_cycles
from models.year.race_names import RaceNames
from models.year.race_rows import read_races
from models.year.seats import read_seats


@dataclass(frozen=True, slots=True)
class YearBook:
    """What the committee's tabs say; a kind that no workbook names is empty."""

    committee: Committee | None
    """None where no tab names it, or no row of it can be used."""
    cycles: tuple[Cycle, ...]
    """The endorsement cycles, in the order in which the tab begins them."""
    review: tuple[ReviewItem, ...]
    boxes: tuple[RowCounts, ...]


def read_year(
    tables: Iterable[Table],
    zone: ZoneInfo,
    today: date | None = None,
    offices: Offices | None = None,
) -> YearBook:
    """Read the committee's tabs; every row becomes a record or is set aside.

    Args:
        today: a later day in a record of what was done is asked about; None asks about none.
        offices: those that the bylaws know (EN-2); None takes any name for an office's.
    """
    own = [with_years(table, zone) for table in tables if table.kind in YEAR_COLUMNS]
    tray = RowResults()

    def of(kind: str) -> list[Table]:
        return [table for table in own if table.kind == kind]

    def cycles() -> tuple[Cycle, ...]:
        races = read_races(of("races"), zone, tray, offices)
        names = RaceNames(races, offices)
        races = with_candidates(races, names, of("candidates"), zone, tray, today)
        return in_cycles(with_steps(races, names, of("steps"), zone, tray, today))

    return YearBook(
        committee=read_seats(of("committee"), zone, tray),
        cycles=cycles(),
        review=tuple(tray.review),
        boxes=tuple(tray.boxes),
    )
