"""Who may come in, who is in, who looked: seen and changed on the page (DP-3)."""

import re
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from flows.votes.sending import CLERK
from models.errors import FixTheSettings
from models.intake.people import PersonId
from tests.flows.web.desk import ACTS, LOOKS, DeskClient, words
from tests.flows.web.test_privacy import twins

PAGE, INVITE, SIGN_OUT = (
    "/privacy/access", "/privacy/access/invite", "/privacy/access/sign-out",
)  # fmt: skip


@pytest.fixture
def inside(desk: DeskClient) -> DeskClient:
    return desk.sign_in()


def test_it_says_who_is_in_and_who_is_not(inside: DeskClient) -> None:
    said = inside.text(PAGE)
    assert "1 officer is signed in Ana Reyes signed in can look and act" in said
    assert "Lou Grant not signed in can look" in said


def test_an_officer_makes_a_link_for_another_that_is_good_once(inside: DeskClient) -> None:
    answer = inside.press(PAGE, INVITE, {"officer": LOOKS})
    key = re.search(r"/sign-in/([\w-]+)", answer.text)
    assert key
    assert key[1] not in inside.get(PAGE).text
    inside.browser.cookies.clear()
    signed = inside.post("/sign-in", {"key": key[1]})
    assert "Signed in as Lou Grant" in words(signed)


def test_the_record_says_who_made_the_link_and_who_ended_sessions(inside: DeskClient) -> None:
    inside.press(PAGE, INVITE, {"officer": LOOKS})
    inside.press(PAGE, SIGN_OUT, {"officer": LOOKS})
    with inside.town.context() as context:
        lines = context.ledger.votes.lines("")[-2:]
    assert [(one.who, one.event.kind, one.event.model_dump()["officer"]) for one in lines] == [
        (ACTS, "officer-invited", LOOKS),
        (ACTS, "officer-signed-out", LOOKS),
    ]


def test_the_record_has_the_links_and_sessions_of_the_terminal_too(inside: DeskClient) -> None:
    at = ["-c", str(inside.town.folder)]
    for said in (["desk", "invite", LOOKS], ["desk", "sign-out", LOOKS]):
        assert CliRunner().invoke(app, [*said, *at]).exit_code == 0
    with inside.town.context() as context:
        lines = context.ledger.votes.lines("")[-2:]
    assert [(one.who, one.event.kind) for one in lines] == [
        (CLERK, "officer-invited"),
        (CLERK, "officer-signed-out"),
    ]


def test_an_officer_is_signed_out_however_the_name_is_typed(inside: DeskClient) -> None:
    """Who hands over takes this step; a name that nobody has is no success."""
    at = ["-c", str(inside.town.folder)]
    for name in (LOOKS, LOOKS.lower()):
        CliRunner().invoke(app, ["desk", "invite", name, *at])
        said = CliRunner().invoke(app, ["desk", "sign-out", name.upper(), *at]).output
        assert "Signed out." in said
    unknown = CliRunner().invoke(app, ["desk", "sign-out", "Lou Grnat", *at])
    assert isinstance(unknown.exception, FixTheSettings)


def test_who_was_invited_is_listed_with_the_last_moment_of_the_link(inside: DeskClient) -> None:
    at = ["-c", str(inside.town.folder)]
    made = CliRunner().invoke(app, ["desk", "invite", LOOKS, *at]).output
    (until,) = re.findall(r"It works once, until (.*):", made)
    listed = CliRunner().invoke(app, ["desk", "officers", *at]).output
    assert f"{LOOKS}\tlook\t0\t{until}" in listed


def test_a_link_that_was_taken_back_signs_nobody_in(inside: DeskClient) -> None:
    key = inside.invitation(LOOKS)
    assert "has an unused link, good until " in inside.text(PAGE)
    assert "Lou Grant is signed out" in words(inside.press(PAGE, SIGN_OUT, {"officer": LOOKS}))
    inside.browser.cookies.clear()
    assert inside.post("/sign-in", {"key": key}).status_code == 403


def test_who_ends_their_own_sessions_is_out(inside: DeskClient) -> None:
    assert "You are not signed in." in words(inside.press(PAGE, SIGN_OUT, {"officer": ACTS}))
    assert "You are not signed in." in inside.text(PAGE)


@pytest.mark.parametrize("action", [INVITE, SIGN_OUT])
def test_whoever_is_in_no_settings_is_no_officer(inside: DeskClient, action: str) -> None:
    answer = inside.press(PAGE, action, {"officer": "<b>Mallory</b>"})
    assert answer.status_code == 409
    assert "No officer has this name." in words(answer)
    assert "Mallory" not in answer.text


def test_it_says_how_many_were_looked_at_and_not_who(inside: DeskClient) -> None:
    found = inside.press("/privacy", "/privacy/find", {"wanted": twins(inside)})
    names = re.findall(r'href="/privacy/person/[^"]+">([^<]+)<', found.text)
    assert len(names) == 2
    answer = inside.get(PAGE)
    assert f"Ana Reyes searched for what is held {len(names)}" in words(answer)
    assert not [one for one in names if one in answer.text]


def test_no_look_is_pushed_off_the_page_by_loading_a_list_again(inside: DeskClient) -> None:
    page = inside.get("/roll/everyone").text
    found = re.search(r'href="(/person/[^"]+)"', page)
    assert found
    inside.get(found[1])
    people = [PersonId(f"p{n}") for n in range(12)]
    with inside.town.context() as context:
        for minute in range(50):  # each is a load of a list
            at = context.now() + timedelta(minutes=minute)
            context.ledger.officers.looked_at(ACTS, people, "the list", at)
    said = inside.text(PAGE)
    assert "Ana Reyes why they can or cannot vote 1" in said
    assert "Ana Reyes the list 12" in said


def test_it_is_in_spanish_too(inside: DeskClient) -> None:
    inside.press("/", "/language", {"language": "es"})
    assert "Un enlace de acceso para Lou Grant" in words(
        inside.press(PAGE, INVITE, {"officer": LOOKS})
    )
    assert "La sesión de Lou Grant está cerrada" in words(
        inside.press(PAGE, SIGN_OUT, {"officer": LOOKS})
    )
