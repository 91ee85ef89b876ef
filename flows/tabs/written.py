"""What was written last of a tab of ours: only what changed is written, and nothing is left behind.

A small note of the ledger for each kind of tab: where it is, and a digest of what stands there. The
note comes before the writing, so that a job that dies leaves no tab that nobody remembers.
"""

import hashlib

from pydantic import TypeAdapter

from connectors.google import RollRows, Rows
from connectors.settings import OwnTab
from flows.context import ChapterContext
from flows.notes import noted
from models.base import Value


class Written(Value):
    """A tab as it was written last."""

    workbook: str = ""
    title: str = ""
    digest: str = ""
    """"" where it is to be written whatever it says."""
    run: int = 0
    """The night on record that it is about."""

    def is_at(self, tab: OwnTab | None) -> bool:
        """Whether it is this tab."""
        return (self.workbook, self.title) == (tab[1:] if tab else ("", ""))


_FORM = TypeAdapter(Written)
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
    if_there: bool = False,
) -> bool:
    """Write a tab as a whole, if it would change; whether it did.

    Args:
        run: the night on record that it is about.
        if_there: where there is no such tab, make none.
    """
    digest = hashlib.sha256(content.model_dump_json().encode()).hexdigest()
    held = last_written(context, tab.kind)
    known = Written(workbook=tab.workbook, title=tab.title, run=run)
    changed = not held.is_at(tab) or held.digest != digest
    if changed:
        _set(context, tab.kind, known)
        context.own_tabs.replace(tab, content, if_there=if_there)
    if changed or held.run != run:
        _set(context, tab.kind, known.model_copy(update={"digest": digest}))
    return changed


def former(context: ChapterContext, kind: str) -> OwnTab | None:
    """The tab that was written and that `chapter.toml` names no more."""
    held, named = last_written(context, kind), context.chapter.own_tab(kind)  # type: ignore[arg-type]  # one of ours
    if held == NOTHING or held.is_at(named):
        return None
    return OwnTab(kind, held.workbook, held.title)  # type: ignore[arg-type]  # as above


def clear_former(context: ChapterContext, kind: str) -> bool:
    """Empty that tab, once; whether there was one."""
    tab = former(context, kind)
    if tab is None:
        return False
    context.own_tabs.replace(tab, Rows(rows=()), if_there=True)
    forget(context, kind)
    return True


def forget(context: ChapterContext, kind: str) -> None:
    """Remember no tab of a kind."""
    _set(context, kind, NOTHING)


def _set(context: ChapterContext, kind: str, known: Written) -> None:
    context.ledger.set_note(_note(kind), known.model_dump_json())


def _note(kind: str) -> str:
    return f"{kind} tab as written"
