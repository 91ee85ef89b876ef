"""Members' requests on the officers' page: the queue, and what an officer can do (ST-3)."""

from datetime import datetime, timedelta

import pytest

from flows.web.forms import TOKEN, token_of
from models.year.request_queue import RequestState
from tests.conftest import FIRST_NIGHT
from tests.flows.test_requests import ANN, STRANGER, ask, bring, code, held, mail
from tests.flows.web.desk import ACTS, LOOKS, DeskClient, words


@pytest.fixture
def asked(desk: DeskClient) -> DeskClient:
    """One request of each kind that an officer ends, and one of a stranger's."""
    town = desk.town
    town.add_tab("requests")
    bring(town)
    ask(town, ANN, "correct my attendance", "the spring meeting")
    ask(town, ANN, "consider an endorsement", "Sheriff")
    ask(town, ANN, "propose a priority", "Buses for jo@example.org")
    ask(town, ANN, "see my data")
    ask(town, STRANGER, "my status")
    bring(town)
    return desk.sign_in()


def test_the_queue_names_nobody_and_says_what_waits(asked: DeskClient) -> None:
    said = asked.text("/requests")
    assert "5 requests wait." in said
    assert "correct my attendance open" in said
    assert "see my data waits for its code" in said
    assert "no email reaches the person" in said
    assert "5 requests wait" in asked.text("/")
    assert "@" not in said


def test_a_request_past_its_day_waits_for_an_officer(asked: DeskClient) -> None:
    """ST-3: on its due day it can wait, the day after it cannot."""
    due = held(asked.town, 1).due
    for days, late in ((0, False), (1, True)):
        asked.town.clock.at = datetime.combine(due, FIRST_NIGHT.timetz()) + timedelta(days=days)
        said = asked.sign_in().text("/")
        assert ("5 requests are past their due day" in said) is late


def test_a_request_shows_what_it_says_without_an_address(asked: DeskClient) -> None:
    said = asked.text("/requests/3")
    assert "It says: Buses for •••" in said
    assert "Accept the request" in said
    assert ANN not in asked.get("/requests/3").text
    assert "No sheet has this address." in asked.text("/requests/5")


def test_one_click_accepts_and_what_was_accepted_can_be_taken_back(asked: DeskClient) -> None:
    here = "/requests/3"
    said = words(asked.press(here, here, {"do": "accept"}))
    assert "Accepted. The next nightly run takes it in." in said
    assert held(asked.town, 3).state is RequestState.ANSWERED
    bring(asked.town)
    assert mail(asked.town)[-1] == (ANN, "request 3 end")
    assert "The request waits again." in words(asked.press(here, here, {"do": "take_back"}))
    assert held(asked.town, 3).state is RequestState.OPEN


def test_an_unclear_event_is_asked_and_an_endorsement_is_on_the_agenda(asked: DeskClient) -> None:
    said = words(asked.press("/requests/1", "/requests/1", {"do": "accept"}))
    assert "Events tab" in said
    asked.press("/requests/2", "/requests/2", {"do": "accept"})
    assert "Members ask the committee to consider: Sheriff request 2" in asked.text("/cycle")
    fields = {"do": "answer", "why": "The committee takes it up."}
    assert "The request is answered." in words(asked.press("/requests/2", "/requests/2", fields))
    assert "Sheriff" not in asked.text("/cycle")


def test_a_code_opens_the_way_to_what_is_held(asked: DeskClient) -> None:
    here = "/requests/4"
    assert "Show what is held" not in asked.text(here)
    wrong = asked.press(here, here, {"do": "code", "code": "XXXX"})
    assert "this is not the code" in words(wrong).lower()
    asked.press(here, here, {"do": "code", "code": code(asked.town, 4)})
    assert "Show what is held on this person" in asked.text(here)


def test_who_may_look_sees_no_button_and_does_nothing(asked: DeskClient) -> None:
    asked.sign_in(LOOKS)
    assert '<button name="do"' not in asked.get("/requests/3").text
    fields = {TOKEN: token_of(asked.key, "/requests/3"), "do": "accept"}
    assert asked.post("/requests/3", fields).status_code == 409
    assert held(asked.town, 3).state is RequestState.OPEN


def test_a_look_at_a_request_is_recorded(asked: DeskClient) -> None:
    """DP-3"""
    asked.text("/requests/3")
    with asked.town.ledger() as ledger:
        looks = [one for who in {*ledger.ids().values()} for one in ledger.officers.looks(who)]
    assert [one.officer for one in looks if one.what == "request 3"] == [ACTS]


def test_in_spanish(asked: DeskClient) -> None:
    asked.press("/requests", "/language", {"language": "es", "back": "/requests"})
    said = asked.text("/requests")
    assert "Esperan 5 solicitudes." in said
    assert "corregir mi asistencia abierta" in said


@pytest.mark.parametrize("number", ["99", "x", "0"])
def test_a_number_that_no_request_has_is_said(asked: DeskClient, number: str) -> None:
    answer = asked.get(f"/requests/{number}")
    assert answer.status_code == 409
    assert "There is no such request" in words(answer)
