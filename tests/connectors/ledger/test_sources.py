"""Snapshots of the sources come back as they were."""

import pytest

from connectors.ledger import Ledger, Snapshot, sources
from models.errors import FixTheSettings
from models.intake.tables import Cell, Table
from tests.connectors.ledger.nights import night

ROWS: list[list[Cell]] = [
    [45_000.5, "Meeting", "ann@example.org", "Ann “É” 😀 \ud800\x00"],
    [1, True, False, None],
    [1.0, "", -3, "=1+1"],
]
SHEET = Table(
    source="Sign-ins",
    kind="sign_ins",
    zone="America/New_York",
    fields=("at", "event", "address", "name"),
    columns=(0, 2, 5, 7),
    rows=ROWS,
    first_row=3,
    day_first=True,
)
FORM = Table("Form", "event_sign_ins", "UTC", ("address",), (), [["b@example.org"]] * 5,
             row_names=("r1", "r2", "r3", "r4", "r5"), tab_event="Forum")  # fmt: skip
EMPTY = Table("Empty", "volunteers", "UTC", ("day",), (0,), [])
BOOK = Snapshot("workbook 1", "17", (SHEET, EMPTY, FORM), {"Sign-ins|sign_ins": 3})


@pytest.mark.parametrize("piece", [1, 2, 20_000])
def test_a_snapshot_comes_back_cell_by_cell(
    ledger: Ledger, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_PIECE", piece)
    ledger.commit_night(night(snapshots=[BOOK]))
    back = ledger.snapshot("workbook 1")
    assert back == BOOK
    assert repr(back.tables[0].rows) == repr(ROWS)  # 1, True and 1.0 are equal and not the same
    assert ledger.snapshots() == {"workbook 1": BOOK}


def test_a_new_reading_takes_the_place_of_the_last(ledger: Ledger) -> None:
    form = Snapshot("form 2", "2026-03-10T00:00:00Z", (FORM,), {"Form|event_sign_ins": 5})
    ledger.commit_night(night(snapshots=[BOOK, form]))
    newer = Snapshot("workbook 1", "18", (EMPTY,), {})
    ledger.commit_night(night(snapshots=[newer]))
    assert ledger.snapshots() == {"workbook 1": newer, "form 2": form}
    assert ledger.versions() == {"workbook 1": "18", "form 2": "2026-03-10T00:00:00Z"}
    assert ledger.boxes() == {"workbook 1": {}, "form 2": {"Form|event_sign_ins": 5}}


def test_a_field_of_a_snapshot_of_before_has_its_name_of_today(ledger: Ledger) -> None:
    """Else a consent would be lost until the sheet is read again (DP-4)."""
    rows: list[list[Cell]] = [["ann@example.org", "Yes"]]
    before = Table("Members", "registrations", "UTC", ("address", "wants_mail"), (0, 1), rows)
    ledger.commit_night(night(snapshots=[Snapshot("workbook 1", "17", (before,), {})]))
    back = ledger.snapshot("workbook 1")
    assert back
    assert back.tables[0].fields == ("address", "wants_email")
    assert back.tables[0].rows == rows


def test_an_unknown_source_has_no_snapshot(ledger: Ledger) -> None:
    assert ledger.snapshot("workbook 9") is None


def test_a_source_no_longer_read_is_not_kept(ledger: Ledger) -> None:
    ledger.commit_night(night(snapshots=[BOOK, Snapshot("form 2", "1", (FORM,), {})]))
    ledger.commit_night(night())
    assert len(ledger.versions()) == 2
    ledger.commit_night(night(keep=["form 2", "form 3"]))
    assert ledger.versions() == {"form 2": "1"}
    assert ledger.snapshot("workbook 1") is None


def test_a_snapshot_of_another_shape_is_read_anew(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "SHAPE", "source,kind")
    ledger.commit_night(night(snapshots=[BOOK]))
    monkeypatch.undo()
    assert ledger.versions() == {"workbook 1": ""}
    assert ledger.snapshot("workbook 1") is None
    assert ledger.boxes() == {"workbook 1": {"Sign-ins|sign_ins": 3}}


def test_nobody_is_judged_on_the_sources_that_happen_to_be_readable(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "SHAPE", "source,kind")
    ledger.commit_night(night(snapshots=[BOOK]))
    monkeypatch.undo()
    form = Snapshot("form 2", "1", (FORM,), {})
    ledger.commit_night(night(snapshots=[form]))
    with pytest.raises(FixTheSettings, match=r"1 of 2 sources .*\n.*clerk sync --apply"):
        ledger.snapshots()
    ledger.commit_night(night(snapshots=[BOOK]))
    assert set(ledger.snapshots()) == {"workbook 1", "form 2"}
