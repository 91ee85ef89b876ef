"""The tab with the committee's seats: what becomes a seat, and what is asked (SC-1, SC-3, SC-4)."""

from datetime import date

import pytest

from models.bylaws.counting import CommitteeCount
from models.committee.members import Committee
from models.dates import zone_named
from models.intake.tables import Cell, table_from
from models.intake.year_columns import YEAR_COLUMNS
from models.year.book import YearBook, read_year
from tests.cases.reading import EDITION
from tests.models.year import tabs

COMMITTEE = EDITION.committee
ZONE = zone_named("America/New_York")
HEADERS: list[Cell] = [
    "Name", "Email address", "Confirmed", "Co-chair since", "On leave from", "On leave through",
    "Left",
]  # fmt: skip
ANN: list[Cell] = ["Ann Alder", "ann@example.org", "2026-01-20"]


def read(*rows: list[Cell], headers: list[Cell] = HEADERS) -> YearBook:
    filled = [[*row, *[None] * (len(headers) - len(row))] for row in rows]
    tab = table_from("Committee", [headers, *filled], YEAR_COLUMNS["committee"], ZONE.key)
    return read_year([tab], ZONE)


def committee(*rows: list[Cell]) -> Committee:
    book = read(*rows)
    assert not book.review
    assert book.committee
    return book.committee


def names(held: Committee, on: date, rules: CommitteeCount = COMMITTEE) -> list[str]:
    return [one.name for one in held.active(on, rules)]


def test_a_row_is_a_seat_with_its_address() -> None:
    held = committee(ANN, ["Ben Birch", None, "1/20/2026", "2026-01-20"])
    assert names(held, date(2026, 2, 1)) == ["Ann Alder", "Ben Birch"]
    assert held.chairs(date(2026, 2, 1), COMMITTEE).keys() == {"Ben Birch"}
    assert held.members[0].address
    assert "ann@" not in repr(held)


def test_a_second_row_adds_a_leave_and_leaves_that_touch_are_one() -> None:
    held = committee(
        [*ANN, None, "2026-03-01", "2026-05-31"],
        ["Ann  ALDER", None, "2026-01-20", None, "2026-06-01", "2026-09-30"],
    )
    (seat,) = held.members
    assert [names(held, date(2026, month, 1)) for month in (2, 3, 9, 10)] == [
        ["Ann Alder"], [], [], ["Ann Alder"],
    ]  # fmt: skip
    told = [r.fact for r in held.reasons(date(2026, 2, 1), COMMITTEE) if r.rule == "SC-4"]
    assert told == ["Ann Alder: a leave longer than 6 months"], "a leave of seven months"
    assert len(seat.leaves) == 2


def test_confirmed_again_is_a_new_seat_and_the_one_before_has_ended() -> None:
    held = committee(["Ann Alder", None, "2025-01-21", "2025-01-21"], ANN)
    assert [(one.confirmed.year, one.left) for one in held.members] == [
        (2025, date(2026, 1, 20)),
        (2026, None),
    ]
    assert names(held, date(2026, 1, 19)) == ["Ann Alder"]
    assert held.chairs(date(2026, 6, 1), COMMITTEE).keys() == {"Ann Alder"}, "for two years (SC-3)"


def test_who_left_and_came_back_is_no_chair_any_more() -> None:
    held = committee(["Ann Alder", None, "2025-01-21", "2025-01-21", None, None, "2025-06-01"], ANN)
    assert not held.chairs(date(2026, 6, 1), COMMITTEE)
    assert names(held, date(2025, 6, 1)) == []
    assert names(held, date(2026, 6, 1)) == ["Ann Alder"]


@pytest.mark.parametrize(
    ("cells", "reason", "cell"),
    [
        (["Ann", None, None], "the day of the confirmation is missing", "C2"),
        ([None, "ann@example.org", "2026-01-20"], "the member's name is missing", "A2"),
        (["Ann", None, "soon"], "this is not a date", "C2"),
        (["Ann", None, "2026-01-20", None, "2026-03-01"], "its first and its last day", "F2"),
        (["Ann", None, "2026-01-20", None, None, "2026-03-01"], "its first and its last", "E2"),
        (
            ["Ann", None, "2026-01-20", None, "2026-03-02", "2026-03-01"],
            "ends before it begins",
            "F2",
        ),
        (["Ann", None, "2026-01-20", None, None, None, "2026-01-19"], "must be after", "2:2"),
    ],
)
def test_a_row_that_is_no_seat_says_why_by_its_cell(
    cells: list[Cell], reason: str, cell: str
) -> None:
    book = read(cells, ["Ben Birch", None, "2026-01-20"])
    (told,) = book.review
    assert reason in told.reason
    assert told.place.cell == cell
    assert book.committee
    assert [one.name for one in book.committee.members] == ["Ben Birch"]


