"""The workbooks, to look at and to change as a person would."""

from typing import Final, NamedTuple

from connectors.sandbox.google.workbook import Tab, Workbook
from flows.rehearsal.pages import tables
from flows.rehearsal.pages.visits import Asked, Visit, pages_of
from flows.web.visits import GoTo, Page
from models.errors import FixTheData, Refused

_NEW: Final = "new"


class Sheet(NamedTuple):
    """A tab of a workbook, and where its pages are."""

    workbook: Workbook
    tab: Tab

    @property
    def path(self) -> str:
        """Its page."""
        return f"/sheets/{self.workbook.id}/{self.tab.sheet_id}"


class Cell(NamedTuple):
    """A cell to type into."""

    name: str
    label: str
    value: str
    is_long: bool


def sheets(visit: Visit) -> Page:
    """All workbooks, with their tabs."""
    books = visit.world.sandbox.google.workbooks.values()
    held = [(book, [Sheet(book, tab) for tab in book.tabs if tab.has_cells]) for book in books]
    return Page("sheets.html", {"books": held})


def sheet(visit: Visit) -> Page:
    """A tab, some rows at a time."""
    one = _sheet(visit)
    wanted = visit.wish("find")
    lines = tables.found(one.workbook, one.tab, wanted)
    paged = visit.paged(len(lines), tables.PAGE)
    return Page(
        "sheet.html",
        {
            "sheet": one,
            "heads": [
                (tables.letter(place), head)
                for place, head in enumerate(tables.heads(one.workbook, one.tab))
            ],
            "lines": lines[paged.shown],
            "many": len(lines),
            "find": wanted,
            "page": paged.page,
            "pages": paged.pages,
            "siblings": [Sheet(one.workbook, tab) for tab in one.workbook.tabs if tab.has_cells],
        },
    )


def row(visit: Visit) -> Page:
    """A row, to be changed; or a new one."""
    one = _sheet(visit)
    is_new = visit.at["row"] == _NEW
    number = len(one.tab.rows) + 1 if is_new else _number(visit, one)
    held = tables.line(one.workbook, one.tab, number)
    shown = tables.heads(one.workbook, one.tab)
    cells = [
        Cell(f"c{place}", _label(place, shown, number), value, _is_long(value))
        for place, value in enumerate(held.cells)
    ]
    cells = cells or [Cell("c0", tables.letter(0), "", is_long=False)]
    return Page(
        "sheet-row.html",
        {
            "sheet": one,
            "number": number,
            "is_new": is_new,
            "cells": cells,
            "digest": "" if is_new else tables.digest(held),
        },
    )


def save(visit: Visit) -> GoTo:
    """Type into a row, or add one."""
    one = _sheet(visit)
    places = max(tables.width(one.tab), 1)
    typed = [visit.sent.one(f"c{place}").replace("\r\n", "\n") for place in range(places)]
    with visit.alone() as world:
        if visit.at["row"] == _NEW:
            if not any(typed):
                say = visit.words.say
                raise FixTheData(say("sheets.empty"), next_step=say("sheets.empty_next"))
            number, said = len(one.tab.rows) + 1, "sheets.added"
        else:
            number, said = _same(visit, one), "sheets.changed"
        many = tables.write(world.sandbox.google, one.workbook, one.tab, number, typed)
        world.save()
    said = said if many else "sheets.unchanged"
    page = pages_of(number - 1, tables.PAGE)  # its first row is of headers
    path = f"{one.path}?page={page}" if page > 1 else one.path
    return GoTo(path, (visit.words.say(said, n=number),))


def delete(visit: Visit) -> GoTo:
    """Delete a row."""
    one = _sheet(visit)
    with visit.alone() as world:
        number = _same(visit, one)
        tables.remove(world.sandbox.google, one.workbook, one.tab, number)
        world.save()
    return GoTo(one.path, (visit.words.say("sheets.deleted", n=number),))


def _sheet(visit: Visit) -> Sheet:
    book = visit.world.sandbox.google.workbooks.get(visit.at["book"])
    for tab in book.tabs if book else ():
        if str(tab.sheet_id) == visit.at["tab"] and tab.has_cells:
            return Sheet(book, tab)  # type: ignore[arg-type]  # a tab is of a book
    raise FixTheData(visit.words.say("sheets.gone"), next_step=visit.words.say("sheets.gone_next"))


def _number(visit: Visit, one: Sheet) -> int:
    asked = visit.at["row"]
    if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= len(one.tab.rows):
        return int(asked)
    say = visit.words.say
    raise FixTheData(say("sheets.no_row"), next_step=say("sheets.moved_next"))


def _same(visit: Visit, one: Sheet) -> int:
    """The row's number, if it still is the row that was looked at."""
    number = _number(visit, one)
    held = tables.line(one.workbook, one.tab, number)
    if visit.sent.one("digest") != tables.digest(held):
        say = visit.words.say
        raise Refused(say("sheets.moved"), next_step=say("sheets.moved_next"))
    return number


def _is_long(value: str) -> bool:
    return len(value) > 60 or "\n" in value


def _label(place: int, shown: tuple[str, ...], number: int) -> str:
    name = tables.letter(place)
    head = shown[place].strip() if number > 1 and place < len(shown) else ""
    return f"{name}: {head}" if head else name


ASKED: Final = (
    Asked("GET", "/sheets", sheets),
    Asked("GET", "/sheets/{book}/{tab}", sheet),
    Asked("GET", "/sheets/{book}/{tab}/{row}", row),
    Asked("POST", "/sheets/{book}/{tab}/{row}", save),
    Asked("POST", "/sheets/{book}/{tab}/{row}/delete", delete),
)
