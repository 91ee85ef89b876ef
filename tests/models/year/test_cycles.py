"""The tabs of an endorsement cycle: what becomes a race, and what is asked (EN-2, EN-7, EN-11)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.intake.locations import ReviewItem, Weight
from models.intake.tables import Cell
from models.year.book import YearBook
from tests.models.year.races_2024 import CYCLE, RACES, book, standing

ONE: list[list[Cell]] = [[CYCLE, "Mayor", None, None, "full"]]
RIVAL: list[Cell] = [None, "Mayor", "Ann Alder", "https://alder.example", "yes"]


def asked(read: YearBook, start: str) -> ReviewItem:
    """The one question, which begins so."""
    (item,) = [one for one in read.review if one.weight is Weight.QUESTION]
    assert item.reason.startswith(start), item.reason
    assert item.next_step
    return item


def test_the_twelve_races_of_2024_are_read_whole() -> None:
    read = book()
    assert not read.review
    (cycle,) = read.cycles
    assert [race.title for race in cycle.races[:5]] == [
        "President/VP",
        "Clerk of the Supreme Judicial Court",
        "Congress, 7th District",
        "State Senator, 2nd Suffolk",
        "State Rep, 15th Suffolk",
    ]
    assert [race.office for race in cycle.races[:2]] == [
        "President", "Clerk of Supreme Judicial Court",
    ]  # fmt: skip
    assert [len(race.candidates) for race in cycle.races] == [3, 2, 1, 1, 1, 2, *[0] * 6]
    assert cycle.races[-1].districts == ("10th Suffolk", "14th Suffolk")
    assert all(race.done("recommendation") for race in cycle.races)


def test_an_unknown_office_names_the_nearest_and_stays_in_the_cycle() -> None:
    read = book([[CYCLE, "Govenor", None, "state"]], [], [])
    item = asked(read, "the bylaws know no office of this name")
    assert "“Governor”" in item.reason
    assert str(item.place) == "Races!B2"
    (race,) = standing(read).races
    assert race.next_step == "correct the office in the tab"
    assert next(one.holds for one in race.reasons) is False


def test_a_ballot_question_is_one_by_its_name_or_by_its_scope() -> None:
    races = [[CYCLE, "Question 1", None, "state"], [CYCLE, "Rent control", None, "city"]]
    read = book(races, [], [])
    assert not read.review
    assert all(race.is_question for race in read.cycles[0].races)


def test_a_ballot_question_without_scope_or_district_is_asked_about() -> None:
    read = book([[CYCLE, "Question 1", None, None, "question"]], [], [])
    asked(read, "a ballot question has a scope or a district")
    (race,) = standing(read).races
    assert next(r.fact for r in race.missing) == "names no scope or district"


@pytest.mark.parametrize(
    ("cells", "start"),
    [
        ([CYCLE, "Mayor", None, None, "withheld"], "an endorsement is withheld here without"),
        ([CYCLE, "Mayor", None, None, "abreviated"], "this is none of the words that can stand"),
        ([CYCLE, "Question 1", None, "town"], "this is none of the words that can stand here"),
    ],
)
def test_a_cell_that_says_too_little_is_a_question(cells: list[Cell], start: str) -> None:
    read = book([cells], [], [])
    assert any(one.reason.startswith(start) for one in read.review)
    assert len(read.cycles[0].races) == 1, "the race stays in the cycle"


def test_a_word_that_is_nearly_right_names_the_nearest() -> None:
    item = asked(book([[CYCLE, "Mayor", None, None, "abreviated"]], [], []), "this is none")
    assert "the nearest is “abbreviated”" in item.reason


def test_two_rows_about_one_race_are_asked_about() -> None:
    read = book([*ONE, [CYCLE, " mayor ", None, None, "withheld", None, "no time"]], [], [])
    asked(read, "Races!2:2 is about the same race; this row is not read")
    assert [race.decision for race in read.cycles[0].races] == ["full"]


def test_one_office_in_two_districts_is_two_races() -> None:
    races = [[CYCLE, "State Rep", "15th Suffolk"], [CYCLE, "State Rep", "11th Suffolk"]]
    rows: list[list[Cell]] = [
        [None, "11th Suffolk State Representative", "Ann Alder"],
        [None, "State Rep (15th Suffolk)", "Ben Birch"],
    ]
    read = book(races, rows, [])
    assert not read.review
    assert [race.candidates[0].name for race in read.cycles[0].races] == ["Ben Birch", "Ann Alder"]
    item = asked(book(races, [[None, "State Rep", "Ann Alder"]], []), "several races have this")
    assert "“State Rep, 15th Suffolk”" in item.next_step


def test_a_candidate_of_a_race_that_is_not_in_the_tab_names_the_nearest() -> None:
    read = book(ONE, [[None, "Mayer", "Ann Alder"]], [])
    item = asked(read, "no race of this name is in the tab with the races; the nearest is “Mayor”")
    assert "Alder" not in str(item)


def test_a_race_of_two_cycles_needs_the_cycle() -> None:
    races = [[CYCLE, "Mayor"], ["2025 general", "Mayor"]]
    asked(book(races, [RIVAL], []), "races of several cycles have this name")
    read = book(races, [["2025 General", *RIVAL[1:]]], [])
    assert [len(cycle.races[0].candidates) for cycle in read.cycles] == [0, 1]
    asked(book(races, [["2025 generl", *RIVAL[1:]]], []), "no race has this cycle; the nearest is")


def test_a_candidate_in_two_races_is_asked_about_and_blocks_both() -> None:
    races = [*ONE, [CYCLE, "Sheriff", None, None, "full"]]
    read = book(races, [RIVAL, [None, "Sheriff", "ann  ALDER"]], [])
    item = asked(read, "Candidates!2:2 has the same candidate in another race")
    assert str(item.place) == "Candidates!3:3"
    for race in standing(read).races:
        assert any("is a candidate in two races" in one.fact for one in race.missing)


def test_who_withdrew_from_one_of_two_races_is_in_one() -> None:
    races = [*ONE, [CYCLE, "Sheriff", None, None, "full"]]
    out: list[Cell] = [None, "Sheriff", "Ann Alder", None, None, None, None, None, "2024-08-01"]
    read = book(races, [RIVAL, out], [])
    assert not read.review
    assert [len(race.candidates) for race in standing(read).races] == [1, 0]


def test_a_candidate_twice_in_one_race_is_read_once() -> None:
    read = book(ONE, [RIVAL, RIVAL], [])
    asked(read, "Candidates!2:2 is the same candidate; this row is not read")
    assert len(read.cycles[0].races[0].candidates) == 1


def test_a_website_is_an_address_on_the_web() -> None:
    read = book(ONE, [[None, "Mayor", "Ann Alder", "alder.example", "yes"]], [])
    asked(read, "an address on the web begins with http:// or https://")
    assert read.cycles[0].races[0].candidates[0].website == ""


@pytest.mark.parametrize(("day", "read_it"), [("2024-09-20", True), ("2024-09-21", False)])
def test_a_step_dated_tomorrow_is_asked_about(day: str, read_it: bool) -> None:
    read = book(ONE, [RIVAL], [[None, "Mayor", None, "forum", day]])
    assert bool(read.cycles[0].races[0].steps) is read_it
    if not read_it:
        assert str(asked(read, "this day has not come").place) == "Steps!E2"


def test_a_withdrawal_dated_tomorrow_has_not_happened() -> None:
    out: list[Cell] = [*RIVAL, None, None, None, "2024-09-21"]
    read = book(ONE, [out], [])
    asked(read, "this day has not come")
    assert not read.cycles[0].races[0].candidates[0].withdrawn


def test_a_step_with_an_unknown_candidate_names_the_nearest_by_its_cell() -> None:
    read = book(ONE, [RIVAL], [[None, "Mayor", "Ann Elder", "meeting", "2024-09-01"]])
    item = asked(read, "no candidate of this race has this name; the nearest is in Candidates!2:2")
    assert "Elder" not in str(item)


def test_a_step_of_no_known_kind_is_asked_about() -> None:
    read = book(ONE, [RIVAL], [[None, "Mayor", None, "forumm", "2024-09-01"]])
    assert "“forum”" in asked(read, "this is none of the words").reason


def test_without_offices_and_today_everything_is_taken() -> None:
    from models.year.book import read_year
    from tests.models.year.races_2024 import ZONE, tab

    read = read_year([tab("races", [[CYCLE, "Dogcatcher"]])], ZONE)
    assert read.cycles[0].races[0].office == "Dogcatcher"


@given(st.permutations(RACES))
def test_the_order_of_the_races_changes_nothing_but_their_order(rows: list[list[Cell]]) -> None:
    """EN-2, EN-7: every race ends the same, wherever its row is."""

    def told(rows: list[list[Cell]]) -> dict[str, object]:
        read = book(rows)
        assert not read.review
        return {
            race.race.title: ([r.fact for r in race.reasons], race.fits, race.done, race.next_step)
            for race in standing(read).races
        }

    assert told(rows) == told(RACES)


def test_days_are_in_order() -> None:
    rows: list[list[Cell]] = [
        [None, "Mayor", None, "forum", "2024-09-02"],
        [None, "Mayor", None, "research", "2024-09-01"],
    ]
    (race,) = book(ONE, [RIVAL], rows).cycles[0].races
    assert [step.day for step in race.steps] == [date(2024, 9, 1), date(2024, 9, 2)]