def test_two_rows_of_a_seat_that_disagree_are_asked_about() -> None:
    book = read([*ANN, None, None, None, "2026-05-01"], [*ANN, None, None, None, "2026-06-01"])
    assert book.committee is None
    assert [one.reason for one in book.review] == [
        "two rows of this seat have another day of leaving; the seat is not read"
    ]


def test_an_unreadable_address_is_a_note_and_the_seat_stays() -> None:
    book = read(["Ann Alder", "ann at home", "2026-01-20"])
    assert book.committee
    assert [(one.weight.value, one.place.cell) for one in book.review] == [("note", "B2")]


def test_a_tab_without_a_usable_row_is_no_committee() -> None:
    assert read().committee is None
    assert read(["Ann", None, None]).committee is None


SIX: list[dict[str, Cell]] = [
    {"name": name, "confirmed": "2026-01-20"} for name in ("Ann", "Ben", "Cy", "Di", "Eve", "Flo")
]


def shown(*seats: dict[str, Cell], on: date = date(2026, 2, 10)) -> list[tuple[str, ...]]:
    """What the review says of these seats: weight, place, reason, next step, rule."""
    return [
        (one.weight.value, str(one.place), one.reason, one.next_step, one.rule)
        for one in tabs.read(on, committee=[*seats]).review
    ]


@pytest.mark.parametrize(("many", "is_asked"), [(4, True), (5, False), (6, False)])
def test_a_committee_of_four_is_asked_about_by_its_tab(many: int, is_asked: bool) -> None:
    """SC-1: “a minimum of five (5) and no more than fifteen (15) members.”"""
    told = shown(*SIX[:many])
    if not is_asked:
        assert told == []
        return
    assert told == [
        (
            "question",
            "Committee",
            "4 members are on the committee today; 5 to 15 are allowed",
            (
                "enter the seats that are missing, or correct the days of those who are here; if "
                "the list is right, the voting members confirm more members"
            ),
            "SC-1",
        )
    ]


@pytest.mark.parametrize(("many", "is_asked"), [(15, False), (16, True)])
def test_a_committee_of_sixteen_is_asked_about_too(many: int, is_asked: bool) -> None:
    seats = [{"name": f"Member {n}", "confirmed": "2026-01-20"} for n in range(many)]
    assert bool(shown(*seats)) is is_asked  # type: ignore[misc]


def test_those_who_left_are_not_counted() -> None:
    left = [{**seat, "left": "2026-02-01"} for seat in SIX[4:]]
    ((_, place, reason, *_),) = shown(*SIX[:4], *left)
    assert (place, reason[:9]) == ("Committee", "4 members")


@pytest.mark.parametrize(
    ("last", "is_asked"), [("2026-08-31", False), ("2026-09-01", True), ("2026-09-30", True)]
)
def test_a_leave_of_seven_months_is_asked_about_by_its_cell(last: str, is_asked: bool) -> None:
    """SC-4: “on leave up to six months”; both days are included."""
    away = {**SIX[0], "leave_from": "2026-03-01", "leave_through": last}
    told = shown(away, *SIX[1:])
    if not is_asked:
        assert told == []
        return
    assert told == [
        (
            "question",
            "Committee!F2",
            "this leave is longer than 6 months",
            "correct the day, or enter under “Left” the day on which the seat ended",
            "SC-4",
        )
    ]


def test_leaves_that_touch_are_one_and_asked_about_by_the_last_of_them() -> None:
    """SC-R7"""
    first = {**SIX[0], "leave_from": "2026-03-01", "leave_through": "2026-05-31"}
    second = {**SIX[0], "leave_from": "2026-06-01", "leave_through": "2026-09-30"}
    assert [place for _, place, *_ in shown(first, *SIX[1:], second)] == ["Committee!F8"]


def test_a_long_leave_is_asked_about_until_it_is_over() -> None:
    away = {**SIX[0], "leave_from": "2026-03-01", "leave_through": "2026-09-30"}
    assert shown(away, *SIX[1:], on=date(2026, 9, 30))
    assert not shown(away, *SIX[1:], on=date(2026, 10, 1))
