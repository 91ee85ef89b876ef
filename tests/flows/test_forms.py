"""Reading a form: its questions found tolerantly, deleted answers forgotten within a week."""

import pytest

from connectors.google import Responses
from connectors.sandbox.google.form_state import Form as Asked
from connectors.settings import Form
from models.errors import FixTheSettings
from tests.conftest import Clock
from tests.flows.town import Town

ID = "asked"
COUNTED = Form(id=ID, holds="event_sign_ins", event="Climate forum")


@pytest.fixture
def asked(town: Town) -> Asked:
    """A form without questions."""
    google = town.sandbox.google
    form = google.add_form(ID, "Sign-in")
    form.shared_with |= google.forms["rivertown-sign-in"].shared_with
    form.viewers |= google.forms["rivertown-sign-in"].viewers
    return form


def read(town: Town, known: Responses | None = None) -> Responses:
    """Tonight's reading."""
    with town.context() as context:
        columns = context.chapter.columns_of(COUNTED.holds)
        return context.forms.read(COUNTED, columns, context.today, known)


def addresses(answers: Responses) -> list[object]:
    """What stands in the column of addresses."""
    column = answers.table.fields.index("address")
    return [row[column] for row in answers.table.rows]


@pytest.mark.parametrize(
    "title", ["Email address", "Email Address", "EMAIL  address:", "Email address *"]
)
def test_a_question_is_found_however_its_title_is_written(
    town: Town, clock: Clock, asked: Asked, title: str
) -> None:
    question = asked.add_text(title)
    asked.submit({question: "ann@example.org"}, clock(), respondent_email="other@example.org")
    assert addresses(read(town)) == ["ann@example.org"]


def test_a_form_that_neither_asks_for_nor_collects_addresses_is_refused(
    town: Town, clock: Clock, asked: Asked
) -> None:
    asked.submit({asked.add_text("e-mail"): "ann@example.org"}, clock())
    with pytest.raises(FixTheSettings, match="no header “Email address”; the closest is “e-mail”"):
        read(town)


def test_a_form_that_collects_addresses_by_itself_needs_no_question(
    town: Town, clock: Clock, asked: Asked
) -> None:
    asked.settings = {"emailCollectionType": "VERIFIED"}
    asked.add_text("Name")
    first = read(town)
    assert addresses(first) == []
    asked.submit({}, clock(), respondent_email="ann@example.org")
    assert addresses(read(town, first)) == ["ann@example.org"]


def test_answers_tell_of_collected_addresses_where_the_settings_do_not(
    town: Town, clock: Clock, asked: Asked
) -> None:
    asked.add_text("Name")
    asked.submit({}, clock(), respondent_email="ann@example.org")
    first = read(town)
    clock.go(days=1)
    asked.submit({}, clock())
    assert addresses(read(town, first)) == ["ann@example.org", ""]


def test_a_deleted_answer_is_forgotten_within_a_week(
    town: Town, clock: Clock, asked: Asked
) -> None:
    question = asked.add_text("Email address")
    for name in ("ann", "ben"):
        asked.submit({question: f"{name}@example.org"}, clock())
    known = read(town)
    del asked.responses[0]
    for _ in range(6):
        clock.go(days=1)
        assert read(town, known) is known
    clock.go(days=1)
    known = read(town, known)
    assert addresses(known) == ["ben@example.org"]
    clock.go(days=6)
    assert read(town, known) is known
