"""Setting up on the officers' page: the questions of `clerk init`, answered without a terminal."""

import re
import stat
import tomllib

import pytest
import requests

from connectors.sandbox.google.cells import Cell
from connectors.settings import load_chapter
from flows.setup.file import BEFORE
from flows.setup.interview import KEPT
from flows.setup.run import write
from flows.web import talks
from flows.web.forms import TOKEN, token_of
from models.errors import Refused
from tests.flows.setup.person import address
from tests.flows.town import Town
from tests.flows.web.desk import ACTS, OFFICERS, DeskClient, hidden, opened, words
from tests.flows.web.setups import MORE, VOLUNTEERS, SetUp

TWO = OFFICERS.replace(
    "[desk]", '[[officers]]\nname = "Bea Stone"\nmay = ["look", "act"]\n\n[desk]'
)


@pytest.fixture
def officer(desk: DeskClient) -> SetUp:
    """At the first question."""
    desk.town.sandbox.google.add_workbook(MORE, "Canvass", {"Volunteers": VOLUNTEERS})
    return SetUp(desk.sign_in())


def settings(town: Town) -> str:
    return (town.folder / "chapter.toml").read_text()


def test_a_spreadsheet_is_added_and_the_plan_is_next(officer: SetUp) -> None:
    town = officer.desk.town
    before = settings(town)
    assert "clerk@" in officer.answer.text  # the account with which it is shared
    assert "never typed into this page" in officer.said
    officer.begin().asks("Paste the address of a spreadsheet")
    officer.answers(address("spreadsheet", MORE)).asks("What is “Volunteers”?")
    assert 'value="volunteers" checked' in officer.answer.text
    officer.answers("volunteers").asks("Is “Volunteers” read in the right way?")
    assert "the person’s email address an address" in officer.said
    assert "March 1, 2026" in officer.said
    assert "quill" not in officer.answer.text
    assert "Canvass" not in officer.said
    officer.answers("yes").asks("Paste the address of a spreadsheet").none()
    officer.asks("Paste the address of a form whose responses are read directly").none()
    assert "Added: 1 tab" in officer.said
    assert 'href="/plan"' in officer.answer.text
    added = tomllib.loads(settings(town)[len(before.rstrip()) :])
    assert added == {"workbooks": [{"id": MORE, "volunteers": "Volunteers"}]}
    kept = town.folder / BEFORE
    assert kept.read_text() == before
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert not (town.folder / KEPT).exists()
    with town.context() as context:
        line = context.ledger.votes.lines("")[-1]
    assert (line.who, line.event.kind) == (ACTS, "settings-extended")


def test_the_terminal_and_the_page_ask_the_same_in_the_same_order(officer: SetUp) -> None:
    """They write the same: the questions are values, and each face only words them."""
    town = officer.desk.town
    before = settings(town)
    names = []

    def typed(question: str, secret: bool) -> str:
        names.append(question.splitlines()[0])
        pasted = f"{address('spreadsheet', MORE)}"
        return pasted if "another spreadsheet" in question and len(names) == 1 else ""

    assert write(town.folder, typed)
    by_terminal = settings(town)
    (town.folder / "chapter.toml").write_text(before)
    officer.begin().answers(address("spreadsheet", MORE)).answers("volunteers").answers("yes")
    officer.none().none()
    assert settings(town) == by_terminal
    assert [name.split(" ")[0] for name in names] == ["Paste", "What", "Is", "Paste", "Paste"]


def test_what_is_wrong_is_said_beside_the_question_in_both_languages(officer: SetUp) -> None:
    officer.begin().answers("https://docs.google.com/forms/d/x/edit")
    assert "This is the address of a form. Paste the address of a spreadsheet." in officer.said
    officer.answers("not/shared/at all").asks("Paste the address of a spreadsheet")
    assert "This is not the address of a spreadsheet." in officer.said
    officer.answers(address("spreadsheet", "3Nobody"))
    assert "is not shared with the program’s account" in officer.said
    officer.desk.press("/setup", "/language", {})
    spanish = words(officer.desk.get("/setup"))
    assert "Pegue la dirección de una hoja de cálculo" in spanish
    assert "no está compartida con la cuenta del programa" in spanish


def test_each_column_is_ticked_where_the_proposal_is_wrong(officer: SetUp) -> None:
    rows: list[list[Cell]] = [
        ["Day", "What", "Given", "Family", "E-mail"],
        ["2026-03-01", "Canvass", "Ann", "Alder", "ann@example.org"],
    ]
    town = officer.desk.town
    town.sandbox.google.add_workbook(MORE, "Canvass", {"Volunteers": rows})
    officer.begin().answers(address("spreadsheet", MORE)).answers("volunteers")
    while "Which column has" in officer.said:
        officer.answers(*_ticked(officer.said))
    officer.asks("Is “Volunteers” read in the right way?").answers("change")
    while "Which column has" in officer.said:
        if "has the person’s name?" in officer.said:
            officer.answers("C", "D", order="first")
        else:
            officer.answers(*_ticked(officer.said))
    assert "the first name text" in officer.said
    officer.answers("yes").asks("Paste the address of a spreadsheet").none().none()
    columns = load_chapter(town.folder).columns["volunteers"]
    assert (columns["first_name"], columns["last_name"]) == (("Given",), ("Family",))
    assert "E-mail" in columns["address"]


