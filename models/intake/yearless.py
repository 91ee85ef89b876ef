"""Dates without a year, as a sheet has them whose cells are texts: `10/19`, `Oct 19`.

If the dates of a column are in order, those above and below allow one year or several. If it is
one, the date is read, and noted. If there are several, the row is skipped with that reason.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta, tzinfo

from models.dates import NotADay, NoYear, day_of
from models.intake.tables import Cell, Table
from models.text.sentences import Sentence

_IN_A_LINE = ("day", "at", "decided", "event_day")
"""Fields of rows that people add one after the other."""
_HAS_A_YEAR = re.compile(r"\d{4}|\d[-/.]\d+[-/.]\d")
_SHORT = 20
"""Letters; what is longer is a moment with everything, or no date."""


def with_years(table: Table, zone: tzinfo) -> Table:
    """The table with the year of each date that leaves one reading, and what is said of them."""
    rows, notes = table.rows, list(table.notes)
    for column, field in enumerate(table.fields):
        if field not in _IN_A_LINE or not any(_is_short(row[column]) for row in rows):
            continue
        cells = [row[column] for row in rows]
        found = years_of(cells, zone, table.sheet_zone, day_first=table.day_first)
        if found:
            rows = [
                [*row[:column], found[number].isoformat(), *row[column + 1 :]]
                if number in found else row for number, row in enumerate(rows)
            ]  # fmt: skip
            many = len(found)
            reason = (
                Sentence("1 date has no year; the dates above and below allow only one")
                if many == 1
                else Sentence(
                    "{many} dates have no year; the dates above and below allow only one", many=many
                )
            )
            place = table.place(min(found), field).cell
            notes.append((place, reason, Sentence("write the year in the cell")))
    return table if rows is table.rows else replace(table, rows=rows, notes=tuple(notes))


def years_of(
    cells: Sequence[Cell],
    zone: tzinfo,
    sheet_zone: tzinfo,
    *,
    day_first: bool = False,
    beyond: timedelta = timedelta(0),
) -> dict[int, date]:
    """Of cells in a line, the days of those without a year that can be but one.

    Args:
        beyond: how far those at the ends may lie beyond the known dates.
    """
    known: dict[int, date] = {}
    unsure: dict[int, NoYear] = {}
    for number, cell in enumerate(cells):
        try:
            known[number] = day_of(cell, zone, sheet_zone, day_first=day_first)
        except NoYear as exc:
            unsure[number] = exc
        except NotADay:
            continue
    days = list(known.values())
    falls = days == sorted(days, reverse=True)
    if not unsure or len(set(days)) < 2 or not (falls or days == sorted(days)):
        return {}
    ends = (_around(known, number, falls=falls, beyond=beyond) for number in unsure)
    fits = {n: day.within(*end) for (n, day), end in zip(unsure.items(), ends, strict=True)}
    return {number: day for number, day in fits.items() if day}


def _around(
    known: Mapping[int, date], number: int, *, falls: bool, beyond: timedelta
) -> tuple[date, date]:
    """The first and last day that a cell can mean, by those before and behind it."""
    before = [day for place, day in known.items() if place < number][-1:]
    behind = [day for place, day in known.items() if place > number][:1]
    first, last = (behind, before) if falls else (before, behind)
    return (
        first[0] if first else last[0] - beyond,
        last[0] if last else first[0] + beyond,
    )


def _is_short(cell: Cell) -> bool:
    return type(cell) is str and 0 < len(cell) < _SHORT and not _HAS_A_YEAR.search(cell)
