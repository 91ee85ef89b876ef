"""`clerk doctor`: everything a night needs, checked one by one: pass, or the exact fix."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from connectors.settings import Chapter, Form, Workbook
from flows.alert_words import clock, sentence
from flows.ballot_form_check import ballot_forms
from flows.bylaws_check import bylaws_said
from flows.desk import Desk, open_desk
from flows.own_letters import own_letters
from flows.prefect_server import prefect_exit
from flows.scheduler_check import asks_for_a_password
from models.errors import ClerkError, FixTheSettings, TryAgainLater
from models.privacy import Email

SAMPLES = frozenset({
    "Your Chapter", "https://chapter.example.org", "abc123def4", "hello@chapter.example.org",
    "1AbCdEfGhIjKlMnOpQrStUvWxYz", "1ZyXwVuTsRqPoNmLkJiHgFeDcBa",
})  # fmt: skip
"""What docs/chapter.example.toml holds where each chapter writes its own."""

Look = tuple[str, Callable[[], str]]
"""One thing to check, and how; it gives what was found or raises what is wrong."""


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
    for check in _each(folder, _at_home, _elsewhere):
        first = check.what if check.fine else told.setdefault(check.found, check.what)
        if first == check.what:
            yield check
        else:
            yield check._replace(found=f"see “{first}” above", next_step="", same_as=first)


def exit_code_of(checks: Iterable[Check]) -> int:
    """The highest code; “try again later” only if trying again is all there is to do."""
    codes = {check.exit_code for check in checks}
    return max(codes - {0, TryAgainLater.exit_code}, default=max(codes, default=0))


def summary_of(checks: Iterable[Check]) -> str:
    """The last line: as many as were shown, and how many of them want a hand."""
    wrong = [check for check in checks if not check.fine]
    follow = sum(1 for check in wrong if check.same_as)
    if not wrong:
        return "All is well."
    if not follow:
        return f"{len(wrong)} to mend"
    return f"{len(wrong)} ✗: {len(wrong) - follow} to mend, {follow} for the same reasons"


def local(folder: Path) -> Iterator[Check]:
    """Check what can be checked without asking Google or Mailchimp."""
    yield from _each(folder, _at_home)


def fit_to_run(folder: Path) -> list[Check]:
    """Whether jobs may be left to run by themselves.

    Returns:
        What is wrong now and may cure itself, such as a database that does not answer.

    Raises:
        FixTheSettings: something must be mended first; all of it at once.
    """
    failed = [check for check in local(folder) if not check.fine]
    passing = [check for check in failed if check.exit_code == TryAgainLater.exit_code]
    lasting = [check for check in failed if check not in passing]
    if lasting:
        raise FixTheSettings(
            "; ".join(dict.fromkeys(check.found for check in lasting)),
            next_step="; ".join(dict.fromkeys(check.next_step for check in lasting)),
        )
    return passing


def _each(folder: Path, *parts: Callable[[Desk], Iterator[Look]]) -> Iterator[Check]:
    try:
        with open_desk(folder) as desk:
            yield Check("settings", True, f"{desk.chapter.name}, zone {desk.chapter.zone}")
            for part in parts:
                for what, look in part(desk):
                    yield _looked(what, look)
    except ClerkError as error:
        yield _failed("settings and ledger", error)


def _looked(what: str, look: Callable[[], str]) -> Check:
    try:
        return Check(what, True, look())
    except ClerkError as error:
        return _failed(what, error)


def _at_home(desk: Desk) -> Iterator[Look]:
    yield "names and addresses", lambda: _filled_in(desk.chapter)
    yield "bylaws", lambda: bylaws_said(desk)
    yield "Google credentials", lambda: f"service account {desk.google.account}"
    yield "Mailchimp key", lambda: _mailchimp_key(desk)
    yield "exits", lambda: _exits(desk)
    if desk.chapter.letters.folder:
        yield "own letters", lambda: own_letters(desk.chapter)
    for kind in desk.chapter.letters.send:
        yield f"letter {kind}", partial(_letter, desk, kind)


def _elsewhere(desk: Desk) -> Iterator[Look]:
    chapter = desk.chapter
    yield "ledger", lambda: _last_night(desk)
    yield "what officers are told", lambda: _alerts(desk)
    for workbook in chapter.workbooks:
        yield f"workbook {workbook.id}: access", partial(_version, desk, workbook.id)
        yield f"workbook {workbook.id}: tabs and headers", partial(_tabs, desk, workbook)
    for form in chapter.forms:
        yield f"form {form.id}: questions", partial(_questions, desk, form)
    yield from ballot_forms(desk)
    yield "Mailchimp audience", lambda: f"audience “{desk.audience.name()}”"
    yield "merge fields", lambda: _merge_fields(desk)
    if url := os.environ.get("PREFECT_API_URL"):
        yield "scheduler", lambda: asks_for_a_password(url)
    yield "clock", lambda: f"{desk.now().astimezone(chapter.tz):%Y-%m-%d %H:%M %Z}"


def _failed(what: str, error: ClerkError) -> Check:
    found = f"{error.where}: {error.fact}" if error.where else error.fact
    if error.rule:
        found += f" ({error.rule})"
    return Check(what, False, found, error.next_step, error.exit_code)


def _filled_in(chapter: Chapter) -> str:
    """What letters and pages say of the chapter, where no service would object to it."""
    mailchimp = chapter.mailchimp
    own = {
        "name": chapter.name,
        "website": chapter.website,
        "[mailchimp] list_id": mailchimp.list_id,
        "[mailchimp] from_name": mailchimp.from_name,
        "[mailchimp] reply_to": mailchimp.reply_to,
    }
    own |= {f"[[workbooks]] {n} id": book.id for n, book in enumerate(chapter.workbooks, 1)}
    own |= {f"[[forms]] {n} id": form.id for n, form in enumerate(chapter.forms, 1)}
    wrong = [f"{key} still has the example's value" for key, is_ in own.items() if is_ in SAMPLES]
    if not _is_page(chapter.website):
        wrong.append("website is no address of a page")
    try:
        Email.parse(mailchimp.reply_to)
    except ValueError:
        wrong.append("[mailchimp] reply_to is no mail address")
    if wrong:
        raise FixTheSettings(
            "; ".join(wrong),
            where="chapter.toml",
            next_step="write your chapter's own; a website begins with https://",
        )
    return f"letters come from {mailchimp.from_name}" + (
        f" and lead to {chapter.website}" if chapter.website else ""
    )


def _is_page(website: str) -> bool:
    try:
        parts = urlsplit(website)
    except ValueError:
        return False
    return not website or (parts.scheme in ("http", "https") and bool(parts.hostname))


def _mailchimp_key(desk: Desk) -> str:
    desk.mailchimp  # noqa: B018 - reads the key, and says if it is none
    return "there, for you alone"


def _exits(desk: Desk) -> str:
    url = os.environ.get("PREFECT_API_URL")
    return "; ".join(map(str, [*desk.exits(), *([prefect_exit(url)] if url else [])]))


def _last_night(desk: Desk) -> str:
    run = desk.ledger.last_run()
    if run is None:
        return "new; no night recorded yet"
    if run.finished is None:
        return _unfinished(desk)
    age = (desk.today - run.day).days
    if age > 2:
        raise FixTheSettings(
            f"the last night was {age} days ago, on {run.day}",
            next_step="see that `clerk serve` is running (docs/running.md)",
        )
    took_over = "; it finished a night that was cut short" if run.finishes else ""
    return f"last night recorded {run.day}{took_over}"


def _alerts(desk: Desk) -> str:
    """What is still so, as the officers were told, or will be."""
    waiting = {known.id for known in desk.ledger.alerts.untold()}
    said = [
        f"{sentence(known.alert)} So since {clock(known.raised, desk.chapter.tz)}"
        + (", and they were not told yet" if known.id in waiting else "")
        for known in desk.ledger.alerts.still_so()
    ]
    return "; ".join(said) or "nothing is still so"


def _unfinished(desk: Desk) -> str:
    """A night that is at work is fine; one that failed or died has left half of its work."""
    try:
        with desk.ledger.alone():
            run = desk.ledger.last_run()
    except TryAgainLater:
        return "a night, or another job, is at work"
    if run is None or run.finished:
        return "a night has just been finished"
    if run.failed:
        raise TryAgainLater(
            f"the night of {run.day} failed before its end, or was stopped by hand",
            next_step="the next night does what is left, and `clerk sync --apply` does it now; why "
            "a night of `clerk serve` failed stands in its log",
        )
    raise TryAgainLater(
        f"the night of {run.day} was cut short",
        next_step="`clerk serve` finishes it within "
        f"{desk.chapter.schedule.clock_minutes} minutes, and `clerk sync --apply` now",
    )


def _version(desk: Desk, workbook_id: str) -> str:
    return f"readable, Drive version {desk.workbooks.version(workbook_id)}"


def _tabs(desk: Desk, workbook: Workbook) -> str:
    tables, alone = desk.workbooks.read(workbook, desk.chapter.columns_of)
    found = ", ".join(f"“{t.source}” {sum(1 for _ in t.filled())} rows" for t in tables)
    nightly = "; read every night: a formula may bring data from elsewhere"
    return found if alone else found + nightly


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
