"""A list that is looked at, then kept or removed exactly as it was looked at.

1. What is shown is what is kept: a list that changed in between is refused.
2. One with fewer rows than the one it replaces, or without somebody who is on that, and a removal,
   need the fingerprint of just that (the guard of the nights against sources that shrink). Of a
   list that another version of the program kept only the number of rows is known.
3. Each is a line of the audit log, under an officer's name.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from connectors.ledger import Act, Ledger, Snapshot
from flows.context import ChapterContext
from flows.nightly.dues import lists_of
from flows.nightly.held_sources import imported
from flows.nightly.keeping import keeper
from flows.nightly.reading import read_sources
from flows.nightly.sources import Sources
from models.errors import FixTheData, FixTheSettings, Refused
from models.intake.imported import REQUEST
from models.intake.tables import Cell, Table
from models.membership.erasure import without_marks
from models.text.folding import folded
from models.text.formats import amount
from models.votes.events import ListImported, ListRemoved


class Looked(Protocol):
    """A list as it was looked at."""

    @property
    def change(self) -> "Change":
        """What becomes of what is kept."""


L = TypeVar("L", bound=Looked)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one list: kept anew, in the place of another, or removed."""

    key: str
    about: str
    """What the audit log calls it."""
    after: Snapshot | None
    """None where it is removed."""
    replaces: bool
    had: int
    """The rows that are kept so far."""
    gone: int
    """Addresses on the list that is replaced and not on this one."""
    rule: str
    fingerprint: str

    @property
    def rows(self) -> int:
        """The rows that would be kept."""
        return rows_of(self.after)

    @property
    def needs_approval(self) -> bool:
        """Whether it takes rows or people away."""
        return self.rows < self.had or self.gone > 0

    @property
    def taken(self) -> str:
        """What it takes away, in words."""
        fewer = f"{amount(self.had, 'row')} are kept, and {self.rows} would be"
        if not self.gone:
            return fewer
        gone = f"{amount(self.gone, 'address', 'addresses')} of the list it replaces are not on it"
        return f"{fewer}; {gone}" if self.rows < self.had else gone


def change_of(ledger: Ledger, key: str, about: str, after: Snapshot | None, rule: str) -> Change:
    """What would become of a list, with the fingerprint of just that.

    Raises:
        FixTheData: there is nothing to remove.
    """
    version = ledger.versions().get(key)
    if version is None and after is None:
        raise FixTheData(
            "no such list is kept",
            where=about,
            rule=rule,
            next_step="`clerk attendees` lists those that are",
        )
    before = None if version is None else ledger.snapshot(key)
    both = [[table.rows for table in one.tables] if one else None for one in (before, after)]
    # Of a list that another version of the program kept, it is still known how long it was.
    had = rows_of(before) if before else sum(ledger.boxes().get(key, {}).values())
    fingerprint = _digest(ledger, key, version, *both)
    gone = len(_addresses(before) - _addresses(after)) if after else 0
    return Change(key, about, after, version is not None, had, gone, rule, fingerprint)


def _addresses(kept: Snapshot | None) -> set[str]:
    """Those of a list, as they are typed; case makes no difference."""
    if kept is None:
        return set()
    table = without_marks(kept.tables[0])
    return {
        folded(str(cell))
        for _, row in table.filled()
        for field, cell in zip(table.fields, row, strict=True)
        if field == "address" and cell is not None
    }


def sources_but_lost_lists(context: ChapterContext) -> Sources:
    """What the last night read, without lists that another version of the program kept.

    If that is so of a sheet too, all sheets are read anew: a night could not, before the lists are.
    """
    lists = lists_of(context)
    lost = [key for key, one in lists.items() if one is None]
    try:
        return Sources(context.ledger.snapshots(lost), ())
    except FixTheSettings:
        if not lost:
            raise
        return read_sources(
            context, full=True, lists={key: one for key, one in lists.items() if one}
        )


def list_of(
    context: ChapterContext, key: str, tables: tuple[Table, ...], rows: dict[str, int]
) -> Snapshot:
    """A list as a source: its version has the day it was read, and changes with what it says.

    Args:
        rows: how many each of its boxes has, for the guard of the nights.
    """
    said = _digest(context.ledger, key, [table.rows for table in tables])
    return Snapshot(key, f"{context.today}|{said}", tables, rows)


def _digest(ledger: Ledger, *said: object) -> str:
    """Eight digits that nobody can guess a row from: they are under the ledger's own key."""
    plain = json.dumps(said, ensure_ascii=True, default=str).encode()
    return hmac.new(ledger.key, plain, hashlib.sha256).hexdigest()[:8]


def rows_of(kept: Snapshot | None) -> int:
    """How many rows of people a list has."""
    return rows_with(without_marks(kept.tables[0])) if kept else 0


def rows_with(table: Table) -> int:
    """How many rows of a table hold anything."""
    return sum(1 for _ in table.filled())


def without_those_out(context: ChapterContext, table: Table) -> tuple[Table, int]:
    """The list without people who were erased and rows that are too old, and how many went (DP-6).

    A sheet's row keeps a mark, since it can be deleted there. Of a file nothing is left to delete.
    """
    kept = keeper(context)(Snapshot("", "", (table,), {})).tables[0]
    clean = without_marks(kept)
    return clean, rows_with(table) - rows_with(clean)


def blank(row: list[Cell]) -> list[Cell]:
    """A row of which nothing is kept; those below it keep their numbers."""
    return [None] * len(row)


def carry_out(
    context: ChapterContext, look: Callable[[], L], *, approve: str = "", by: str = ""
) -> L:
    """Keep or remove a list as it is now, if that is what was looked at.

    Args:
        look: looks at it again, alone on the ledger.
        approve: the fingerprint, where the change takes rows or people away.

    Raises:
        Refused: nobody says who asks for it, or it takes something away that was not approved.
    """
    with context.ledger.alone():
        found = look()
        change = found.change
        if not by.strip():
            raise Refused(
                "the audit log says who reads or removes a list",
                rule=change.rule,
                next_step='add --by "Your Name"',
            )
        if approve and approve != change.fingerprint:
            raise Refused(
                f"the approval names {approve}, but what would be done is {change.fingerprint}",
                rule=change.rule,
                next_step="look again without --approve, then approve what you see",
            )
        if change.needs_approval and not approve:
            raise Refused(
                change.taken,
                rule=change.rule,
                next_step=f"if that is right, add --approve {change.fingerprint}",
            )
        _write(context, change, by)
    return found


def _write(context: ChapterContext, change: Change, by: str) -> None:
    imported = context.ledger.imported
    if change.after is None:
        gone = ListRemoved(about=change.about, rows=change.had)
        imported.remove(change.key, Act(by, context.now(), gone))
    else:
        kept = ListImported(about=change.about, rows=change.rows)
        imported.keep(change.after, Act(by, context.now(), kept))


def kept_lists(ledger: Ledger) -> list[tuple[str, int | None]]:
    """Every list that is kept, by its key, with its rows; None: it must be read again."""
    found = sorted((k, one) for k, one in imported(ledger).items() if not k.startswith(REQUEST))
    return [(key, None if kept is None else rows_of(kept)) for key, kept in found]
