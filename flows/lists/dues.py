"""Who paid dues to the statewide body, by its own file, as far as a rule asks (VM-3, SC-2, DP-5).

1. It is read only where a rule asks: for nominees, or for a path to membership that asks for dues.
2. A payment is matched by its address alone. One of nobody whom a rule asks about is counted and
   not kept.
3. A file with a column of cards or accounts is refused whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from connectors.list_files import Grid
from connectors.list_files import read_list as read_file
from flows.committee.nominees import nominees_of
from flows.context import ChapterContext
from flows.lists.keeping import (
    Change,
    blank,
    change_of,
    list_of,
    rows_with,
    sources_but_lost_lists,
    without_those_out,
)  # fmt: skip
from flows.nightly.dues import asks_for_dues
from flows.nightly.facts import facts_of
from flows.nightly.sources import tables_of
from models.errors import FixTheData, Refused
from models.intake.headers import heads_of
from models.intake.imported import DUES_FILE, ImportedList, read_list
from models.intake.locations import ReviewItem
from models.intake.proposals import header_row
from models.intake.rows import Rows
from models.intake.tables import FORBIDDEN, Columns, Table, sound
from models.membership.dues import ASKED
from models.privacy import Email, redact_addresses
from models.year.book import read_year

RULE = "VM-3"
ABOUT = "dues"
SOURCE = "File of dues"
_PAID_WITH = re.compile(
    r"\b(?:card|cards|account|accounts|acct|bank|iban|swift|bic|routing|cvv|cvc|cvn|tarjeta|cuenta)"
    r"\b"
)
"""In the words of a header: more than elsewhere is refused, for this file comes from payments."""


@dataclass(frozen=True, slots=True)
class DuesFile:
    """A file as it would be read."""

    change: Change
    columns: ImportedList | None = None
    asked: int = 0
    """People whom a rule asks about."""
    paid: int = 0
    """Of them, people of whom the file has a payment."""
    unmatched: int = 0
    """Rows of nobody whom a rule asks about, which are not kept."""
    unreadable: int = 0
    """Rows without an address that can be read, which are not kept either."""
    review: tuple[ReviewItem, ...] = ()


def look(
    context: ChapterContext, file: Path | None, said: Mapping[str, str], sheet: str = ""
) -> DuesFile:
    """Look at a file, or at what its removal would take away.

    Args:
        file: None to remove the one that is kept.
        said: field → the header that a person names for it.

    Raises:
        Refused: no rule of this chapter asks for anybody's dues.
        FixTheData: the file or its headers.
    """
    if file is None:
        return DuesFile(change_of(context.ledger, DUES_FILE, ABOUT, None, RULE))
    if not asks_for_dues(context):
        raise Refused(
            "no rule asks for dues: no path to membership needs them, no tab or form of "
            "nominations is named, and nobody is nominated by a request",
            rule="DP-5",
            next_step="nothing is read; name the nominations in chapter.toml first, if you collect "
            "them (docs/year.md)",
        )
    named = redact_addresses(file.name)
    grid = read_file(file, RULE, sheet)
    wanted = context.chapter.columns_of("dues")
    _refuse_cards(grid, wanted, named)
    columns = read_list(grid, wanted, named, context.chapter.zone, said)
    asked = _asked(context)
    table = replace(columns.table, source=SOURCE)
    kept, unmatched, unreadable = _matched(context, table, {a for one in asked for a in one})
    kept, _ = without_those_out(context, kept)
    found = _addresses(context, kept)
    decides = {f"{SOURCE}|dues": rows_with(kept)} if context.bylaws.asks_for_dues else {}
    tables = kept, _looked_for(context)
    after = list_of(context, DUES_FILE, tables, decides)
    book = read_year([kept], context.chapter.tz, context.today)
    return DuesFile(
        change_of(context.ledger, DUES_FILE, ABOUT, after, RULE),
        columns,
        len(asked),
        sum(any(address in found for address in one) for one in asked),
        unmatched,
        unreadable,
        book.review,
    )


def _refuse_cards(grid: Grid, wanted: Columns, named: str) -> None:
    """Refuse a file with a column that says how somebody paid.

    Raises:
        FixTheData: the column's letter; nothing of the file is read.
    """
    number = header_row(grid, [wanted])
    row = grid[number] if grid else []
    for head in heads_of([str(sound(cell) or "") for cell in row]):
        if _PAID_WITH.search(re.sub(r"[\W_]+", " ", head.whole)):
            raise FixTheData(
                f"column {head.letter} {FORBIDDEN}",
                where=f"{named}!{head.letter}{number + 1}",
                next_step="ask for a file without it, or delete the column and save the file "
                "again; nothing was read",
            )


def _asked(context: ChapterContext) -> list[set[Email]]:
    """The addresses of each person whom a rule asks about."""
    facts = facts_of(context, sources_but_lost_lists(context))
    nominees = [set(one.said.addresses) for one in nominees_of(context, facts=facts).found]
    nominated = {address for one in nominees for address in one}
    people = [set(person.addresses) for person in facts.known.people.values()]
    if not context.bylaws.asks_for_dues:
        people = [one for one in people if one & nominated]
    known = {address for one in people for address in one}
    return [*people, *(one for one in nominees if not one & known)]


def _matched(context: ChapterContext, table: Table, asked: set[Email]) -> tuple[Table, int, int]:
    """The rows of those who are asked about; how many others there are, and how many of nobody."""
    rows = [blank(row) for row in table.rows]
    unmatched = unreadable = 0
    for row in Rows(table, context.chapter.tz):
        addresses = row.named_by("address")
        if not addresses:
            unreadable += 1
        elif asked.isdisjoint(addresses):
            unmatched += 1
        else:
            rows[row.number] = row.cells
    return replace(table, rows=rows), unmatched, unreadable


def _addresses(context: ChapterContext, table: Table) -> set[Email]:
    return {a for row in Rows(table, context.chapter.tz) for a in row.named_by("address")}


def _looked_for(context: ChapterContext) -> Table:
    """The nominees for whom the file was looked through, whether or not it has them.

    Of nobody else can it be said that they did not pay: whoever is nominated later is not here.
    """
    tables = tables_of(sources_but_lost_lists(context))
    rows = [
        [row.cell("address")]
        for table in tables
        if table.kind == "nominations"
        for row in Rows(table, context.chapter.tz)
    ]
    return Table(SOURCE, ASKED, context.chapter.zone, ("address",), (-1,), rows)
