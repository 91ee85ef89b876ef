"""Turn a roster into sign-ins: one row per person, one column per meeting, a mark if they came.

Its headers distinguish it from a list of sign-ins: addresses, days, and none for the event. Each
mark becomes a sign-in at its own cell; its column's day, or day and name, say which event it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from models.dates import NotADay, NoYear, day_of, zone_named
from models.errors import FixTheSettings
from models.intake.dated import dates_in
from models.intake.headers import heads_of, near_to, sharing
from models.intake.locations import NOTHING, column_letter, rows_named
from models.intake.marks import came
from models.intake.tables import Cell, Columns, Table, holds, sound, table_from
from models.intake.unsent import HEADINGS, Sent, is_heading
from models.intake.yearless import years_of
from models.text.folding import unmarked
from models.text.sentences import Sentence, day_said

MARK = "mark"
_NOBODYS = Sentence("this row has neither an address nor a name, so it was skipped")
_IN_ORDER = timedelta(days=182)
"""Meetings follow each other within half a year; what would lie further off stands in no order, and
its year is asked for."""


class Meeting(NamedTuple):
    """A column of a roster: its day, and what rows call its event."""

    column: int
    day: str
    event: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A tab that is one: its persons, its meetings, what must be said of the other columns."""

    persons: Table
    meetings: tuple[Meeting, ...]
    notes: tuple[tuple[str, str, str], ...]

    def sign_ins(self, grid: Sequence[Sequence[Cell]]) -> Table:
        """A row for each mark, named by its cell.

        Args:
            grid: the tab from its headers on.
        """
        rows: list[list[Cell]] = []
        names: list[str] = []
        notes = [*self.persons.notes, *self.notes]
        sent = Sent(self.persons)
        headings: list[int] = []
        for number, person in enumerate(self.persons.rows):
            cells = grid[number + 1]
            if not sent(person):
                row = self.persons.first_row + number
                if is_heading(list(map(sound, cells))):
                    headings.append(row)
                elif any(map(holds, map(sound, cells))):
                    notes.append(
                        (
                            f"{row}:{row}",
                            _NOBODYS,
                            Sentence(
                                "if it is a row of sums, do nothing; otherwise add the address"
                            ),
                        )
                    )
                continue
            for column, day, event in self.meetings:
                mark = sound(cells[column]) if column < len(cells) else None
                if came(mark) is not False:
                    rows.append([day, event, mark, *person])
                    names.append(f"{column_letter(column)}{self.persons.first_row + number}")
        if headings:
            notes.append((rows_named(headings), HEADINGS, NOTHING))
        return replace(
            self.persons,
            fields=("at", "event", MARK, *self.persons.fields),
            columns=(-1, -1, -1, *self.persons.columns),
            rows=rows,
            row_names=tuple(names),
            notes=tuple(notes),
        )


def days_of(
    heads: Sequence[Cell], zone: tzinfo, *, day_first: bool
) -> dict[int, tuple[date | None, str]]:
    """The headers that name a day: its column → the day, and what else the header says.

    One without a year is that of the order in which the others stand; None where they have none.
    """
    found: dict[int, tuple[date | None, str]] = {}
    written: list[Cell] = []
    for column, head in enumerate(heads):
        for cell, beside in dates_in(head):
            try:
                found[column] = day_of(cell, zone, zone, day_first=day_first), beside
            except NoYear:
                found[column] = None, beside
            except NotADay:
                continue
            written.append(cell)
            break
    years = years_of(written, zone, zone, day_first=day_first, beyond=_IN_ORDER)
    columns = list(found)
    return found | {columns[place]: (day, found[columns[place]][1]) for place, day in years.items()}


