"""The committee's tabs as lists of cells, read as a night reads them."""

from datetime import date

from models.dates import zone_named
from models.intake.tables import Cell, table_from
from models.intake.year_columns import YEAR_COLUMNS
from models.year.book import YearBook, read_year
from tests.cases.reading import EDITION

ZONE = zone_named("America/New_York")
TODAY = date(2026, 2, 10)
OFFERS = ("canvass", "phone bank", "letters, postcards")
BOXES = ("Email me when there is something to do",)


def read(today: date = TODAY, **tabs: list[dict[str, Cell]]) -> YearBook:
    """Read tabs; each row says what stands under which field."""
    tables = []
    for kind, rows in tabs.items():
        fields = YEAR_COLUMNS[kind].headers
        cells: list[list[Cell]] = [list(fields.values())]
        cells += [[row.get(name) for name in fields] for row in rows]
        assert all(set(row) <= set(fields) for row in rows)
        tables.append(
            table_from(kind.capitalize(), cells, YEAR_COLUMNS[kind], ZONE.key)  # as a tab is
        )
    return read_year(tables, ZONE, today, EDITION, OFFERS, BOXES)


def asked(book: YearBook) -> list[tuple[str, str, str]]:
    """What the review says: what became of the row, the cell, the reason."""
    return [(one.weight.value, str(one.place), one.reason) for one in book.review]
