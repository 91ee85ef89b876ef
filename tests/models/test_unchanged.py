"""When a workbook is passed over: the policy of models.intake.unchanged, sentence by sentence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.intake.unchanged import WorkbookRead, signature

DAY = date(2026, 3, 31)
LAST = WorkbookRead("12", "settings", within=True, whole=DAY)


def test_nothing_changed_so_it_is_passed_over() -> None:
    assert LAST.holds("12", "settings", DAY)
    assert LAST.holds("12", "settings", DAY + timedelta(days=6))


@pytest.mark.parametrize(
    ("last", "drive", "asked", "days"),
    [
        (LAST, "13", "settings", 0),
        (LAST, "12", "others", 0),
        (replace(LAST, within=False), "12", "settings", 0),
        (LAST, "12", "settings", 7),
        (LAST, "12", "settings", -1),
    ],
    ids=["version", "settings", "import", "week", "a clock that was ahead"],
)
def test_any_of_these_has_it_read(last: WorkbookRead, drive: str, asked: str, days: int) -> None:
    assert not last.holds(drive, asked, DAY + timedelta(days=days))


@pytest.mark.parametrize("within", [True, False])
def test_what_the_ledger_keeps_is_what_was_known(within: bool) -> None:
    read = replace(LAST, within=within)
    assert WorkbookRead.parsed(str(read)) == read


@pytest.mark.parametrize(
    "kept", ["", "12|0123456789ab", "12|settings|within|soon", "12|settings|maybe|2026-03-31"]
)
def test_what_another_version_kept_is_read_anew(kept: str) -> None:
    assert WorkbookRead.parsed(kept) is None


def test_a_signature_tells_settings_apart_and_nothing_else() -> None:
    assert signature({"a": 1, "b": 2}) == signature({"b": 2, "a": 1}) == "1176b831c374"
    assert signature({"a": 1, "b": 2}) != signature({"a": 1, "b": 3})