def roster_of(
    source: str, grid: Sequence[Sequence[Cell]], wanted: Columns, zone: str, *, day_first: bool
) -> Roster | None:
    """The roster that a tab of sign-ins is; None where it is none.

    Raises:
        FixTheSettings: it has only names, or has a header that must not be read.
    """
    heads = [sound(cell) for cell in grid[0]] if grid else []
    said = {unmarked(head) for head in heads if isinstance(head, str)}
    if wanted.kind != "sign_ins" or said & _titles(wanted, "event"):
        return None
    days = {
        column: (day, beside)
        for column, (day, beside) in days_of(heads, zone_named(zone), day_first=day_first).items()
        if not beside or _HAS_YEAR.search(str(heads[column])) or _are_marks(grid, column)
    }
    addressed = bool(said & _titles(wanted, "address"))
    if len(days) < 2 - addressed:
        named = [n for n, head in enumerate(heads) if holds(head) and _are_marks(grid, n)]
        if addressed and not days and len(named) > 1:
            raise FixTheSettings(
                "this looks like a roster (one row per person, one column per meeting), but no "
                "header has a date",
                where=f"{source}!1:1",
                next_step="write the date before each meeting's name, as in 2026-03-31 Forum",
            )
        return None
    if not any(day for day, _ in days.values()):
        raise FixTheSettings(
            "this is a roster (one row per person, one column per meeting), but none of its "
            "dates has a year",
            where=f"{source}!1:1",
            next_step="write the year in the headers, as in 2026-03-31",
        )
    if not addressed:
        title = wanted.titles("address")[0]
        known = heads_of(["" if head is None else str(head) for head in heads])
        near = near_to(known, title) or sharing(known, title)
        raise FixTheSettings(
            "this is a roster (one row per person, one column per meeting), but it has no "
            f"header “{title}”{near}",
            where=f"{source}!1:1",
            next_step="rename that header, or map it in chapter.toml [columns.sign_ins] address"
            if near
            else "add a column with email addresses, because the program never matches by name "
            "only; or map it in chapter.toml [columns.sign_ins] address",
        )
    headers = {name: title for name, title in wanted.headers.items() if name not in ("at", "event")}
    persons = table_from(
        source,
        grid,
        Columns(wanted.kind, headers, frozenset({"address"}), wanted.own),
        zone,
        day_first=day_first,
        elsewhere=[n for n in range(len(heads)) if n in days or _are_marks(grid, n)],
    )
    meetings = tuple(
        Meeting(column, str(day), f"{day} {name}".strip())
        for column, (day, name) in days.items()
        if day
    )
    return Roster(persons, meetings, tuple(_notes(heads, grid, persons, days)))


def _titles(wanted: Columns, field: str) -> set[str]:
    return set(map(unmarked, wanted.titles(field)))


def _notes(
    heads: Sequence[Cell],
    grid: Sequence[Sequence[Cell]],
    persons: Table,
    days: dict[int, tuple[date | None, str]],
) -> Iterator[tuple[str, str, str]]:
    many = Sentence("1 meeting") if len(days) == 1 else Sentence("{many} meetings", many=len(days))
    yield (
        "1:1",
        Sentence(
            "read as a roster: one row per person, one column per meeting; it has {meetings}",
            meetings=many,
        ),
        (
            Sentence(
                "if it is a roster, do nothing; otherwise give the column of events the header "
                "in the settings"
            )
        ),
    )
    for column, head in enumerate(heads):
        if column in days and isinstance(head, str) and not _HAS_YEAR.search(head):
            day = days[column][0]
            fact = Sentence(
                "the date has no year, and the others allow several, so the column is not read"
            )
            if day:
                fact = Sentence(
                    "the date has no year; from the order of the others, it is {day}",
                    day=day_said(day),
                )
            yield (
                f"{column_letter(column)}1",
                fact,
                Sentence("write the year in the header, as in 2026-03-31"),
            )
        elif column not in days and column not in persons.columns and _are_marks(grid, column):
            yield (
                f"{column_letter(column)}1",
                Sentence("this column has marks, but its header has no date, so it is not read"),
                (
                    Sentence(
                        "if it is a meeting, write its date in the header, as in 2026-03-31 or "
                        "2026-03-31 Forum"
                    )
                ),
            )


_HAS_YEAR = re.compile(r"\d{4}|\d[-/.]\d+[-/.]\d|[A-Za-z]-\d\d\b")


def _are_marks(grid: Sequence[Sequence[Cell]], column: int) -> bool:
    cells: Iterable[Cell] = (row[column] for row in grid[1:] if column < len(row))
    said = [came(sound(cell)) for cell in cells if holds(cell)]
    return True in said and said.count(True) >= said.count(None)
