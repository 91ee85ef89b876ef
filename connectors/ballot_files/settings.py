"""`[ballots]` of a contest's file: how to read the ballot file. The defaults fit most exports."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from models.ballots.headers import Layout
from models.base import Value


def _keeps_ascii(encoding: str) -> str:
    """Lines and commas are looked for before text is decoded."""
    try:
        kept = not encoding or "rank1,\n".encode(encoding) == b"rank1,\n"
    except LookupError:
        kept = False
    if not kept:
        raise ValueError("write an encoding such as utf-8, cp1252 or latin-1")
    return encoding


class BallotSettings(Value):
    """What a ballot file's own words and columns mean.

    Columns are found by their headers; `columns`, or `first_column` with `last_column` (1 is A),
    name them where the headers say nothing. `aliases` maps the file's text to a choice.
    """

    layout: Layout | Literal["auto"] = "auto"
    question: str = ""  # the form's question, where the file holds several
    columns: tuple[str, ...] = ()  # headers, in the order of the ranks
    first_column: Annotated[int, Field(ge=1)] | None = None
    last_column: Annotated[int, Field(ge=1)] | None = None
    ignore: tuple[str, ...] = ()  # headers that have nothing to do with the vote
    time_column: str | None = None  # the time of each answer; default as forms head it, "" is none
    header_row: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    sheet: str = ""  # of a workbook; default the first
    delimiter: Annotated[str, Field(max_length=1)] = ""  # default: comma, semicolon or tab
    encoding: Annotated[str, AfterValidator(_keeps_ascii)] = ""  # default: UTF-8, else Windows-1252
    blank: tuple[str, ...] = ("undervote", "skipped")  # words for an empty rank
    overvote: tuple[str, ...] = ("overvote",)  # words for a rank with several choices
    overvote_delimiter: str = ""  # between several names in one cell, besides "|" and line breaks
    blank_is_write_in: bool = False  # an empty cell is an undeclared write-in (RCTab's setting)
    aliases: Mapping[str, str] = Field(default_factory=dict)
    unreadable: Literal["stop", "set aside"] = "stop"  # BA-2: rejected, they are in the sums
