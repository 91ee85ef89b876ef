"""The sealed record: whatever is changed in it breaks a seal."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.chain import START, Line, faults

NOW = datetime(2026, 4, 2, 13, tzinfo=UTC)


def record(length: int = 5) -> list[Line]:
    lines: list[Line] = []
    for number in range(1, length + 1):
        line = Line(
            number=number,
            at=NOW + timedelta(minutes=number),
            election="spring",
            who="Thea Novak",
            what="opened the vote",
            facts={"voters": number},
            before=lines[-1].seal if lines else START,
        )
        lines.append(line.sealed())
    return lines


def test_an_untouched_record_holds() -> None:
    assert list(faults(record())) == []
    assert list(faults([])) == []


@pytest.mark.parametrize(
    "change",
    [
        {"who": "Somebody Else"},
        {"what": "closed the vote"},
        {"facts": {"voters": 99}},
        {"at": NOW},
        {"election": "autumn"},
    ],
)
def test_whatever_is_changed_is_noticed(change: dict[str, object]) -> None:
    lines = record()
    lines[2] = lines[2].model_copy(update=change)
    assert list(faults(lines)) == ["line 3 was changed after it was written"]


def test_a_changed_line_with_a_new_seal_breaks_the_next() -> None:
    lines = record()
    lines[2] = lines[2].model_copy(update={"who": "Somebody Else"}).sealed()
    assert list(faults(lines)) == ["line 4 does not follow the line before it"]


@given(st.integers(0, 3))
def test_a_line_taken_out_is_noticed(number: int) -> None:
    lines = record()
    del lines[number]
    assert any("missing" in fault for fault in faults(lines))


def test_the_order_matters() -> None:
    lines = record()
    lines[1], lines[2] = lines[2], lines[1]
    assert list(faults(lines))


def test_the_zone_of_a_moment_changes_no_seal() -> None:
    line = record(1)[0]
    elsewhere = line.model_copy(update={"at": line.at.astimezone(tz=None)})
    assert elsewhere.digest() == line.seal
