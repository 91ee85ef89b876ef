"""What doctor finds at Google: workbooks, their tabs, forms."""

from collections.abc import Iterator
from functools import partial

from connectors.settings import Form, OwnTab, Workbook
from flows.context import ChapterContext
from flows.doctor.checks import Look
from flows.nightly.dues import as_read
from flows.nightly.fields import refuse_lost
from flows.nightly.review import HEADER
from flows.nightly.unusable import refuse_unusable


def at_google(context: ChapterContext) -> Iterator[Look]:
    """The chapter's workbooks and forms, one by one."""
    for workbook in context.chapter.workbooks:
        yield f"spreadsheet {workbook.id}: access", partial(_version, context, workbook.id)
        yield f"spreadsheet {workbook.id}: tabs and headers", partial(_tabs, context, workbook)
        for kind, title in workbook.own_tabs().items():
            tab = OwnTab(kind, workbook.id, title)
            yield f"spreadsheet {workbook.id}: {kind} tab", partial(_own, context, tab)
    for form in context.chapter.forms:
        yield f"form {form.id}: questions", partial(_questions, context, form)


def _version(context: ChapterContext, workbook_id: str) -> str:
    context.workbooks.version(workbook_id)
    return "the program can read it"


def _tabs(context: ChapterContext, workbook: Workbook) -> str:
    tables, alone = context.workbooks.read(as_read(context, workbook), context.chapter.columns_of)
    refuse_unusable(context, tables)
    refuse_lost(context, f"workbook {workbook.id}", tables)
    found = ", ".join(f"“{t.source}” {_rows(sum(1 for _ in t.filled()))}" for t in tables)
    found = found or "no tab of it is read"
    if workbook.dues and not as_read(context, workbook).dues:
        found += f"; “{workbook.dues}” is not read, because no rule asks for dues (DP-5)"
    if workbook.event_tabs and not any(t.kind == "event_sign_ins" for t in tables):
        found += f"; no tab matches “{workbook.event_tabs}” yet"
    nightly = "; read at every nightly run, because a formula might bring in data from elsewhere"
    return found if alone else found + nightly


def _rows(many: int) -> str:
    return "1 row" if many == 1 else f"{many} rows"


def _own(context: ChapterContext, tab: OwnTab) -> str:
    room = context.own_tabs.look(tab)
    if not room.rows:
        return f"“{tab.title}” will be created at the first sync"
    can = f"“{tab.title}” can be written"
    if tab.kind == "review" and room.columns < len(HEADER):
        return (
            f"{can}; it has {room.columns} columns; the program adds the others the next "
            "time it writes"
        )
    return can


def _questions(context: ChapterContext, form: Form) -> str:
    table = context.forms.read(form, context.chapter.columns_of(form.holds), context.today).table
    refuse_unusable(context, [table])
    return f"“{table.source}” {len(table.rows)} responses, {len(table.fields)} questions read"
