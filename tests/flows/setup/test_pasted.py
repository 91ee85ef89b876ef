"""What is pasted in the wrong place, or cannot be: said kindly, and no secret repeated."""

import json

import pytest

from connectors.settings import load_chapter
from flows.setup.interview import KEPT
from flows.setup.run import write
from models.errors import FixTheSettings
from tests.flows.setup.person import Stage, address


def test_a_home_of_nobody_is_asked_about_again(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.usual()
    lost = "~nosuchuser/key.json"
    person = stage.person(
        **{
            "service account's key": [lost, f"'{lost}'", str(stage.keys / "google.json")],
            "Mailchimp API key": [lost, str(stage.keys / "mailchimp.key")],
        }
    )
    assert stage.write(person)
    assert capsys.readouterr().err.count("no user of this computer has the home") == 3


@pytest.mark.parametrize("pasted", ["se/cret0123456789-us21", "~secret0123456789-us21"])
def test_what_is_pasted_as_a_mailchimp_key_is_never_repeated(
    stage: Stage, capsys: pytest.CaptureFixture[str], pasted: str
) -> None:
    stage.usual()
    person = stage.person(**{"Mailchimp API key": [pasted, str(stage.keys / "mailchimp.key")]})
    assert stage.write(person)
    said = capsys.readouterr()
    assert "secret0123456789" not in said.out + said.err
    assert "paste the key itself, or type the path of a file with it" in said.err


def test_a_google_key_that_is_pasted_itself_is_never_repeated(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.usual()
    key = json.dumps({"type": "service_account", "private_key": "-----BEGIN/PRIVATE/KEY-----"})
    person = stage.person(**{"service account's key": [key, str(stage.keys / "google.json")]})
    assert stage.write(person)
    said = capsys.readouterr()
    assert "BEGIN" not in said.out + said.err
    assert "this is the key itself; type the path of its file" in said.err


def test_settings_that_are_refused_at_the_end_lead_back_to_the_last_answer(stage: Stage) -> None:
    """Else each later run would end at the same place, with all answers kept."""
    stage.usual()
    twice = stage.person(**{"Name somebody": ["Ana Reyes", "Ana Reyes", ""], "also act": "y"})
    with pytest.raises(FixTheSettings) as refused:
        stage.init(twice)
    assert "officers" in str(refused.value)
    kept = json.loads((stage.folder / KEPT).read_text())
    assert list(kept)[-1] == "officer Ana Reyes"  # whether the second one may act is asked anew
    acts = ["back", "back", "n", "n"]
    again = stage.person(**{"Name somebody": ["back", "Lou Grant", ""], "also act": acts})
    assert stage.init(again) == 0
    assert [one.name for one in load_chapter(stage.folder).officers] == ["Ana Reyes", "Lou Grant"]
    assert again.was_asked("chapter's name") == 0


def test_a_form_without_a_question_is_passed_over_and_can_be_pasted_again(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.usual()
    form = stage.sandbox.google.add_form("1Empty", "Empty")
    person = stage.person(**{"address of a form": [address("form", "1Empty"), ""]})
    assert not stage.write(person).forms
    assert "“Empty” asks nothing yet. It is not read." in capsys.readouterr().out
    assert person.was_asked("Which column") == 0
    form.add_text("Email address")
    form.add_text("Name")
    more = stage.person(
        **{"address of a form": [address("form", "1Empty"), ""], "What is the form": "sign_ins"}
    )
    more.knows |= {"column has the event": "-", "Is this right": "skip"}
    assert not write(stage.folder, more)  # it is asked about, and skipped
    assert more.was_asked("What is the form “Empty”") == 1
