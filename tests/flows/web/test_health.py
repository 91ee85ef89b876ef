"""The program's health on the officers' page: as `clerk doctor` has it."""

import requests

from tests.flows.web.desk import LOOKS, DeskClient, words


def test_what_is_on_this_computer_is_checked_at_once(desk: DeskClient) -> None:
    said = desk.sign_in(LOOKS).text("/health")
    assert "Everything on this computer works" in said
    assert "last nightly run: March 31, 2026" in said


def test_opening_the_page_asks_no_service(desk: DeskClient) -> None:
    desk.town.sandbox.journal.clear()
    desk.sign_in().get("/health")
    assert desk.town.sandbox.journal == []


def test_everything_is_checked_by_a_button(desk: DeskClient) -> None:
    said = words(_checked(desk.sign_in(LOOKS)))
    assert "Everything was checked just now" in said
    assert "officers' page 2 officers, 1 of them can act; running on port" in said
    assert "who can open it" in said
    assert said.count("@") == said.count("clerk@") == 1, "the program's own account"


def test_what_is_wrong_comes_with_its_fix(desk: DeskClient) -> None:
    desk.sign_in()
    desk.town.rewrite('website = "', 'website = "not a page ')
    answer = desk.get("/health")
    assert "1 thing needs to be fixed" in words(answer)
    assert "Next: Enter your chapter's own value" in words(answer)
    assert "1 thing needs to be fixed" in words(_checked(desk))


def test_it_is_in_spanish_too(desk: DeskClient) -> None:
    desk.sign_in().press("/", "/language", {"language": "es"})
    assert "En esta computadora todo funciona" in desk.text("/health")


def _checked(desk: DeskClient) -> requests.Response:
    answer = desk.press("/health", "/health")
    while "/progress/" in answer.url:
        answer = desk.get(answer.url.removeprefix(desk.home))
    return answer
