"""A form that is linked to a workbook: each answer is a row of its tab."""

from datetime import UTC, datetime

import pytest

from connectors.sandbox.google.form_state import Form
from connectors.sandbox.google.linked_tab import answer
from connectors.sandbox.google.state import GoogleState

AT = datetime(2026, 10, 1, 1, 30, 5, 999, tzinfo=UTC)
LOCAL = datetime(2026, 9, 30, 21, 30, 5)  # noqa: DTZ001 - a sheet's dates have no zone
HEADS = ["Timestamp", "Ballot code", "Mayor [Ada]", "Mayor [Bea]", "Colors"]


@pytest.fixture
def state() -> GoogleState:
    made = GoogleState()
    made.add_workbook("book", "Answers", {"Sign-ins": [["Timestamp", "Name"], [1, "Sam"]]})
    form = made.add_form("form", "Ballot", linked_sheet_id="book")
    form.add_text("Ballot code")
    form.add_grid("Mayor", ["Ada", "Bea"], ["1st", "2nd"])
    form.add_choice("Colors", ["Red", "Blue"], "CHECKBOX")
    return made


def answers(form: Form, *said: str | list[str]) -> dict[str, str | list[str]]:
    ids = [question["questionId"] for question in form.questions()]
    return {one: text for one, text in zip(ids, said, strict=True) if text}


def test_the_first_answer_makes_the_tab_and_the_second_goes_below_it(state: GoogleState) -> None:
    form = state.forms["form"]
    version = state.workbooks["book"].version
    answer(state, form, answers(form, "AB", "1st", "2nd", ["Red", "Blue"]), AT)
    answer(state, form, answers(form, "CD", "", "1st", ""), AT)
    tab = state.workbooks["book"].tab("Form Responses 1")
    assert tab.rows == [
        HEADS,
        [LOCAL, "AB", "1st", "2nd", "Red, Blue"],
        [LOCAL, "CD", "", "1st", ""],
    ]
    assert [response.submitted for response in form.responses] == [AT, AT]
    assert state.workbooks["book"].version == version + 2
    assert state.workbooks["book"].tab("Sign-ins").rows == [["Timestamp", "Name"], [1, "Sam"]]


def test_a_tab_that_has_most_of_it_is_the_forms_own(state: GoogleState) -> None:
    """Its columns stand in any order, and a question that was added gets a column."""
    book = state.add_workbook(
        "book", "Answers", {"Ballots": [["Timestamp", *HEADS[:0:-1]], [], []]}
    )
    form = state.forms["form"]
    form.add_text("Remarks")
    answer(state, form, answers(form, "AB", "1st", "2nd", "Red", "Fine"), AT)
    assert book.tab("Ballots").rows == [
        ["Timestamp", "Colors", "Mayor [Bea]", "Mayor [Ada]", "Ballot code", "Remarks"],
        [LOCAL, "Red", "2nd", "1st", "AB", "Fine"],
    ]


def test_a_name_that_is_taken_is_not_taken_again(state: GoogleState) -> None:
    state.add_workbook("book", "Answers", {"Form Responses 1": [["Timestamp", "Name"]]})
    form = state.forms["form"]
    answer(state, form, answers(form, "AB", "", "", ""), AT)
    assert [tab.title for tab in state.workbooks["book"].tabs] == [
        "Form Responses 2",
        "Form Responses 1",
    ]


@pytest.mark.parametrize("linked", ["", "gone"])
def test_a_form_that_is_linked_to_nothing_keeps_its_answers(
    state: GoogleState, linked: str
) -> None:
    form = state.forms["form"]
    form.linked_sheet_id = linked
    answer(state, form, answers(form, "AB", "", "", ""), AT, respondent_email="a@example.org")
    assert [response.respondent_email for response in form.responses] == ["a@example.org"]
    assert [tab.title for tab in state.workbooks["book"].tabs] == ["Sign-ins"]
