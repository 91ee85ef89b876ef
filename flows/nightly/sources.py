"""What the workbooks and forms say, as values: tonight's view of them, or the last one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from connectors.ledger import Ledger, Snapshot
from flows.nightly.held_sources import OnRecord
from models.intake.tables import Table
from models.mail.plans import Shrunk
from models.membership.erasure import without_marks

_FIRST = ("workbook ", "form ")
"""How the keys of sources begin that come first; lists given as files are the last."""


def _place(key: str) -> tuple[int, str]:
    kinds = (number for number, begins in enumerate(_FIRST) if key.startswith(begins))
    return next(kinds, len(_FIRST)), key


@dataclass(frozen=True, slots=True)
class Sources:
    """Tonight's view of every source."""

    snapshots: Mapping[str, Snapshot]
    fresh: tuple[str, ...]
    """The keys read tonight; the others come from the ledger."""
    shrunk: tuple[Shrunk, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)
    """Of each form read tonight, what is to be remembered of its questions."""
    back_to: date | None = None
    """Read anew because rows count again from this day on."""

    def in_order(self) -> list[tuple[str, Snapshot]]:
        """The same for a night and for whoever reads the ledger, which has no order of its own.

        What is asked first of two rows, and where it stands, goes by the order of the sources.
        """
        return sorted(self.snapshots.items(), key=lambda one: _place(one[0]))

    def distrusting(self, key: str) -> "Sources":
        """The same, one source marked to be read again next time: we are about to write to it."""
        known = self.snapshots[key]
        return replace(
            self,
            snapshots={**self.snapshots, key: replace(known, version="")},
            fresh=tuple(dict.fromkeys((*self.fresh, key))),
        )


def known_sources(ledger: Ledger) -> Sources:
    """What the last night read, without asking any service; taken out once it is looked into."""
    return Sources(OnRecord(ledger), ())


def titled(sources: Sources) -> Iterator[tuple[str, Table]]:
    """Each table with the key of its source, under a title that no other source's table has.

    A place names a tab by its title, and a spreadsheet for each year may have the same tabs.
    """
    each = [(key, table) for key, one in sources.in_order() for table in one.tables]
    homes: dict[str, set[str]] = {}
    for key, table in each:
        homes.setdefault(table.source, set()).add(key)
    for key, table in each:
        is_shared = len(homes[table.source]) > 1
        yield key, replace(table, source=_apart(table.source, key)) if is_shared else table


def _apart(title: str, key: str) -> str:
    """A title with the end of its spreadsheet's id, which stands in its address."""
    kind, _, which = key.partition(" ")
    return f"{title} ({_CALLED.get(kind, kind)} …{which[-_ENOUGH:]})"


_CALLED = {"workbook": "spreadsheet"}
_ENOUGH = 4
"""Letters of an id that tell a chapter's few spreadsheets apart."""


def tables_of(sources: Sources) -> list[Table]:
    """Every tab and form as the rules read it."""
    return [without_marks(table) for _, table in titled(sources)]
