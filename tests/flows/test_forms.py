"""Reading a form: its questions found tolerantly, deleted answers forgotten within a week."""

from zoneinfo import ZoneInfo

import pytest

from connectors.google import FormResponses
from connectors.sandbox.google.form_state import Form as Asked
from connectors.settings import Form
from models.errors import FixTheSettings
from models.intake.report import read_sign_ins
from models.intake.row_results import RowResults
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


def read(town: Town, known: FormResponses | None = None) -> FormResponses:
    """Tonight's reading."""
    with town.context() as context:
        columns = context.chapter.columns_of(COUNTED.holds)
        return context.forms.read(COUNTED, columns, context.today, known)


def addresses(answers: FormResponses) -> list[object]:
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


def said_of(town: Town, answers: FormResponses) -> list[str]:
    """What the night says of the form as a whole."""
    tray = RowResults()
    with town.context() as context:
        list(read_sign_ins(answers.table, ZoneInfo(context.chapter.zone), tray))
    return [f"{item.reason} -> {item.next_step}" for item in tray.review if not item.place.cell]


@pytest.mark.parametrize(
    ("title", "said", "many"),
    [
        ("Attended?", ["Yes", "No", "no - sick"], "2 answers"),
        ("RSVP", ["no", "yes", "yes"], "1 answer"),
        ("Will you be coming?", ["", "I did not attend", "No show"], "2 answers"),
        ("Status", ["attended", "did not attend", "no-show"], "2 answers"),
        ("No-show", ["no", "", "yes"], "1 answer"),
    ],
)
def test_an_answer_that_somebody_did_not_come_is_noted(
    town: Town, clock: Clock, asked: Asked, title: str, said: list[str], many: str
) -> None:
    who, came = asked.add_text("Email address"), asked.add_text(title)
    for number, text in enumerate(said):
        asked.submit({who: f"p{number}@example.org", came: text}, clock())
    first = read(town)
    (note,) = said_of(town, first)
    assert note.startswith(
        f"the question “{title}” is not read; in {many}, it might say that the person did not come"
    )
    assert all(text not in row for row in first.table.rows for text in said if text)
    clock.go(days=1)
    asked.submit({who: "last@example.org", came: "yes" if title == "No-show" else "No"}, clock())
    (note,) = said_of(town, read(town, first))
    assert f"in {int(many[0]) + 1} answers" in note


def test_other_questions_and_a_yes_are_left_alone(town: Town, clock: Clock, asked: Asked) -> None:
    who, came = asked.add_text("Email address"), asked.add_text("Did you attend?")
    asked.submit({who: "ann@example.org", came: "Yes", asked.add_text("Vegan?"): "No"}, clock())
    assert said_of(town, read(town)) == []
