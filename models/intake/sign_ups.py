"""Statewide sign-ups: where somebody lives, and whether they want email about it (ST-1).

1. A row is one answer: a day, an address, a town or a ZIP code, and the consent.
2. A ZIP code that cannot be read is noted, if there is a town; without both nobody can be told of a
   chapter, so the row is set aside.
3. A sheet drops the zeros with which a ZIP code begins, where it takes it for a number.
"""

import re
from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from models.intake.consents import boxes_of
from models.intake.locations import SourceLocation
from models.intake.people import StatewideSignUp
from models.intake.row_results import RowResults, records
from models.intake.rows import Row, Unreadable
from models.intake.tables import Table
from models.intake.twice import in_order
from models.text.sentences import Sentence

_ZIP: Final = re.compile(r"(\d{5})(?:-\d{4})?", re.ASCII)
_NUMBERS: Final = range(501, 100_000)
"""ZIP codes as numbers; the first is 00501."""
_NO_ZIP = Sentence("this is not a ZIP code"), Sentence("write it as five digits, such as 02130")
_NOWHERE = (
    Sentence("the town and the ZIP code are missing"),
    Sentence("fill in one of them; without it nobody can say which chapter is near"),
)
_NO_ADDRESS = Sentence("the email address is missing"), Sentence("fill in the cell")


def read_sign_ups(
    table: Table, zone: ZoneInfo, tray: RowResults, boxes: Iterable[str] = ()
) -> list[StatewideSignUp]:
    """The statewide sign-ups.

    Args:
        boxes: the texts of the consent line's boxes; who ticked one has consented (DP-4).
    """
    ticked = boxes_of(boxes)

    def read(row: Row, place: SourceLocation) -> StatewideSignUp:
        address = row.address("address")
        if address is None:
            raise Unreadable("address", *_NO_ADDRESS, "ST-1")
        town = row.if_readable(row.text, "town") or ""
        zip_code = row.if_readable(lambda _: _zip_of(row), "zip") or ""
        if not (town or zip_code):
            raise Unreadable("town", *_NOWHERE, "ST-1")
        return StatewideSignUp(
            place=place,
            at=row.must_day("at", Sentence("date")),
            moment=row.moment("at"),
            address=address,
            town=town,
            zip_code=zip_code,
            wants_email=row.consents("wants_email", ticked),
        )

    found = list(records(table, zone, tray, read))
    moments = in_order([row.moment for row in found])
    return [
        row if row.moment is at else row.model_copy(update={"moment": at})
        for row, at in zip(found, moments, strict=True)
    ]


def _zip_of(row: Row) -> str:
    cell = row.cell("zip")
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell in _NUMBERS:
        return f"{int(cell):05}"
    text = row.text("zip")
    if text and not (found := _ZIP.fullmatch(text)):
        raise Unreadable("zip", *_NO_ZIP, "ST-1")
    return found[1] if text and found else ""
