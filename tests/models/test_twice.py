"""The hour that comes twice in autumn: the order of the rows decides which of the two is meant."""

from datetime import UTC, datetime

import pytest

from models.intake.columns import COLUMNS
from models.intake.people import latest_answers
from models.intake.report import read_registrations
from models.intake.row_results import RowResults
from models.intake.tables import Cell, table_from
from models.intake.twice import in_order
from tests.models.invented import BOSTON


def clock(*times: str) -> list[datetime | None]:
    """Moments of the night to November 1, 2026, when 1:00 to 2:00 comes twice; "" is none."""
    return [
        datetime.fromisoformat(f"2026-{one}").replace(tzinfo=BOSTON) if one else None
        for one in times
    ]


def utc(moments: list[datetime | None]) -> list[str]:
    """Hours and minutes in UTC."""
    return [f"{one.astimezone(UTC):%H:%M}" if one else "" for one in moments]


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (("11-01T01:50", "11-01T01:10"), ["05:50", "06:10"]),
        (("11-01T01:10", "11-01T01:50"), ["05:10", "05:50"]),
        (("11-01T01:50", "", "11-01T01:10", "11-01T01:20"), ["05:50", "", "06:10", "06:20"]),
        (("10-31T09:00", "11-01T01:50", "11-01T01:10", "11-01T02:05"),
         ["13:00", "05:50", "06:10", "07:05"]),
        (("11-01T03:00", "11-01T02:30", "11-01T01:50", "11-01T01:10"),
         ["08:00", "07:30", "05:50", "05:10"]),
        (("03-08T01:50", "03-08T03:10"), ["06:50", "07:10"]),
        (("11-01T01:50", "11-02T09:00", "11-01T01:10"), ["05:50", "14:00", "05:10"]),
    ],
)  # fmt: skip
def test_the_order_of_rows_tells_the_two_hours_apart(
    times: tuple[str, ...], told: list[str]
) -> None:
    assert utc(in_order(clock(*times))) == told


def test_what_is_no_clock_with_two_hours_stays_as_it_is() -> None:
    moments = [datetime(2026, 11, 1, 5, 50, tzinfo=UTC), None, datetime(2026, 11, 1, 5, tzinfo=UTC)]
    assert in_order(moments) == moments


def test_the_later_row_is_somebodys_last_word_about_mail() -> None:
    """DP-4: at 1:10 for the second time, after 1:50, Ann takes it back."""
    grid: list[list[Cell]] = [
        ["Timestamp", "Name", "Email address", "Mailing list"],
        ["11/1/2026 1:50:00", "Ann", "ann@example.org", "Yes"],
        ["11/1/2026 1:10:00", "Ann", "ann@example.org", "No"],
    ]
    tab = table_from("Registrations", grid, COLUMNS["registrations"], BOSTON.key)
    (last,) = latest_answers(read_registrations(tab, BOSTON, RowResults()))
    assert not last.wants_email
