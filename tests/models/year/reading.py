"""Tabs of the committee's as a test writes them."""

from datetime import date

from models.dates import zone_named
from models.intake.tables import Cell, table_from
from models.intake.year_columns import YEAR_COLUMNS
from models.year.book import YearBook, read_year

ZONE = zone_named("America/New_York")
TODAY = date(2027, 1, 10)


def read(kind: str, *rows: list[Cell], today: date = TODAY) -> YearBook:
    """A tab of a kind, its rows under the usual headers."""
    headers: list[Cell] = list(YEAR_COLUMNS[kind].headers.values())
    filled = [[*row, *[None] * (len(headers) - len(row))] for row in rows]
    tab = table_from(kind.capitalize(), [headers, *filled], YEAR_COLUMNS[kind], ZONE.key)
    return read_year([tab], ZONE, today)


def told(book: YearBook) -> list[tuple[str, str, str]]:
    """Each item of the review: its weight, its cell, and why."""
    return [(one.weight.value, one.place.cell, one.reason) for one in book.review]
