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
BySource = Mapping[str, Iterable[Table]]
"""Tables by the workbook or form that they stand in: two can have a tab of one title."""


def fields_read(
    tables: BySource, before: Known, columns: Callable[[str], Columns]
) -> dict[str, tuple[str, ...]]:
    """The fields that each tab has had by now; none of a tab that is not read any more.

    Args:
        columns: of a kind; a field for which a chapter has no header is not missed.
    """
    return {
        key: tuple(
            name
            for name in dict.fromkeys((*before.get(key, ()), *table.fields))
            if columns(table.kind).titles(name)
        )
        for key, table in _with_headers(tables)
    }


def lost_columns(
    tables: BySource, before: Known, columns: Callable[[str], Columns], only: str = ""
) -> Iterator[ReviewItem]:
    """A question for each field that a tab had before and has no more.

    Args:
        only: the one workbook to ask about; the cure depends on the others, too.
    """
    had = fields_read(tables, before, columns)
    tabs = dict(_with_headers(tables))
    there = {(table.kind, name) for table in tabs.values() for name in table.fields}
    for key, table in tabs.items():
        if not key.startswith(f"{only}|" if only else ""):
            continue
        for name in sorted(lacking(had[key], table.fields)):
            header = columns(table.kind).titles(name)[0]
            yield ReviewItem(
                place=SourceLocation(table.source, f"{table.first_row - 1}:{table.first_row - 1}"),
                weight=Weight.QUESTION,
                reason=Sentence(
                    "the column “{header}” was read before, and is not there any more: what it "
                    "says does not count",
                    header=header,
                ),
                next_step=_cure(table.kind, name, header, elsewhere=(table.kind, name) in there),
            )


def _cure(kind: str, name: str, header: str, *, elsewhere: bool) -> Sentence:
    """What to do; a setting holds for all tabs of a kind, so that it is no cure for one of them."""
    setting = f'{name} = "…"'
    if elsewhere:
        return Sentence(
            "rename its header back, or name the new one in chapter.toml [columns.{kind}]: "
            "{setting}; if this tab has none any more: give it an empty column “{header}”",
            kind=kind,
            setting=setting,
            header=header,
        )
    return Sentence(
        "rename its header back, or name the new one in chapter.toml [columns.{kind}]: {setting}; "
        "if there is none any more: {none}",
        kind=kind,
        setting=setting,
        none=f"{name} = []",
    )


def _with_headers(tables: BySource) -> Iterator[tuple[str, Table]]:
    """Not the answers of a form, whose questions are watched, nor a roster's marks."""
    for source, those in tables.items():
        for table in those:
            if table.columns and not table.row_names:
                yield f"{source}|{table.source}|{table.kind}", table
