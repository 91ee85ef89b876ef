"""A question deleted and asked again: old answers lie under the old id, and are not lost."""

import pytest

from connectors.google import FormResponses
from connectors.sandbox.google.form_state import Form as Held
from connectors.settings import Form
from models.errors import FixTheSettings
from models.intake.columns import COLUMNS
from models.intake.tables import GONE, Columns
from tests.conftest import Clock
from tests.flows.town import Town

ASKED = Form(id="asked", holds="event_sign_ins", event="Climate forum")
SIGN_INS = COLUMNS["event_sign_ins"]


@pytest.fixture
def asked(town: Town, clock: Clock) -> Held:
    """A form with two questions and one answer."""
    google = town.sandbox.google
    form = google.add_form("asked", "Sign-in")
    form.shared_with |= google.forms["rivertown-sign-in"].shared_with
    form.viewers |= google.forms["rivertown-sign-in"].viewers
    name, address = form.add_text("Name"), form.add_text("Email address")
    form.submit({name: "Old", address: "old@example.org"}, clock())
    clock.go(minutes=10)
    return form


def read(
    town: Town, known: FormResponses | None = None, before: str = "", columns: Columns = SIGN_INS
) -> FormResponses:
    """Tonight's reading."""
    with town.context() as context:
        return context.forms.read(ASKED, columns, context.today, known, before)


def cells(answers: FormResponses, field: str) -> list[list[object]]:
    """What stands in the columns of a field."""
    there = [i for i, name in enumerate(answers.table.fields) if name == field]
    return [[row[i] for i in there] for row in answers.table.rows]


@pytest.mark.parametrize("known", [True, False], ids=["incrementally", "anew"])
def test_old_answers_are_read_under_the_old_id(
    town: Town, clock: Clock, asked: Held, known: bool
) -> None:
    first = read(town)
    again = asked.ask_anew("Email address")
    asked.submit({again: "new@example.org"}, clock())
    found = read(town, first if known else None, first.asked)
    assert cells(found, "address") == [["", "old@example.org"], ["new@example.org", ""]]
    clock.go(days=8)
    assert cells(read(town, found, found.asked), "address") == cells(found, "address")


def test_a_question_asked_anew_twice_is_remembered_twice(
    town: Town, clock: Clock, asked: Held
) -> None:
    before = read(town).asked
    for number in range(2):
        asked.submit({asked.ask_anew("Email address"): f"new{number}@example.org"}, clock())
        found = read(town, None, before)
        before = found.asked
    assert [[cell for cell in row if cell] for row in cells(found, "address")] == [
        ["old@example.org"], ["new0@example.org"], ["new1@example.org"],
    ]  # fmt: skip


def test_a_question_that_a_row_can_do_without_is_read_on_after_it_was_deleted(
    town: Town, asked: Held
) -> None:
    before = read(town).asked
    del asked.items[0]
    assert cells(read(town, None, before), "name") == [["Old"]]


def test_two_questions_that_changed_their_titles_are_no_twins(
    town: Town, clock: Clock, asked: Held
) -> None:
    before = read(town).asked
    for item, title in zip(asked.items, ("Email address", "Name"), strict=True):
        item["title"] = title
    assert cells(read(town, None, before), "address") == [["Old"]]


def test_a_question_that_was_retitled_beside_the_one_in_its_place_is_read_on(
    town: Town, clock: Clock, asked: Held
) -> None:
    before = read(town).asked
    asked.items[1]["title"] = "Email address (old)"
    asked.submit({asked.add_text("Email address"): "new@example.org"}, clock())
    found = read(town, None, before)
    assert cells(found, "address") == [["", "old@example.org"], ["new@example.org", ""]]


def test_what_nobody_remembers_is_marked_where_an_answer_lacks_something(
    town: Town, clock: Clock, asked: Held
) -> None:
    old = asked.items[1]["questionItem"]["question"]["questionId"]
    asked.submit({asked.ask_anew("Email address"): "new@example.org"}, clock())
    found = read(town)
    assert cells(found, GONE + old) == [[True], [None]]
    own = SIGN_INS.renamed({"address": ["Email address", old]})
    found = read(town, columns=own)
    assert cells(found, "address") == [["", "old@example.org"], ["new@example.org", ""]]
    assert GONE + old not in found.table.fields


def test_a_deleted_question_that_no_row_needs_is_nobodys_business(
    town: Town, clock: Clock, asked: Held
) -> None:
    shirt = asked.add_text("T-shirt")
    asked.submit({shirt: "M", asked.items[1]["questionItem"]["question"]["questionId"]:
                  "ann@example.org"}, clock())  # fmt: skip
    del asked.items[2]
    assert not [field for field in read(town).table.fields if field.startswith(GONE)]


def test_answers_that_google_took_down_are_read_after_the_form_asks_by_itself(
    town: Town, clock: Clock, asked: Held
) -> None:
    asked.submit({}, clock(), respondent_email="verified@example.org")
    found = read(town)
    assert cells(found, "address") == [["old@example.org", None], ["", "verified@example.org"]]


def test_a_needed_question_that_was_deleted_and_not_asked_again_is_refused(
    town: Town, asked: Held
) -> None:
    before = read(town).asked
    del asked.items[1]
    with pytest.raises(FixTheSettings, match="no header “Email address”"):
        read(town, None, before)
