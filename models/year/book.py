"""Everything that the committee's own tabs say, read as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from models.committee.members import Committee
from models.intake.locations import ReviewItem
from models.intake.row_results import RowCounts, RowResults
from models.intake.tables import Table
from models.intake.year_columns import YEAR_COLUMNS
from models.intake.yearless import with_years
from models.year.ad_hoc import AdHoc, read_ad_hoc
from models.year.moderation import Moderated, read_moderation
from models.year.proposals import PriorityProposal, read_proposals
from models.year.seats import read_seats


@dataclass(frozen=True, slots=True)
class YearBook:
    """What the committee's tabs say; a kind that no workbook names is empty."""

    committee: Committee | None
    """None where no tab names it, or no row of it can be used."""
    proposals: tuple[PriorityProposal, ...]
    """All that were sent; which of them count needs the roll."""
    moderated: tuple[Moderated, ...]
    ad_hoc: AdHoc
    review: tuple[ReviewItem, ...]
    boxes: tuple[RowCounts, ...]


def read_year(tables: Iterable[Table], zone: ZoneInfo, today: date = date.max) -> YearBook:
    """Read the committee's tabs; every row becomes a record or is set aside.

    Args:
        today: a day after it, of what has taken place, is a question.
    """
    own = [with_years(table, zone) for table in tables if table.kind in YEAR_COLUMNS]
    tray = RowResults()

    def of(kind: str) -> list[Table]:
        return [table for table in own if table.kind == kind]

    return YearBook(
        committee=read_seats(of("committee"), zone, tray),
        proposals=read_proposals(of("proposals"), zone, tray),
        moderated=read_moderation(of("priorities"), zone, tray),
        ad_hoc=read_ad_hoc(of("ad_hoc"), zone, tray, today),
        review=tuple(tray.review),
        boxes=tuple(tray.boxes),
    )
