"""Lists of people in files: a CSV or XLSX file → cells, as a tab of a spreadsheet has them.

It reads one file that somebody names, writes nothing and owns nothing. What a column means is not
known here. A formula stays its text, as in ballot files: whatever it stood for is not in the file.
"""

import csv
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import StringIO
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from connectors.files.table_kinds import is_workbook
from connectors.files.table_limits import MOST_COLUMNS, MOST_EMPTY, Scan
from models.errors import ClerkError, FixTheData
from models.intake.cells import Cell
from models.privacy import one_line, redact_addresses
from models.text.folding import folded

MOST_ROWS = 200_000
"""More people than any chapter has met."""
_AS_CSV = "open it in a spreadsheet and save it again as CSV UTF-8"
Grid = list[list[Cell]]


def read_list(path: Path, rule: str, sheet: str = "") -> Grid:
    """The rows of a file, its headers among them; blank rows keep their numbers.

    Args:
        rule: the one that asks for the file, for a refusal.
        sheet: of a workbook with several, the title of the one that is read.

    Raises:
        FixTheData: it is missing, of another kind, broken, or too large; never with its text.
    """
    name = redact_addresses(path.name or str(path))
    try:
        grid = _workbook(path, name, rule, sheet) if is_workbook(path, rule) else None
        grid = _csv(path, name, rule) if grid is None else grid
    except OSError as exc:
        raise FixTheData(
            f"the file cannot be read: {exc.strerror}",
            where=name,
            next_step="check its name",
        ) from None
    if not grid:
        step = "check that it is the right file, and save it again"
        raise FixTheData("nothing is in the file", where=name, rule=rule, next_step=step)
    return grid


def _csv(path: Path, name: str, rule: str) -> Grid:
    with path.open("rb") as file:
        Scan(name, rule).text(file)
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise FixTheData("the file is not text", where=name, rule=rule, next_step=_AS_CSV)
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _bounded(([*row] for row in rows), name, rule)
    except csv.Error:
        fact = "a quotation mark or a line break is where CSV does not allow one"
        where = f"{name}, line {rows.line_num}"
        raise FixTheData(fact, where=where, rule=rule, next_step=_AS_CSV) from None


def _workbook(path: Path, name: str, rule: str, sheet: str) -> Grid:
    from openpyxl import load_workbook  # slow to import, seldom needed

    try:
        with ZipFile(path) as packed:
            Scan(name, rule).workbook(packed)
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations, never used
            workbook = load_workbook(file, read_only=True, data_only=False)
            shown = [one for one in workbook.worksheets if one.sheet_state == "visible"]
            wanted = folded(sheet)
            chosen = [one for one in shown if not sheet or folded(one.title) == wanted]
            if len(chosen) != 1:
                raise _which(name, rule, [one.title for one in shown], sheet)
            chosen[0].reset_dimensions()  # some writers say A1 and mean more
            rows = ([_cell(one) for one in row] for row in chosen[0].iter_rows(values_only=True))
            return _bounded(rows, name, rule)
    except ClerkError:
        raise
    except Exception:  # noqa: BLE001 - zipfile and openpyxl raise whatever their parsers run into
        raise FixTheData(
            "the file is not a workbook that can be read",
            where=name,
            rule=rule,
            next_step="save it again as .xlsx without a password, or as CSV UTF-8",
        ) from None


def _which(name: str, rule: str, titles: Sequence[str], sheet: str) -> FixTheData:
    listed = ", ".join(f"“{redact_addresses(title)}”" for title in titles)
    named = redact_addresses(one_line(sheet))
    fact = f"the workbook has {len(titles)} sheets, and it is not said which one has the list"
    fact = f"the workbook has no sheet “{named}”, or two; its sheets are" if sheet else fact
    return FixTheData(
        f"{fact}: {listed}" if titles else "the workbook has no sheet that can be read",
        where=name,
        rule=rule,
        next_step='name it with --sheet "…", as it is written here',
    )


def _bounded(rows: Iterator[list[Cell]], name: str, rule: str) -> Grid:
    """The rows up to the last filled one.

    Raises:
        FixTheData: there are too many, or one is too wide, or far below all others.
    """
    grid: Grid = []
    scan = Scan(name, rule)
    filled = 0
    for number, row in enumerate(islice(rows, MOST_ROWS + 1), start=1):
        while row and row[-1] in (None, ""):
            row.pop()
        if number > MOST_ROWS:
            raise scan.too_large(f"more than {MOST_ROWS:,} rows", MOST_ROWS)
        if len(row) > MOST_COLUMNS:
            raise scan.too_large(f"{len(row):,} columns", MOST_COLUMNS)
        grid.append(row)
        if row and number - filled > MOST_EMPTY and filled:
            raise FixTheData(
                f"this row comes after {number - filled - 1:,} empty rows",
                where=f"{name}!{number}:{number}",
                rule=rule,
                next_step="delete that row, or the empty rows above it",
            )
        filled = number if row else filled
    return grid[:filled]


def _cell(value: object) -> Cell:
    """A workbook's cell as a tab has it; a day or a time as it is typed."""
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
