"""Which rows are ballots: what holds nothing, and what no voter sent, is none (BA-7).

A form gives each answer its time and a vote's own form asks for a code. Helper columns that are
filled down, and sums below the answers, have neither.
"""

import re

from models.dates import EARLIEST, EPOCH, LATEST

TIME_COLUMNS = (
    "Timestamp", "Marca temporal", "Horodateur", "Zeitstempel", "Carimbo de data/hora",
    "Start Date", "StartDate", "Start time", "Submission Date", "Submitted at",
)  # fmt: skip
"""What forms call the column with the time of an answer, in a file."""

_DAY_WORD = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mi[ée]|jue|vie|s[áa]b|dom"
    r"|jan|feb|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-záé]*\.?,?\s+)*"
)
_TIME = re.compile(
    _DAY_WORD
    + r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d\d|\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{5,6}(?:\.\d+)?")


_SUM = re.compile(
    r"(?:grand |sub)?"
    r"(?:total(?:es|s)?|sums?|counts?|how many|average|mean|votes|suma|promedio|recuento|votos)"
    r"(?: (?:of )?(?:the )?(?:votes|ballots|answers|responses|votos|boletas))?[:.]?"
)


def is_sum(text: str) -> bool:
    """Whether a cell heads a line of sums: nothing but a word such as “Total” or “How many”."""
    return bool(_SUM.fullmatch(text.strip().casefold()))


def has_time(text: str) -> bool:
    """Whether a cell holds a day or a time of day, in any of the usual styles.

    A number alone is one where a sheet would show it as a day of our time: a sum is none.
    """
    text = text.strip()
    if _TIME.match(text):
        return True
    if not _NUMBER.fullmatch(text):
        return False
    return EARLIEST <= EPOCH.year + float(text) / 365.25 <= LATEST
