"""`clerk doctor`: everything a night needs, checked one by one: pass, or the exact fix."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from connectors.settings import Form, Workbook
from flows.deployments import prefect_exit
from flows.desk import Desk, open_desk
from models.errors import ClerkError, FixTheSettings


class Check(NamedTuple):
    """One thing checked."""

    what: str
    fine: bool
    found: str
    next_step: str = ""
    exit_code: int = 0


def examine(folder: Path) -> list[Check]:
    """Check everything; a failure does not stop the checks that can still be made."""
    try:
        with open_desk(folder) as desk:
            return [
                Check("settings", True, f"{desk.chapter.name}, zone {desk.chapter.zone}"),
                *_all(desk),
            ]
    except ClerkError as error:
        return [_failed("settings and ledger", error)]


def _all(desk: Desk) -> Iterator[Check]:
    chapter = desk.chapter
    yield _try("bylaws", lambda: f"edition in force: {desk.bylaws.in_force(desk.today).name}")
    yield _try("exits", lambda: _exits(desk))
    yield _try("ledger", lambda: _last_night(desk))
    yield _try("Google credentials", lambda: f"service account {desk.google.account}")
    for workbook in chapter.workbooks:
        yield _try(f"workbook {workbook.id}: access", lambda w=workbook: _version(desk, w.id))  # type: ignore[misc]  # w binds the loop's value
        yield _try(f"workbook {workbook.id}: tabs and headers", lambda w=workbook: _tabs(desk, w))  # type: ignore[misc]  # as above
    for form in chapter.forms:
        yield _try(f"form {form.id}: questions", lambda f=form: _questions(desk, f))  # type: ignore[misc]  # as above
    yield _try("Mailchimp credentials and audience", lambda: f"audience “{desk.audience.name()}”")
    yield _try("merge fields", lambda: _merge_fields(desk))
    for kind in chapter.letters.send:
        yield _try(f"letter {kind}", lambda k=kind: f"subject “{desk.words(k).subject}”")  # type: ignore[misc]  # as above
    yield _try("clock", lambda: f"{desk.now().astimezone(chapter.tz):%Y-%m-%d %H:%M %Z}")


def _try(what: str, look: Callable[[], str]) -> Check:
    try:
        return Check(what, True, look())
    except ClerkError as error:
        return _failed(what, error)


def _failed(what: str, error: ClerkError) -> Check:
    found = f"{error.where}: {error.fact}" if error.where else error.fact
    return Check(what, False, found, error.next_step, error.exit_code)


def _exits(desk: Desk) -> str:
    url = os.environ.get("PREFECT_API_URL")
    return "; ".join(map(str, [*desk.exits(), *([prefect_exit(url)] if url else [])]))


def _last_night(desk: Desk) -> str:
    run = desk.ledger.last_run()
    if run is None:
        return "new; no night recorded yet"
    if run.finished is None:
        return f"the night of {run.day} was cut short; the next one finishes it"
    age = (desk.today - run.day).days
    if age > 2:
        raise FixTheSettings(
            f"the last night was {age} days ago, on {run.day}",
            next_step="see that `clerk serve` is running (docs/running.md)",
        )
    return f"last night recorded {run.day}"


def _version(desk: Desk, workbook_id: str) -> str:
    return f"readable, Drive version {desk.workbooks.version(workbook_id)}"


def _tabs(desk: Desk, workbook: Workbook) -> str:
    tables = desk.workbooks.read(workbook, desk.chapter.columns_of)
    return ", ".join(f"“{t.source}” {sum(1 for _ in t.filled())} rows" for t in tables)


def _questions(desk: Desk, form: Form) -> str:
    table = desk.forms.read(form, desk.chapter.columns_of(form.holds), desk.today).table
    return f"“{table.source}” {len(table.rows)} answers, {len(table.fields)} questions read"


def _merge_fields(desk: Desk) -> str:
    held = desk.audience.merge_fields()
    ours = desk.chapter.mailchimp.marks.fields
    missing = [tag for tag in ours if tag not in held]
    return f"{', '.join(missing)} will be made at the first sync" if missing else "all there"
