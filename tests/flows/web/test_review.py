"""To check, on the officers' page: each question with its next step and its very cell."""

from connectors.sandbox.invented import FORM, WORKBOOK
from flows.web.questions import CELLS
from flows.web.rolls import Rolls
from tests.flows.web.desk import DeskClient, words


def test_each_question_opens_its_cells_and_equal_ones_stand_together(desk: DeskClient) -> None:
    with desk.town.edit("Sign-ins") as rows:
        for row in rows[2:]:
            row[1] = "<b>No such evening</b>"
        many = len(rows) - 2
    desk.town.clock.go(days=1)  # type: ignore[attr-defined]  # the tests' clock
    desk.town.night(apply=False)
    answer = desk.sign_in().get("/review")
    number = desk.town.sandbox.google.workbooks[WORKBOOK].tab("Sign-ins").sheet_id
    home = f"https://docs.google.com/spreadsheets/d/{WORKBOOK}/edit#gid={number}"
    assert f'href="{home}&amp;range=5:5" target="_blank" rel="noopener noreferrer">row 5</a>' in (
        answer.text
    )
    assert many > CELLS
    assert answer.text.count(f"{home}&amp;range=") <= 4 * CELLS, "a long list is cut"
    assert "<b>No such" not in answer.text
    assert "that plan is not applied yet" in words(answer)


def test_an_answer_of_a_form_opens_the_forms_responses(desk: DeskClient) -> None:
    desk.town.answer("No such evening", "new@example.org", "Una New")
    desk.town.clock.go(days=1)  # type: ignore[attr-defined]  # the tests' clock
    desk.town.night()
    html = desk.sign_in().get("/review").text
    assert f"https://docs.google.com/forms/d/{FORM}/edit#responses" in html


def test_the_headline_counts_what_waits_and_spanish_reads_too(desk: DeskClient) -> None:
    with desk.town.context() as context:
        known = Rolls().known(context, planned=True)
    waits = [one for one in known.facts.review if one.weight.name != "NOTE"]
    assert f"{len(waits)} rows wait to be checked" in desk.sign_in().text("/review")
    desk.press("/", "/language", {"language": "es"})
    assert f"{len(waits)} filas esperan revisión" in desk.text("/review")
