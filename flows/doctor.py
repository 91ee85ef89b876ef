"""`clerk doctor`: everything a night needs, checked one by one: pass, or the exact fix."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from connectors.settings import Form, Workbook
from flows.deployments import prefect_exit
from flows.desk import Desk, open_desk
from models.errors import ClerkError, FixTheSettings, TryAgainLater


class Check(NamedTuple):
    """One thing checked."""

    what: str
    fine: bool
    found: str
    next_step: str = ""
    exit_code: int = 0
    same_as: str = ""
    """The check that failed for the same reason and tells it; "" for a reason of its own."""


def examine(folder: Path) -> Iterator[Check]:
    """Check everything, one by one; a failure does not stop the checks that can still be made."""
    told: dict[str, str] = {}
    for check in _each(folder):
        first = check.what if check.fine else told.setdefault(check.found, check.what)
        if first == check.what:
            yield check
        else:
            yield check._replace(found=f"see “{first}” above", next_step="", same_as=first)


def exit_code_of(checks: Iterable[Check]) -> int:
    """The highest code; “try again later” only if trying again is all there is to do."""
    codes = {check.exit_code for check in checks}
    return max(codes - {0, TryAgainLater.exit_code}, default=max(codes, default=0))


def _each(folder: Path) -> Iterator[Check]:
    try:
        with open_desk(folder) as desk:
            yield Check("settings", True, f"{desk.chapter.name}, zone {desk.chapter.zone}")
            yield from _all(desk)
    except ClerkError as error:
        yield _failed("settings and ledger", error)


def _all(desk: Desk) -> Iterator[Check]:
    for what, look in _looks(desk):
        try:
            yield Check(what, True, look())
        except ClerkError as error:
            yield _failed(what, error)


def _looks(desk: Desk) -> Iterator[tuple[str, Callable[[], str]]]:
    chapter = desk.chapter
    yield "bylaws", lambda: _bylaws(desk)
    yield "exits", lambda: _exits(desk)
    yield "ledger", lambda: _last_night(desk)
    yield "Google credentials", lambda: f"service account {desk.google.account}"
    for workbook in chapter.workbooks:
        yield f"workbook {workbook.id}: access", partial(_version, desk, workbook.id)
        yield f"workbook {workbook.id}: tabs and headers", partial(_tabs, desk, workbook)
    for form in chapter.forms:
        yield f"form {form.id}: questions", partial(_questions, desk, form)
    yield "Mailchimp credentials and audience", lambda: f"audience “{desk.audience.name()}”"
    yield "merge fields", lambda: _merge_fields(desk)
    for kind in chapter.letters.send:
        yield f"letter {kind}", partial(_letter, desk, kind)
    yield "clock", lambda: f"{desk.now().astimezone(chapter.tz):%Y-%m-%d %H:%M %Z}"


def _failed(what: str, error: ClerkError) -> Check:
    found = f"{error.where}: {error.fact}" if error.where else error.fact
    return Check(what, False, found, error.next_step, error.exit_code)


def _bylaws(desk: Desk) -> str:
    edition = desk.bylaws.in_force(desk.today).name
    desk.counting_rules  # noqa: B018 - reads the second file, which a vote will need
    stem = Path(desk.chapter.bylaws).stem
    return f"edition in force: {edition} ({stem}.toml; votes: counting-{stem}.toml)"


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


def _letter(desk: Desk, kind: str) -> str:
    return f"subject “{desk.words(kind).subject}”"


def _merge_fields(desk: Desk) -> str:
    held = desk.audience.merge_fields()
    ours = desk.chapter.mailchimp.marks.fields
    missing = [tag for tag in ours if tag not in held]
    return f"{', '.join(missing)} will be made at the first sync" if missing else "all there"
