"""The sheets: looked at, and changed as a person would change them."""

import re
from datetime import date, datetime

import pytest

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import WORKBOOK, address_of, name_of
from flows.rehearsal.pages.tables import PAGE, letter
from tests.flows.rehearsal.pages.world import Pages, fields_of
from tests.flows.web.desk import words


def path(pages: Pages, tab: str) -> str:
    found = pages.world.sandbox.google.workbooks[WORKBOOK].tab(tab)
    return f"/sheets/{WORKBOOK}/{found.sheet_id}"


def rows(pages: Pages, tab: str) -> list[list[Cell]]:
    return pages.world.town.rows(tab)


def test_the_tabs_of_each_workbook_are_listed(pages: Pages) -> None:
    said = pages.text("/sheets")
    for tab in ("Events", "Sign-ins", "Volunteering", "Registrations", "Exceptions"):
        assert tab in said


def test_a_tab_is_shown_with_its_headers_and_days_as_days(pages: Pages) -> None:
    said = pages.text(path(pages, "Sign-ins"))
    assert "Timestamp Event: Email address Name" in said
    assert re.search(r"\d+/\d+/202[56] 18:57:36", said)
    assert "45" not in re.findall(r"\b45\d{3}\.\d+\b", said)


def test_a_long_tab_has_pages(pages: Pages) -> None:
    with pages.world.town.edit("Sign-ins") as held:
        held += [[45_000, "Late", address_of(1), f"Person {n}"] for n in range(200)]
    many = len(rows(pages, "Sign-ins")) - 1
    last = -(-many // PAGE)
    assert f"Page 1 of {last} After" in pages.text(path(pages, "Sign-ins"))
    said = pages.text(f"{path(pages, 'Sign-ins')}?page={last}")
    assert f"Before Page {last} of {last}" in said
    assert "Person 199" in said
    for strange in ("0", "-1", "x", "99999", "²"):
        assert pages.get(f"{path(pages, 'Sign-ins')}?page={strange}").ok


def test_rows_are_found_by_what_stands_in_them(pages: Pages) -> None:
    said = pages.text(f"{path(pages, 'Registrations')}?find={name_of(3)}")
    assert "1 row" in said
    assert address_of(3) in said
    assert address_of(4) not in said


def test_a_changed_cell_changes_nothing_beside_it(pages: Pages) -> None:
    one = f"{path(pages, 'Registrations')}/3"
    before = list(rows(pages, "Registrations")[2])
    version = pages.world.sandbox.google.workbooks[WORKBOOK].version
    fields = {f"c{n}": value for n, value in enumerate(shown(pages, one))}
    answer = pages.press(one, one, {**fields, "c1": "Somebody Else"})
    assert "Row 3 was changed." in words(answer)
    assert rows(pages, "Registrations")[2] == [before[0], "Somebody Else", *before[2:]]
    assert pages.world.sandbox.google.workbooks[WORKBOOK].version > version
    assert "saved" in pages.world.done


def shown(pages: Pages, one: str) -> list[str]:
    """What stands in the fields of a row."""
    return re.findall(r'<input id="c\d+" name="c\d+" value="([^"]*)"', pages.get(one).text)


def test_a_row_sent_as_it_is_stays_as_it_is(pages: Pages) -> None:
    """A day shown as a day, a space that nobody sees: nothing is typed again."""
    for number in (2, 10):
        one = f"{path(pages, 'Sign-ins')}/{number}"
        with pages.world.town.edit("Sign-ins") as held:
            held[number - 1][3] = f" {held[number - 1][3]} "
        before = [list(row) for row in rows(pages, "Sign-ins")]
        fields = {f"c{n}": value for n, value in enumerate(shown(pages, one))}
        assert f"Row {number} is as it was." in words(pages.press(one, one, fields))
        assert rows(pages, "Sign-ins") == before


@pytest.mark.parametrize(
    ("typed", "held"),
    [("3/4/2026", date(2026, 3, 4)), ("3/4/2026 19:30", datetime(2026, 3, 4, 19, 30)),  # noqa: DTZ001 - a sheet's
     ("12", 12), ("TRUE", True), ("'12", "12"), ("Yes", "Yes")],
)  # fmt: skip
def test_what_is_typed_becomes_what_a_sheet_makes_of_it(
    pages: Pages, typed: str, held: Cell
) -> None:
    one = f"{path(pages, 'Events')}/2"
    fields = {f"c{n}": value for n, value in enumerate(shown(pages, one))}
    pages.press(one, one, {**fields, "c0": typed})
    assert rows(pages, "Events")[1][0] == held


def test_a_row_is_added_at_the_end(pages: Pages) -> None:
    many, new = len(rows(pages, "Sign-ins")), f"{path(pages, 'Sign-ins')}/new"
    typed = {"c0": "3/20/2026 19:00", "c1": "Monthly meeting", "c2": "new@example.org", "c3": "New"}
    answer = pages.press(new, new, typed)
    assert f"Row {many + 1} was added." in words(answer)
    at = datetime(2026, 3, 20, 19, 0)  # noqa: DTZ001 - a sheet's dates have no zone
    assert rows(pages, "Sign-ins")[-1] == [at, "Monthly meeting", "new@example.org", "New"]


def test_an_empty_row_is_not_added(pages: Pages) -> None:
    many, new = len(rows(pages, "Sign-ins")), f"{path(pages, 'Sign-ins')}/new"
    assert "no row was added" in words(pages.press(new, new)).casefold()
    assert len(rows(pages, "Sign-ins")) == many


def test_a_row_is_deleted_and_those_below_move_up(pages: Pages) -> None:
    before = [list(row) for row in rows(pages, "Sign-ins")]
    one = f"{path(pages, 'Sign-ins')}/3"
    assert "Row 3 was deleted." in words(pages.press(one, f"{one}/delete"))
    assert rows(pages, "Sign-ins") == before[:2] + before[3:]


@pytest.mark.parametrize("act", ["", "/delete"])
def test_a_row_that_is_another_by_now_is_left_alone(pages: Pages, act: str) -> None:
    one = f"{path(pages, 'Sign-ins')}/3"
    fields = fields_of(pages.get(one), one + act)
    with pages.world.town.edit("Sign-ins") as held:
        del held[1]
    before = [list(row) for row in rows(pages, "Sign-ins")]
    answer = pages.post(one + act, {**fields, "c0": "x"})
    assert answer.status_code == 409
    assert "changed this row since you opened it" in words(answer)
    assert rows(pages, "Sign-ins") == before


def test_an_emptied_tab_can_be_filled_again(pages: Pages) -> None:
    with pages.world.town.edit("Sign-ins") as held:
        held.clear()
    assert "This tab is empty." in pages.text(path(pages, "Sign-ins"))
    new = f"{path(pages, 'Sign-ins')}/new"
    pages.press(new, new, {"c0": "Timestamp"})
    assert rows(pages, "Sign-ins") == [["Timestamp"]]


def test_nothing_changes_while_time_passes(pages: Pages) -> None:
    """The lock is another's."""
    one = f"{path(pages, 'Sign-ins')}/3"
    fields = fields_of(pages.get(one), f"{one}/delete")
    many = len(rows(pages, "Sign-ins"))
    with pages.world.lock:
        answer = pages.post(f"{one}/delete", fields)
    assert answer.status_code == 503
    assert "Time is passing in the rehearsal" in words(answer)
    assert len(rows(pages, "Sign-ins")) == many


@pytest.mark.parametrize("strange", ["/sheets/none/0", f"/sheets/{WORKBOOK}/7", "/sheets/x/y/1"])
def test_a_tab_that_is_not_there_says_so(pages: Pages, strange: str) -> None:
    answer = pages.get(strange)
    assert answer.status_code == 409
    assert "This tab is not there any more." in words(answer)


def test_a_row_that_is_not_there_says_so(pages: Pages) -> None:
    for strange in ("0", "99999", "x", "-1"):
        answer = pages.get(f"{path(pages, 'Sign-ins')}/{strange}")
        assert "This row is not there any more." in words(answer)


def test_columns_are_called_as_in_a_sheet() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
