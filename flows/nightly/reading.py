"""Reading the chapter's workbooks and forms; what has not changed is not read again."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

from connectors.google import SERVICE, FormResponses
from connectors.ledger import Ledger, Snapshot
from connectors.settings import Form, Workbook
from flows.context import ChapterContext
from flows.nightly.dues import as_read, lists_of
from flows.nightly.held_sources import HeldSources, usable
from flows.nightly.keeping import HORIZON, keeper, moved_back
from flows.nightly.sources import Sources
from models.errors import FixTheSettings
from models.intake.tables import Table
from models.intake.unchanged import WorkbookRead, signature
from models.intake.year_columns import YEAR_COLUMNS
from models.mail.plans import Shrunk

Progress = Callable[[str], None]


def read_sources(
    context: ChapterContext,
    full: bool,
    tell: Progress = lambda _: None,
    lists: Mapping[str, Snapshot] | None = None,
) -> Sources:
    """Read what changed since the ledger's last snapshot.

    Args:
        full: read everything, changed or not.
        tell: is told what is being read.
        lists: those given as files, where they are not simply the ones that are kept.

    Raises:
        FixTheData: a list that is kept cannot be used.
    """
    lists = usable(lists_of(context)) if lists is None else lists
    back_to = moved_back(context)
    versions = {} if full or back_to else context.ledger.versions()
    kept = keeper(context)
    held = HeldSources(context.ledger)
    fresh: dict[str, Snapshot] = {}
    asked: dict[str, str] = {}
    for key, read in _readers(context, held, asked).items():
        tell(key)
        with _named(key):
            snapshot = read(key, versions.get(key, ""))
        if snapshot is None:
            held.add(key)
        else:
            fresh[key] = kept(snapshot)
            held.add(key, fresh[key])
    for key, snapshot in lists.items():
        held.add(key, snapshot)
    return Sources(held, tuple(fresh), _shrunk(context.ledger, held.keys(), fresh), asked, back_to)


@contextmanager
def _named(source: str) -> Iterator[None]:
    """Let a refusal of Google's name the workbook or form that it is about."""
    try:
        yield
    except FixTheSettings as fault:
        if fault.where == SERVICE:
            fault.where = source
        raise


def remember_reading(ledger: Ledger, sources: Sources) -> None:
    """Note what the next reading is to know; only once the night that read it is on record."""
    for form, asked in sources.asked.items():
        ledger.set_note(questions_of(form), asked)
    if sources.back_to:  # a night that died before it reads them anew again
        ledger.set_note(HORIZON, sources.back_to.isoformat())


Reader = Callable[[str, str], Snapshot | None]


def _readers(
    context: ChapterContext, held: HeldSources, asked: dict[str, str]
) -> dict[str, Reader]:
    """Key → how to read this source; a reader returns None when its known version still holds.

    Args:
        held: what the ledger has of the last reading.
        asked: takes up what is to be remembered of forms.
    """
    readers: dict[str, Reader] = {}
    for workbook in context.chapter.workbooks:
        readers[f"workbook {workbook.id}"] = lambda key, known, w=workbook: _workbook(  # type: ignore[misc]  # w binds the loop's value
            context, w, key, known
        )
    for form in context.chapter.forms:
        readers[f"form {form.id}"] = lambda key, known, f=form: _form(  # type: ignore[misc]  # f binds the loop's value
            context, f, key, known, held, asked
        )
    return readers


def _workbook(context: ChapterContext, workbook: Workbook, key: str, known: str) -> Snapshot | None:
    """A workbook, unless its last reading still holds (models.intake.unchanged)."""
    columns = context.chapter.columns_of
    workbook = as_read(context, workbook)
    asked = signature(
        workbook.model_dump(mode="json"), [columns(kind).settings() for kind in workbook.kinds()]
    )
    drive = context.workbooks.version(workbook.id)
    last = WorkbookRead.parsed(known)
    if last and last.holds(drive, asked, context.today):
        return None
    tables, alone = context.workbooks.read(workbook, columns)
    read = WorkbookRead(drive, asked, alone, context.today)
    return _snapshot(key, str(read), tuple(tables), dues=context.bylaws.asks_for_dues)


def questions_of(key: str) -> str:
    """The note of a form's questions, each under the field that was read from it."""
    return f"questions of {key}"


def _form(
    context: ChapterContext,
    form: Form,
    key: str,
    known: str,
    held: HeldSources,
    asked: dict[str, str],
) -> Snapshot | None:
    """A form's answers, the new ones joined to those of the last reading."""
    before = held.known(key) if known else None
    answers = context.forms.read(
        form,
        context.chapter.columns_of(form.holds),
        context.today,
        FormResponses(before.tables[0], before.version) if before else None,
        context.ledger.note(questions_of(key)) or "",
    )
    if answers.asked:  # a form that nobody answered since was not asked
        asked[key] = answers.asked
    if before and answers.table == before.tables[0] and answers.version == known:
        return None
    return _snapshot(key, answers.version, (answers.table,))


def _snapshot(key: str, version: str, tables: tuple[Table, ...], *, dues: bool = False) -> Snapshot:
    """A source as it was read.

    Args:
        dues: a path to membership asks for them.
    """
    rows: dict[str, int] = {}
    # The guard is about who may vote, which the committee's own tabs do not decide.
    decide = YEAR_COLUMNS.keys() - ({"dues"} if dues else set())
    for table in (one for one in tables if one.kind not in decide):
        box = f"{table.source}|{table.kind}"
        rows[box] = rows.get(box, 0) + sum(1 for _ in table.filled())
    return Snapshot(key, version, tables, rows)


def _shrunk(
    ledger: Ledger, now: Collection[str], fresh: Mapping[str, Snapshot]
) -> tuple[Shrunk, ...]:
    """Sources with fewer rows than last night, a source that is gone among them."""
    found = []
    for key, before in ledger.boxes().items():
        if key in now and key not in fresh:
            continue
        rows = fresh[key].rows if key in fresh else {}
        if before and key.startswith("form "):  # its title may change, and it has no fewer rows
            box = next(iter(rows or before))
            before, rows = ({box: sum(each.values())} for each in (before, rows))
        found += [
            Shrunk(box.rpartition("|")[0], count, rows.get(box, 0))
            for box, count in before.items()
            if rows.get(box, 0) < count
        ]
    return tuple(sorted(found, key=lambda shrunk: shrunk.source))
