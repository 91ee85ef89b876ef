"""One date that can only be day-first makes the others of its column questions (VM-2)."""

from dataclasses import replace

import pytest

from models.intake.day_order import ASKED, in_two_ways
from models.intake.locations import Weight
from models.intake.tables import Cell
from models.membership.voter_roll import Facts, gather
from tests.models.invented import BOSTON, JPP, KEY, day, held, table, volunteered

SERIAL = {"2025-09-12": 45912, "2025-12-09": 46000, "2025-11-01": 45962, "2025-12-21": 46012}


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        (["12/09/2025", "01/11/2025", "21/12/2025"], [0, 1, 2]),
        (["12/09/2025", "01/11/2025", "12/21/2025"], []),
        (["12/09/2025", "12/21/2025", "21/12/2025"], [0, 2]),
        (["12/09/2025 19:00", "5/5/2025", "21/12/2025 7 pm"], [0, 2]),
        (["12.09.2025", "01.11.2025"], [0, 1]),
        (["12.09.2025", "12.21.2025"], []),
        (["12-09-25", "21-12-25", "", None], [0, 1]),
        (["2025-09-12", "Sep 12, 2025", "21/12/2025"], [2]),
        ([SERIAL["2025-12-09"], SERIAL["2025-11-01"], "21/12/2025"], [0, 1, 2]),
        ([SERIAL["2025-12-09"], SERIAL["2025-12-21"], "21/12/2025"], [2]),
        ([SERIAL["2025-12-09"], "12/09/2025"], []),
        (["Tue 12/9/2025", "13/13/2025", True, "99/12/2025/1"], []),
    ],
)
def test_which_dates_of_a_column_can_be_read_in_two_ways(
    cells: list[Cell], asked: list[int]
) -> None:
    assert in_two_ways(cells, day_first=False) == {cells[number] for number in asked}


def test_where_the_locale_writes_the_day_first_a_month_first_is_the_proof() -> None:
    assert in_two_ways(["12/09/2025", "12/21/2025"], day_first=True) == {"12/09/2025", "12/21/2025"}
    assert in_two_ways(["12/09/2025", "21/12/2025", "1.2.2025"], day_first=True) == set()


def night(days: list[str], *, day_first: bool = False) -> Facts:
    """Events and a log on days as somebody typed them."""
    events = table("events", [held(one, f"Forum {n}", kind="Forum") for n, one in enumerate(days)])
    log = table("volunteers", [volunteered(one, "Canvass", "ann@example.org") for one in days])
    tables = [replace(one, day_first=day_first) for one in (events, log)]
    return gather(tables, JPP, BOSTON, day("2026-03-01"), {}, KEY)


def test_such_rows_are_asked_about_and_count_nowhere() -> None:
    facts = night(["12/09/2025", "21/12/2025"])
    asked = [
        str(i.place) for i in facts.review if i.weight is Weight.QUESTION and i.reason == ASKED
    ]
    assert asked == ["Events!A2", "Events!A3", "Volunteers!A2", "Volunteers!A3"]
    assert facts.events == []
    assert facts.roll(facts.today).entries == {}


def test_in_a_workbook_that_writes_the_day_first_they_are_read() -> None:
    facts = night(["12/09/2025", "21/12/2025"], day_first=True)
    assert {str(event.day) for event in facts.events} == {"2025-09-12", "2025-12-21"}
