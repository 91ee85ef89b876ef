"""The endorsement cycle on the officers' page: as `clerk cycle` has it (EN-2, EN-7, EN-11)."""

import pytest

from connectors import elections
from tests.flows.test_cycle import CYCLE, with_cycle
from tests.flows.web.desk import LOOKS, DeskClient, words


@pytest.fixture
def cycled(desk: DeskClient) -> DeskClient:
    with_cycle(desk.town)
    desk.town.night()
    return desk.sign_in()


def test_it_says_what_is_missing_in_each_race(cycled: DeskClient) -> None:
    said = cycled.text("/cycle")
    assert (
        f"Endorsement cycle {CYCLE} Ready for the members’ vote: 1. Something is missing: 2."
        in said
    )
    assert "Mayor focus race full process Next: Recommend, and enter the recommendation" in said
    assert "✗ the committee has not recommended (EN-1)" in said
    assert "no forum was held; neither video nor written answers were shared (EN-2)" in said
    assert "Bea Stone cannot be invited ✗ no campaign website (EN-11)" in said
    assert "Meeting with the committee: March 1, 2024 (Ada Park)" in said
    assert "abbreviated process Sam Montaño" in said
    assert "endorsement withheld We have no capacity for it." in said
    assert "No one has decided about these offices" in said
    assert "Quinn" not in said, "whoever did a step is a member"


def test_in_spanish(cycled: DeskClient) -> None:
    cycled.press("/cycle", "/language", {"language": "es", "back": "/cycle"})
    said = cycled.text("/cycle")
    assert "Ciclo de respaldos" in said
    assert "Mayor contienda principal proceso completo Siguiente paso:" in said
    assert "Reunión con el comité: 1 de marzo de 2024 (Ada Park)" in said


def test_a_questionnaire_says_whom_it_can_go_to_and_is_to_be_copied(cycled: DeskClient) -> None:
    assert 'href="/cycle/1/1/questionnaire"' in cycled.get("/cycle").text
    said = cycled.text("/cycle/1/1/questionnaire")
    assert "Can be sent to: Ada Park (EN-11)." in said
    assert "Not to Bea Stone: no campaign website (EN-11)." in said
    assert "1. Committed to building the progressive movement." in said


@pytest.mark.parametrize(
    "path", ["/cycle/0/1", "/cycle/1/0", "/cycle/9/1", "/cycle/1/99", "/cycle/x/y", "/cycle/-1/1"]
)
def test_no_such_race_is_told_kindly(cycled: DeskClient, path: str) -> None:
    answer = cycled.get(f"{path}/questionnaire")
    assert answer.status_code == 409
    assert "there is no such race any more" in words(answer).casefold()


def test_who_may_only_look_makes_no_election(cycled: DeskClient) -> None:
    cycled.sign_in(LOOKS)
    assert "/votes/new" not in cycled.get("/cycle").text


def test_without_a_tab_it_says_how_to_have_one(desk: DeskClient) -> None:
    said = desk.sign_in().text("/cycle")
    assert "No endorsement cycle yet" in said
    assert "name the tabs with the races" in said


def test_a_draft_is_made_of_the_cycle(cycled: DeskClient) -> None:
    assert "Races of an endorsement cycle" in cycled.text("/votes/new")
    typed = {"title": "Spring", "opens": "2026-10-01T09:00", "closes": "2026-10-11T21:00",
             "name": "spring-draft", "cycle": CYCLE}  # fmt: skip
    answer = cycled.press("/votes/new", "/votes/new", typed)
    assert "with a contest for each race" in words(answer)
    folder = elections.folder_of(cycled.town.folder, "spring-draft")
    names = [file.name for file in sorted((folder / "contests").iterdir())]
    assert names == ["01-mayor.toml", "02-state-rep-15th-suffolk.toml", "03-question-6.toml"]
    assert f'cycle = "{CYCLE}"' in (folder / "election.toml").read_text()
    again = cycled.press("/votes/new", "/votes/new", typed)
    assert again.status_code == 422
    assert "there is an election of this name already" in words(again)


def test_a_draft_without_a_cycle_has_no_contests(cycled: DeskClient) -> None:
    typed = {"title": "Spring", "opens": "2026-10-01T09:00", "closes": "2026-10-11T21:00",
             "name": "bare"}  # fmt: skip
    assert "The draft is made. Add its contests next." in words(
        cycled.press("/votes/new", "/votes/new", typed)
    )