def _ticked(said: str) -> list[str]:
    wanted = {"the date?": "A", "the activity?": "B", "email address?": "E"}
    return [letter for label, letter in wanted.items() if f"{label} " in said]


def test_nothing_is_ticked_where_a_column_is_needed(officer: SetUp) -> None:
    officer.begin().answers(address("spreadsheet", MORE)).answers("volunteers").answers("change")
    while "Which column has" in officer.said:
        officer.answers()
    officer.answers("yes")
    assert (
        "These need a column: the activity, the person’s email address, and the date."
        in officer.said
    )
    while "Which column has" in officer.said:
        officer.answers()
    officer.answers("skip").asks("Paste the address of a spreadsheet")


def test_back_stop_and_on_from_there(officer: SetUp) -> None:
    officer.begin().answers(address("spreadsheet", MORE)).answers("volunteers")
    officer.press("back").asks("What is “Volunteers”?").answers("volunteers")
    officer.asks("Is “Volunteers” read in the right way?").press("stop")
    assert "You stopped. What you answered is kept" in officer.said
    assert "2 answers are kept from before." in officer.said
    officer.begin().asks("Is “Volunteers” read in the right way?")
    assert "the person’s email address an address" in officer.said
    officer.press("stop").press("anew").asks("Paste the address of a spreadsheet")


def test_a_restarted_page_goes_on_where_it_was(town: Town) -> None:
    town.night()
    town.sandbox.google.add_workbook(MORE, "Canvass", {"Volunteers": VOLUNTEERS})
    with opened(town) as desk:
        SetUp(desk.sign_in()).begin().answers(address("spreadsheet", MORE)).asks(
            "What is “Volunteers”?"
        )
    town.settings = re.sub(r"(?s)\n\[\[officers\]\].*", "", town.settings)
    with opened(town) as desk:
        again = SetUp(desk.sign_in())
        assert "1 answer is kept from before." in again.said
        again.begin().asks("What is “Volunteers”?")


def test_an_answer_that_is_sent_twice_answers_one_question(officer: SetUp) -> None:
    officer.begin()
    fields = hidden(officer.answer, "/setup/answer") | {"answer": address("spreadsheet", MORE)}
    officer.answers(address("spreadsheet", MORE)).asks("What is “Volunteers”?")
    officer.desk.post("/setup/answer", fields)
    officer.answer = officer.desk.get("/setup")
    officer.asks("What is “Volunteers”?")


def test_one_officer_at_a_time_and_no_terminal_beside(town: Town) -> None:
    town.night()
    with opened(town, TWO) as desk:
        officer = SetUp(desk.sign_in()).begin()
        with pytest.raises(Refused, match="set up at the officers' page at the moment"):
            write(town.folder, lambda question, secret: "")
        desk.sign_in("Bea Stone")
        assert f"{ACTS} is adding sheets at the moment" in desk.text("/setup")
        refused = _sent(desk, "/setup/begin")
        assert refused.status_code == 409
        assert _sent(desk, "/setup/answer").status_code == 409
        desk.sign_in()
        officer.answer = desk.get("/setup")
        officer.press("stop")
        assert SetUp(desk.sign_in()).begin().asks("Paste the address of a spreadsheet")


def test_a_question_that_nobody_answers_ends(
    officer: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talks, "IDLE", 0.2)
    officer.begin()
    while "You stopped" not in officer.said:
        officer.answer = officer.desk.get("/setup")
    assert not (officer.desk.town.folder / "chapter.toml.before").exists()


def test_what_stands_in_the_way_is_said_with_its_next_step(officer: SetUp) -> None:
    officer.desk.town.sandbox.google.workbooks.clear()
    officer.begin()
    assert "This did not work" in officer.said
    assert "Next:" in officer.said
    assert "Go on" in officer.said or "Begin" in officer.said


def test_setup_is_found_on_the_page_of_health_by_who_may_act(desk: DeskClient) -> None:
    assert 'href="/setup"' in desk.sign_in().get("/health").text
    assert 'href="/setup"' not in desk.sign_in("Lou Grant").get("/health").text


def _sent(desk: DeskClient, path: str) -> requests.Response:
    return desk.post(path, {TOKEN: token_of(desk.key, path)})
