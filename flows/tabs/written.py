"""What was written last of a tab of ours: only what changed is written, and nothing is left behind.

A small note of the ledger for each kind of tab: where it is, and a digest of what stands there. The
note comes before the writing, so that a job that dies leaves no tab that nobody remembers. Another
note has the tabs that could not be emptied when `chapter.toml` named another one.
"""

import hashlib
from collections.abc import Iterable
from contextlib import suppress

from pydantic import TypeAdapter

from connectors.google import Gone, NotOpen, RollRows, Rows
from connectors.settings import OwnTab, OwnTabKind
from flows.context import ChapterContext
from flows.notes import noted
from models.base import Value
from models.errors import ClerkError, FixTheSettings, TryAgainLater, combined


class Written(Value):
    """A tab as it was written last."""

    workbook: str = ""
    title: str = ""
    digest: str = ""
    """"" where it is to be written whatever it says."""
    run: int = 0
    """The night on record that it is about."""
    basis: str = ""
    """The kept night that it rests on; "" where that was not known."""

    def is_at(self, tab: OwnTab | None) -> bool:
        """Whether it is this tab."""
        return (self.workbook, self.title) == (tab[1:] if tab else ("", ""))


Place = tuple[str, str]
"""A spreadsheet's id, and the title of a tab of it."""
_FORM, _PLACES = TypeAdapter(Written), TypeAdapter(list[Place])
NOTHING = Written()


def last_written(context: ChapterContext, kind: str) -> Written:
    """What was written last of a kind of tab."""
    return noted(context.ledger, _note(kind), _FORM, NOTHING)


def write(
    context: ChapterContext,
    tab: OwnTab,
    content: Rows | RollRows,
    *,
    run: int = 0,
    basis: str = "",
    if_there: bool = False,
) -> bool:
    """Write a tab as a whole, if it would change; whether it did.

    Args:
        run: the night on record that it is about.
        basis: the kept night that it rests on.
        if_there: where there is no such tab, make none.
    """
    digest = hashlib.sha256(content.model_dump_json().encode()).hexdigest()
    held = last_written(context, tab.kind)
    known = Written(workbook=tab.workbook, title=tab.title, run=run, basis=basis)
    changed = not held.is_at(tab) or held.digest != digest
    if changed:
        _set_left(context, tab.kind, left_behind(context, tab.kind))
        _set(context, tab.kind, known)
        context.own_tabs.replace(tab, content, if_there=if_there)
    if changed or (held.run, held.basis) != (run, basis):
        _set(context, tab.kind, known.model_copy(update={"digest": digest}))
    return changed


def still_stands(context: ChapterContext, tab: OwnTab, basis: str, *, run: int = 0) -> bool:
    """Whether a tab has what it should, because the kept night that it rests on still holds.

    Args:
        run: the night on record; it is noted that the tab is about it.
    """
    held = last_written(context, tab.kind)
    stands = bool(basis and held.digest and held.is_at(tab) and held.basis == basis)
    if stands and held.run != run:
        _set(context, tab.kind, held.model_copy(update={"run": run}))
    return stands


def left_behind(context: ChapterContext, kind: OwnTabKind) -> list[OwnTab]:
    """The tabs that were written, are not emptied yet, and that `chapter.toml` names no more."""
    held, named = last_written(context, kind), context.chapter.own_tab(kind)
    places = dict.fromkeys([*_left(context, kind), (held.workbook, held.title)])
    wanted = named[1:] if named else ("", "")
    return [OwnTab(kind, *place) for place in places if place not in (wanted, ("", ""))]


def clear_left_behind(context: ChapterContext, kind: OwnTabKind) -> bool:
    """Empty each of those tabs, once; whether there was one.

    A tab whose spreadsheet was deleted is forgotten. One that cannot be emptied is kept in mind,
    and the others are emptied all the same.

    Raises:
        ClerkError: one could not be emptied.
    """
    tabs, faults = left_behind(context, kind), []
    for tab in tabs:
        try:
            with suppress(Gone):
                context.own_tabs.replace(tab, Rows(rows=()), if_there=True)
        except ClerkError as fault:
            faults.append(_not_emptied(tab, fault))
        else:
            _set_left(context, kind, [one for one in left_behind(context, kind) if one != tab])
            if last_written(context, kind).is_at(tab):
                forget(context, kind)
    if faults:
        raise combined(faults)
    return bool(tabs)


def _not_emptied(tab: OwnTab, fault: ClerkError) -> ClerkError:
    if isinstance(fault, TryAgainLater):
        return fault
    step = SHARE_AGAIN if isinstance(fault, NotOpen) else fault.next_step
    return FixTheSettings(
        f"“{tab.title}” is no longer in chapter.toml and could not be emptied: {fault.fact}",
        where=f"workbook {tab.workbook}",
        next_step=step,
    )


SHARE_AGAIN = (
    "share that spreadsheet with the service account's address (`clerk doctor` prints it) as "
    "Editor again, or delete the spreadsheet forever"
)


def forget(context: ChapterContext, kind: str) -> None:
    """Remember no tab of a kind."""
    _set(context, kind, NOTHING)


def _left(context: ChapterContext, kind: str) -> list[Place]:
    return noted(context.ledger, f"{kind} tabs left behind", _PLACES, [])


def _set_left(context: ChapterContext, kind: str, tabs: Iterable[OwnTab]) -> None:
    places = [(tab.workbook, tab.title) for tab in tabs]
    if places != _left(context, kind):
        said = _PLACES.dump_json(places).decode()
        context.ledger.set_note(f"{kind} tabs left behind", said)


def _set(context: ChapterContext, kind: str, known: Written) -> None:
    context.ledger.set_note(_note(kind), known.model_dump_json())


def _note(kind: str) -> str:
    return f"{kind} tab as written"
