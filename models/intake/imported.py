"""A list that somebody gives the program as a file: which column is which, and what is left out.

1. A header that the settings have is the field's, as in every sheet; so is one that is worded as
   many sheets word it, where no other column may be meant.
2. Where two columns may be meant, or none, a person says which: nothing is guessed.
3. A header that looks like a government id, card or account number refuses the whole list (DP-5).
   Every other column that no rule needs is left out, and named.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from models.errors import FixTheData, FixTheSettings
from models.intake.cells import Cell
from models.intake.headers import Head, heads_of
from models.intake.layouts import table_of
from models.intake.locations import column_letter
from models.intake.proposals import Proposal, has_address, header_row, propose, resolved
from models.intake.tables import Columns, Table, holds, sound
from models.privacy import one_line, redact_addresses
from models.text.folding import unmarked

ATTENDEES = "attendees "
"""Before the event, in the key of a partner's list (DP-2)."""
NO_COLUMN = "-"
"""What a person writes for a field that no column of the list has."""
DUES_FILE = "dues file"
"""The key of the statewide body's file (VM-3)."""
REQUEST = "request "
"""Before the receipt, in the key of what an officer granted a member (ST-3)."""
_MOST_ABOVE = 5
"""How many lines of a title can be above the headers."""
Grid = Sequence[Sequence[Cell]]


def is_imported(key: str) -> bool:
    """Whether a source was given as a file, or by an officer's word: nothing can be read again."""
    return key == DUES_FILE or key.startswith((ATTENDEES, REQUEST))


@dataclass(frozen=True, slots=True)
class ImportedList:
    """A list as it is read, before anything is decided about its rows."""

    table: Table
    read: tuple[tuple[str, str], ...]
    """Field → the header of its column."""
    left_out: tuple[str, ...]
    """The headers of the columns that are not read."""
    rows_left_out: int = 0
    """Rows that hold something, and nothing in a column that is read."""


def read_list(
    grid: Grid, wanted: Columns, source: str, zone: str, said: Mapping[str, str]
) -> ImportedList:
    """Cut a list down to the fields that are asked for.

    Args:
        source: what the places of its rows are called.
        zone: of its dates.
        said: field → the header that a person names for it.

    Raises:
        FixTheData: it has no headers, a column is missing or may be two, or must not be read.
    """
    own = _without(wanted, said).renamed(_as_written(grid, wanted, source, said))
    found = _proposed(own, source, grid, zone)
    if not found.heads or has_address(found.heads):
        raise FixTheData(
            "the first row has no headers, or they are those of a person's row",
            where=f"{source}!1:1",
            next_step="write the headers in row 1, above the rows of people",
        )
    columns = _chosen(own, found, source, said)
    names = {field: [_said(found, index) for index in at] for field, at in columns.items()}
    try:
        table = table_of(source, list(grid), own.renamed(names), zone)
    except FixTheSettings as exc:
        step = exc.next_step.partition(", or map it in chapter.toml")[0]
        raise FixTheData(exc.fact, where=exc.where, rule=exc.rule, next_step=step) from None
    heads = heads_of([str(sound(cell) or "") for cell in grid[table.first_row - 2]])
    both = zip(table.fields, table.columns, strict=True)
    titles = {head.index: _shown(head) for head in heads}
    return ImportedList(
        table,
        tuple((field, f"{column_letter(at)} “{titles[at]}”") for field, at in both),
        tuple(titles[head.index] for head in heads if head.index not in table.columns),
        sum(_holds(row) and not _holds(read) for row, read in _beside(grid, table)),
    )


def _beside(grid: Grid, table: Table) -> Iterator[tuple[Sequence[Cell], Sequence[Cell]]]:
    """Each row below the headers, and what is read of it."""
    return zip_longest(grid[table.first_row - 1 :], table.rows, fillvalue=())


def _holds(row: Sequence[Cell]) -> bool:
    return any(holds(sound(cell)) for cell in row)


def _proposed(wanted: Columns, source: str, grid: Grid, zone: str) -> Proposal:
    """How the list would be read: from the row with most of the headers, or one that has enough."""
    first = header_row(grid, [wanted])
    rows = dict.fromkeys((first, *range(min(len(grid), _MOST_ABOVE + 1))))
    all_ = [propose(wanted, source, grid, row, zone) for row in rows]
    return next((one for one in all_ if one.fits and not has_address(one.heads)), all_[0])


def with_day(table: Table, day: str) -> Table:
    """The list with the day of its event in every row, so that rows grow old with it (DP-6)."""
    return replace(
        table,
        fields=(*table.fields, "at"),
        columns=(*table.columns, -1),
        rows=[[*row, day] if any(cell not in (None, "") for cell in row) else [*row, None]
              for row in table.rows],
    )  # fmt: skip


def _without(wanted: Columns, said: Mapping[str, str]) -> Columns:
    """The fields without those that a person says no column has."""
    none = {field for field, header in said.items() if header == NO_COLUMN} - wanted.required
    headers = {name: title for name, title in wanted.headers.items() if name not in none}
    own = {name: titles for name, titles in wanted.own.items() if name not in none}
    return Columns(wanted.kind, headers, wanted.required, own)


def _as_written(
    grid: Grid, wanted: Columns, source: str, said: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """What a person said, if such fields and headers exist."""
    top = ([str(sound(cell) or "") for cell in row] for row in grid[: _MOST_ABOVE + 1])
    heads = [head for row in top for head in heads_of(row)]
    there = {head.whole for head in heads}
    for field, header in said.items():
        if field not in wanted.headers:
            raise FixTheData(
                f"there is no field “{redact_addresses(one_line(field))}” in such a list",
                where="--column",
                next_step=f"name one of: {', '.join(wanted.headers)}",
            )
        if header != NO_COLUMN and unmarked(header) not in there:
            raise FixTheData(
                f"the list has no header “{redact_addresses(one_line(header))}”",
                where=f"{source}!1:1",
                next_step="write it as in the file",
            )
    return {field: (header,) for field, header in said.items() if header != NO_COLUMN}


def _chosen(
    wanted: Columns, found: Proposal, source: str, said: Collection[str]
) -> dict[str, tuple[int, ...]]:
    """The columns of each field.

    Args:
        said: the fields whose header a person named: of these, no other column may be meant.

    Raises:
        FixTheData: it is not clear which, all such fields at once.
    """
    named = {field: at for field, at in resolved(wanted, found.heads).items() if field in said}
    doubtful = {field: at for field, at in found.doubtful.items() if at and field not in named}
    faults = [
        f"“{wanted.titles(field)[0]}” might be column "
        f"{' or '.join(_lettered(found, index) for index in at)}"
        for field, at in doubtful.items()
    ]
    faults += [f"no column for “{wanted.titles(field)[0]}”" for field in found.missing]
    if faults:
        field = next(iter((*doubtful, *found.missing)))
        raise FixTheData(
            "; ".join(faults),
            where=f"{source}!{found.row + 1}:{found.row + 1}",
            next_step=f'say which column it is, as in --column {field}="the header of the column"',
        )
    return {**found.columns, **named}


def _lettered(found: Proposal, index: int) -> str:
    return f"{column_letter(index)} “{_said(found, index)}”"


def _said(found: Proposal, index: int) -> str:
    return next(_shown(head) for head in found.heads if head.index == index)


def _shown(head: Head) -> str:
    return redact_addresses(one_line(head.said))
