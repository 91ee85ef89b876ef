"""What a night passes over, and what it reads although no version tells of a change."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from connectors.sandbox.google.cells import Shown
from connectors.sandbox.google.workbook import Tab
from connectors.sandbox.invented import WORKBOOK, serial
from tests.conftest import Clock
from tests.flows.town import Town

NIGHT = """
import sys
from datetime import datetime
from pathlib import Path
from flows.context import open_chapter
from flows.nightly.sync import SyncOptions, sync

with open_chapter(Path(sys.argv[1]), lambda: datetime.fromisoformat(sys.argv[2])) as context:
    sync(context, SyncOptions(apply=True))
"""
"""One night in a process of its own, at a moment."""
OTHER = "partner-sign-ins"


@pytest.fixture
def settled(town: Town, clock: Clock) -> Town:
    """A chapter after two nights: the first wrote the review tab, which is a new version."""
    for _ in range(2):
        town.night()
        clock.go(minutes=10)
    town.sandbox.reset()
    return town


def reads(town: Town) -> int:
    """How often the workbook's cells were asked for since the journal began."""
    return sum(e.pattern.endswith("values:batchGet") for e in town.sandbox.journal)


def whole_forms(town: Town) -> int:
    """How often all answers to the form were."""
    asked = [e for e in town.sandbox.journal if e.pattern.endswith("/responses")]
    return sum("filter" not in dict(e.query) for e in asked)


def apart(folder: Path, at: datetime, seed: str) -> None:
    """A night in another process, whose sets have another order."""
    command = [sys.executable, "-c", NIGHT, str(folder), at.isoformat()]
    subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."})


def test_another_process_knows_what_has_not_changed(settled: Town, clock: Clock) -> None:
    for seed in ("1", "2"):
        apart(settled.folder, clock(), seed)
    assert (reads(settled), whole_forms(settled)) == (0, 0)


FORMULA = f'=IMPORTRANGE("https://docs.google.com/spreadsheets/d/{OTHER}/edit", "Log!A:D")'


def imported(town: Town) -> None:
    """The tab that we read is itself imported."""
    with town.edit("Volunteering") as rows:
        rows[:] = [[Shown("", "", FORMULA)]]


def imported_elsewhere(town: Town) -> None:
    """The tab that we read shows one that we do not read; that one is imported."""
    book = town.sandbox.google.workbooks[WORKBOOK]
    raw = Tab("Raw", [[Shown("", "", FORMULA)]], 77)
    book.tabs.append(raw)
    book.tab("Volunteering").rows = raw.rows  # as ={Raw!A:D} shows it
    town.sandbox.google.wrote(book)


@pytest.mark.parametrize("imports", [imported, imported_elsewhere])
def test_an_imported_tab_is_seen_the_same_night(
    settled: Town, clock: Clock, imports: Callable[[Town], None]
) -> None:
    """IMPORTRANGE moves neither version nor date of the workbook that shows the cells."""
    google = settled.sandbox.google
    log = [list(row) for row in settled.rows("Volunteering")]
    google.add_workbook(OTHER, "Partner", {"Log": log}, shared_with=set())
    imports(settled)
    for _ in range(2):
        assert settled.night().plan.is_empty()
    version = google.workbooks[WORKBOOK].version
    with google.edit(OTHER, "Log") as rows:
        rows.append([serial(clock.today), "Canvass", "nia@example.org", "Nia New"])
    assert google.workbooks[WORKBOOK].version == version
    assert len(settled.night().plan.gaining) == 1


def test_formulas_that_stay_within_keep_nothing_from_being_passed_over(settled: Town) -> None:
    with settled.edit("Events") as rows:
        rows[1][1] = Shown(rows[1][1], str(rows[1][1]), "=TRIM(Raw!B2)")  # type: ignore[arg-type]  # a text it is
    settled.night()
    settled.night()
    settled.sandbox.reset()
    settled.night()
    assert reads(settled) == 0


def test_everything_is_read_once_a_week(settled: Town, clock: Clock) -> None:
    for day in range(1, 8):
        clock.go(days=1)
        settled.sandbox.reset()
        settled.night()
        settled.night()
        assert (reads(settled), whole_forms(settled)) == ((1, 1) if day == 7 else (0, 0)), day


def test_another_setting_has_it_read(settled: Town) -> None:
    (settled.folder / "chapter.toml").write_text(
        settled.settings + '\n[columns.exceptions]\nname = "Who"\n'
    )
    settled.night()
    assert reads(settled) == 1


def test_what_another_version_of_clerk_kept_is_read_anew(settled: Town) -> None:
    """It kept Drive's version and a signature, and of formulas nothing."""
    version = settled.sandbox.google.workbooks[WORKBOOK].version
    with sqlite3.connect(settled.folder / "ledger" / "clerk.sqlite") as db:
        old = f"{version}|0123456789ab"
        db.execute("UPDATE snapshots SET version = ? WHERE key LIKE 'workbook %'", [old])
    db.close()
    settled.night()
    assert reads(settled) == 1
