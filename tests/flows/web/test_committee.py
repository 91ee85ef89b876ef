"""The committee on the officers' page: as `clerk committee` has it."""

import pytest

from tests.flows.test_committee_cli import AWAY, CHAIR, MEMBERS
from tests.flows.web.desk import LOOKS, DeskClient, words

LATE = MEMBERS.replace("2026", "2024")


@pytest.fixture
def seated(desk: DeskClient) -> DeskClient:
    (desk.town.folder / "committee.toml").write_text(MEMBERS + AWAY + CHAIR)
    return desk.sign_in(LOOKS)


def test_it_says_who_sits_until_when_and_who_is_away(seated: DeskClient) -> None:
    said = seated.text("/committee")
    assert "12 members are active Quorum is 9 today (SC-R2)." in said
    assert "Cleo Chair co-chair February 10, 2026 with the next slate" in said
    assert "leave from June 1, 2026 to August 31, 2026" in said


def test_whoever_steps_aside_is_not_counted(seated: DeskClient) -> None:
    answer = seated.press("/committee", "/committee", {"aside": ["Member 1", "Member 2"]})
    assert "Quorum is 7 today (SC-R2). 2 members step aside" in words(answer)
    assert answer.text.count(" checked") == 2


def test_a_stranger_steps_aside_from_nothing(seated: DeskClient) -> None:
    answer = seated.press("/committee", "/committee", {"aside": ["<b>Nobody</b>"]})
    assert answer.status_code == 409
    assert "“<b>Nobody</b>” is not an active member" in words(answer)


def test_what_the_bylaws_ask_comes_first_when_it_is_not_so(desk: DeskClient) -> None:
    (desk.town.folder / "committee.toml").write_text(LATE)
    said = desk.sign_in().text("/committee")
    assert "Not as the bylaws ask" in said
    assert "10 members hold over" in said


def test_without_a_list_it_says_how_to_have_one(desk: DeskClient) -> None:
    assert "members are not listed yet" in desk.sign_in().text("/committee")


def test_a_list_that_is_wrong_is_told_with_its_place(desk: DeskClient) -> None:
    (desk.town.folder / "committee.toml").write_text('[[members]]\nname = "<i>A</i>"\n')
    answer = desk.sign_in().get("/committee")
    assert answer.status_code == 409
    assert "committee.toml" in words(answer)
    assert "<i>" not in answer.text
