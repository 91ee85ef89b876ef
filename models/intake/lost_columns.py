"""Columns that were read before and are not there any more.

Whoever renames a header that must be there is told by a refusal. One that need not be there would
be missing without a word, and what it says of events and people would not count any more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from models.intake.locations import ReviewItem, SourceLocation, Weight
from models.intake.tables import Columns, Table, lacking
from models.text.sentences import Sentence

Known = Mapping[str, tuple[str, ...]]
"""The fields that each tab has had, by the tab."""


def fields_read(
    tables: Iterable[Table], before: Known, columns: Callable[[str], Columns]
) -> dict[str, tuple[str, ...]]:
    """The fields that each tab has had by now; none of a tab that is not read any more.

    Args:
        columns: of a kind; a field for which a chapter has no header is not missed.
    """
    return {
        _key(table): tuple(
            name
            for name in dict.fromkeys((*before.get(_key(table), ()), *table.fields))
            if columns(table.kind).titles(name)
        )
        for table in tables
        if _has_headers(table)
    }


def lost_columns(
    tables: Iterable[Table], before: Known, columns: Callable[[str], Columns]
) -> Iterator[ReviewItem]:
    """A question for each field that a tab had before and has no more."""
    tables = list(tables)
    had = fields_read(tables, before, columns)
    for table in filter(_has_headers, tables):
        titles = columns(table.kind).titles
        for name in sorted(lacking(had[_key(table)], table.fields)):
            yield ReviewItem(
                place=SourceLocation(table.source, f"{table.first_row - 1}:{table.first_row - 1}"),
                weight=Weight.QUESTION,
                reason=Sentence(
                    "the column “{header}” was read before, and is not there any more: what it "
                    "says does not count",
                    header=titles(name)[0],
                ),
                next_step=Sentence(
                    "rename its header back, or name the new one in chapter.toml "
                    "[columns.{kind}]: {setting}; if there is none any more: {none}",
                    kind=table.kind,
                    setting=f'{name} = "…"',
                    none=f"{name} = []",
                ),
            )


def _key(table: Table) -> str:
    return f"{table.source}|{table.kind}"


def _has_headers(table: Table) -> bool:
    """Not the answers of a form, whose questions are watched, nor a roster's marks."""
    return bool(table.columns) and not table.row_names
