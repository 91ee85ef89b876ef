"""Rows that no one sent: helper values that were filled down, and sums below (BA-7).

A form gives each response its time, and each row of a chapter is about a person or a day: a ballot
has its voter's code, a sign-in has an address or a name. A row with neither is skipped, in ballots
and in sign-ins, and a note gives its number.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from models.dates import EARLIEST, EPOCH, LATEST
from models.intake.tables import Cell, Table, holds
from models.intake.year_columns import YEAR_COLUMNS
from models.text.folding import folded
from models.text.sentences import Sentence

TIME_COLUMNS = (
    "Timestamp", "Marca temporal", "Horodateur", "Zeitstempel", "Carimbo de data/hora",
    "Start Date", "StartDate", "Start time", "Submission Date", "Submitted at",
    "Date submitted", "submitdate",
)  # fmt: skip
"""What forms call the column with the time of an answer, in a file."""

_DAY_WORD = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mi[ée]|jue|vie|s[áa]b|dom"
    r"|jan|feb|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-záé]*\.?,?\s+)*"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|set|dic)[a-z]*\.?"
DAY = re.compile(
    _DAY_WORD
    + rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[-\s]+(?:de\s+)?{_MONTH},?[-\s]+(?:del?\s+)?\d{{2,4}}|"
    + r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d\d|\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})",
    re.IGNORECASE,
)
"""How a text begins that is a day or a time of day."""
_NUMBER = re.compile(r"\d{5,6}(?:\.\d+)?")


_SUM = re.compile(
    r"(?:grand |sub)?"
    r"(?:total(?:es|s)?|sums?|counts?|how many|average|mean|votes|suma|promedio|recuento|votos)"
    r"(?: (?:of )?(?:the )?(?:votes|ballots|answers|responses|votos|boletas|people|members|rows"
    r"|attendees|attendance|sign-?ins|events|personas|asistentes))?[:.=]?(?: ?\d+)?"
)


def is_sum(text: str) -> bool:
    """Whether a cell heads a line of sums: nothing but a word such as “Total” or “How many”."""
    return bool(_SUM.fullmatch(text.strip().casefold()))


def has_time(text: str) -> bool:
    """Whether a cell holds a day or a time of day, in any of the usual styles.

    A number alone is one where a sheet would show it as a day of our time: a sum is none.
    """
    text = text.strip()
    if DAY.match(text):
        return True
    if not _NUMBER.fullmatch(text):
        return False
    return EARLIEST <= EPOCH.year + float(text) / 365.25 <= LATEST


_A_MONTH = re.compile(
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|set|dic)[a-z]*\.?"
    r"|q[1-4]|[1-4]q|spring|summer|fall|autumn|winter)"
    r"(?:,? (?:de(?:l)? )?(?:20|')?\d\d| ?[-/] ?(?:20)?\d\d)?"
    r"|20\d\d(?: ?[-/] ?(?:20)?\d\d)?|\d\d?[-/.]20\d\d"
)
HEADINGS = Sentence(
    "there is only a month or a year here, so it is a heading between rows; skipped"
)


def is_heading(cells: Sequence[Cell], *, of_names: Sequence[int] = ()) -> bool:
    """Whether a row holds nothing but a month or a year, which is about no one.

    A sheet keeps “March 2026” as the first day of that month.

    Args:
        of_names: the columns in which a month without a year might be a person: April, June.
    """
    filled = [(column, cell) for column, cell in enumerate(cells) if holds(cell)]
    if len(filled) != 1 or isinstance(filled[0][1], bool):
        return False
    column, cell = filled[0]
    if isinstance(cell, int | float):
        return cell in _YEARS or (
            float(cell).is_integer()
            and has_time(str(int(cell)))
            and (EPOCH + timedelta(days=int(cell))).day == 1
        )
    text = folded(str(cell)).strip("-–—=*~:. ")
    said = _A_MONTH.fullmatch(text)
    return bool(said) and (column not in of_names or any(map(str.isdigit, text)))


_YEARS = range(EARLIEST, LATEST)
_TIMES = ("at", "day", "decided", "confirmed", "paid")
_NAMED = ("name", "first_name", "last_name")
_OF_SOMEBODY = {
    "events": ("day", "name", "sign_in_tab", "also"),
    "sign_ins": ("at", "address", *_NAMED),
    "event_sign_ins": ("at", "address", *_NAMED),
    "volunteers": ("day", "address", *_NAMED),
    "registrations": ("at", "address", "other_addresses", *_NAMED, "phone"),
    "statewide": ("at", "address"),
    "exceptions": ("decided", "address", "other_address", "name", "decided_by"),
}
"""By kind of table: the fields of which every real row has one."""
_MOST = 999_999
"""The largest number that is read as a sum; a longer one might be a telephone number."""


class Sent:
    """Distinguishes the rows of a table that a person sent from the others."""

    def __init__(self, table: Table) -> None:
        own = YEAR_COLUMNS.get(table.kind)
        fields = own.required if own else _OF_SOMEBODY.get(table.kind, ())
        columns = [
            (column, name in _TIMES) for column, name in enumerate(table.fields) if name in fields
        ]
        self._columns = sorted(columns, key=lambda each: table.fields[each[0]] != "address")
        self._all = bool(table.row_names)  # of a form, whose every row is an answer
        self._names = [n for n, name in enumerate(table.fields) if name in _NAMED]

    def is_heading(self, cells: Sequence[Cell]) -> bool:
        """Whether it is a line such as “March 2026” between the rows."""
        return not self._all and is_heading(cells, of_names=self._names)

    def __call__(self, cells: Sequence[Cell]) -> bool:
        """Whether a row that holds anything was sent by somebody."""
        if self._all:
            return True
        for column, _ in self._columns:  # the addresses first: most rows have one
            cell = cells[column]
            if type(cell) is str and "@" in cell:  # which no heading has
                return True
        if self.is_heading(cells):
            return False
        return any(_says(cells[column], time) for column, time in self._columns)


def _says(cell: Cell, time: bool) -> bool:
    """Whether a cell holds a time, or words that may be about somebody: no number, and no sum."""
    if isinstance(cell, bool) or not holds(cell):
        return False
    text = str(cell).strip()
    try:
        number = float(text)
    except ValueError:
        return not is_sum(text)
    return number > _MOST or (time and has_time(text))
