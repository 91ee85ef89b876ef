"""Going back: a wrong answer that was confirmed is taken back, and nothing else is."""

import json

import pytest
import typer

from connectors.settings import load_chapter
from flows.setup.interview import KEPT
from tests.flows.setup.person import BOOK, EVENTS, Stage, address

DUES = [
    ["Timestamp", "Name", "Email address", "Mailing list", "Are you current?"],
    ["2026-01-02 10:00", "Ann Alder", "ann@example.org", "yes", "Yes please"],
]


def test_back_returns_to_the_question_before(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.usual()
    person = stage.person(
        **{
            "chapter's name": ["back", "Riverton", "Rivertown", "Rivertown Progressives"],
            "website": ["back", "back", ""],
        }
    )
    assert stage.write(person).name == "Rivertown Progressives"
    said = capsys.readouterr()
    assert "type “back” to return to the question before" in said.out
    assert "This is the first question." in said.err


def test_a_table_that_was_confirmed_can_be_taken_back_and_only_it_is_shown_again(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.workbook(Events=EVENTS, Registrations=DUES)
    person = stage.person(
        **{
            "Is this right": ["", "change", "", "change", ""],
            "has the district": ["E", "-"],
            "has whether the person agreed": "D",
            "column has the|column has whether|column has more": "",
            "box for agreeing": "",
            "another spreadsheet": ["back", ""],
        }
    )
    chapter = stage.write(person)
    assert "district" not in chapter.columns.get("registrations", {})
    said = capsys.readouterr().out
    assert said.count("“Events”: the chapter's events") == 1
    assert said.count("A new chapter.") == 1
    assert said.count("is verified and authenticated") == 1
    assert person.was_asked("chapter's name") == 1
    assert said.count("The key works") == 2


def test_back_works_after_a_resume_and_keys_stay(stage: Stage) -> None:
    stage.usual()
    first = stage.person()
    first.patience = 4
    with pytest.raises(typer.Abort):
        stage.init(first)
    before = json.loads((stage.folder / KEPT).read_text())
    again = stage.person(audience=["back", ""], **{"Mailchimp API key": ""})
    assert stage.init(again) == 0
    assert list(before)[-1] == "mailchimp key"
    assert again.was_asked("Mailchimp API key") == 1
    assert again.was_asked("service account's key") == 0
    assert load_chapter(stage.folder).workbooks[0].id == BOOK


def test_a_spreadsheet_is_taken_back_with_back_and_pasted_again(stage: Stage) -> None:
    stage.usual()
    person = stage.person(**{"^What is “Events”": ["back", ""]})
    assert stage.write(person).workbooks[0].id == BOOK
    assert person.was_asked("address of a spreadsheet") == 2
    assert address("spreadsheet", BOOK) not in stage.written
