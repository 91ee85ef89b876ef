"""The officers' page in a real browser: every page, phone and desk, light and dark, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import axe
from tests.browser.chromium import Tab, tab
from tests.browser.keyboard import unreached
from tests.browser.look import View, faults, screenshot
from tests.flows.test_committee_cli import AWAY, CHAIR, MEMBERS
from tests.flows.test_near import SEND, write_list
from tests.flows.test_requests import ANN, STRANGER, ask, bring
from tests.flows.town import Town
from tests.flows.web.desk import LOOKS, DeskClient, opened
from tests.flows.web.test_actions import volunteers, write
from tests.flows.web.walk import Walk

pytestmark = pytest.mark.slow(minutes=4)

VIEWS = (View("phone"), View("phone", dark=True), View("desk"), View("desk", dark=True))
PICTURES = Path(__file__).parent / "screenshots"
"""Where the pictures of the last run lie, for a person to look at."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """One tab for all pages."""
    axe.needed()
    with tab(tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture
def desk(town: Town) -> Iterator[DeskClient]:
    """Something on each of its pages: volunteers and a call, requests, and the statewide ones."""
    (town.folder / "committee.toml").write_text(MEMBERS + AWAY + CHAIR)
    town.rewrite(*SEND)
    volunteers(town)
    town.add_tab("requests")
    town.add_tab("statewide", ["2026-01-01 10:00", "old@example.org", "Nowhere", None, "yes"])
    write_list(town.folder)
    town.night(tell_everyone=True)
    ask(town, ANN, "correct my attendance", "the spring meeting")
    ask(town, STRANGER, "my status")
    bring(town)
    with opened(town) as client:
        write(client.sign_in())
        yield client


def signed_in(browser: Tab, desk: DeskClient) -> Tab:
    """Let the browser sign in by a link of its own, and let both have one session."""
    browser.ask("Network.clearBrowserCookies")
    browser.open(f"{desk.home}/sign-in/{desk.invitation()}")
    browser.wait_for(lambda: browser.evaluate("document.querySelector('button').click()"))
    assert "Signed in as Ana Reyes" in browser.evaluate("document.body.innerText")
    for cookie in browser.ask("Network.getCookies", urls=[desk.home])["cookies"]:
        desk.browser.cookies.set(cookie["name"], cookie["value"], domain="127.0.0.1")
    return browser


def pages(desk: DeskClient) -> list[str]:
    """Every page that can be opened by its address."""
    walk = Walk(desk, ("a",)).everywhere()
    found = [path.partition("#")[0] for path, one in walk.pages.items() if one.ok]
    gets = [path for path in dict.fromkeys(found) if desk.get(path).ok]
    return [path for path in gets if desk.get(path).headers["content-type"].startswith("text/html")]


def test_every_page_is_whole_in_every_view(browser: Tab, desk: DeskClient) -> None:
    signed_in(browser, desk)
    PICTURES.mkdir(exist_ok=True)
    found, taken = [], set()
    shown = pages(desk)
    assert {"/actions/canvass-may", "/requests/1", "/towns"} <= set(shown)
    for path in ["/sign-in", *shown]:
        kind = "-".join(path.strip("/").split("/")[:2]) or "today"
        for view in VIEWS:
            found += faults(browser, desk.home + path, view, home=desk.home)
            if (kind, view.name) not in taken:
                taken.add((kind, view.name))
                (PICTURES / f"desk-{kind}-{view.name}.png").write_bytes(screenshot(browser))
    assert found == []


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Tab, desk: DeskClient
) -> None:
    signed_in(browser, desk)
    found = [fault for path in pages(desk) for fault in unreached(browser, desk.home + path)]
    assert found == []


def test_a_person_is_found_and_a_session_ended_by_keyboard_alone(
    browser: Tab, desk: DeskClient
) -> None:
    desk.town.clock.go(minutes=1)  # type: ignore[attr-defined]  # the tests' clock
    signed_in(browser, desk)
    desk.invitation(LOOKS)
    browser.open(f"{desk.home}/privacy/access")
    for _ in range(60):
        browser.press("Tab")
        if "Sign out Lou Grant" in browser.evaluate("document.activeElement.ariaLabel || ''"):
            break
    browser.wait_for(lambda: browser.press("Enter"))
    assert "Lou Grant is signed out" in browser.evaluate("document.body.innerText")
    assert browser.complaints == []


def test_a_look_only_officer_sees_whole_pages_too(browser: Tab, desk: DeskClient) -> None:
    browser.ask("Network.clearBrowserCookies")
    desk.sign_in(LOOKS)
    for one in desk.browser.cookies:
        browser.ask("Network.setCookie", name=one.name, value=one.value, url=desk.home)
    found = []
    for path in pages(desk):
        found += faults(browser, desk.home + path, View("phone"), home=desk.home)
    assert found == []
