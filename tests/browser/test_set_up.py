"""The questions of a set-up in a real browser: phone and desk, light and dark, by keyboard."""

from collections.abc import Iterator

import pytest

from connectors.sandbox.google.cells import Cell
from tests.browser import axe
from tests.browser.chromium import Tab, tab
from tests.browser.keyboard import unreached
from tests.browser.look import View, faults
from tests.flows.setup.person import address
from tests.flows.town import Town
from tests.flows.web.desk import opened
from tests.flows.web.setups import MORE, SetUp

pytestmark = pytest.mark.slow
VIEWS = (View("phone"), View("narrow"), View("desk", dark=True))
OWN: list[list[Cell]] = [
    ["Date", "What we did", "Given name", "Family", "Your e-mail", "Notes"],
    ["2026-03-01", "Canvass", "Quill", "Alder", "quill@example.org", "x"],
]
SIGN_IN: list[list[Cell]] = [
    ["Timestamp", "Name", "Email address"],
    ["2026-01-13 19:00", "Quill Alder", "quill@example.org"],
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """One tab for all questions."""
    axe.needed()
    with tab(tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture
def officer(town: Town, browser: Tab) -> Iterator[SetUp]:
    """At the beginning, the browser in the same session."""
    town.night()
    tabs = {"Volunteers 2026": OWN, "Sign-in January": SIGN_IN}
    town.sandbox.google.add_workbook(MORE, "Canvass", tabs)
    with opened(town) as desk:
        one = SetUp(desk.sign_in())
        browser.ask("Network.clearBrowserCookies")
        for cookie in desk.browser.cookies:
            browser.ask("Network.setCookie", name=cookie.name, value=cookie.value, url=desk.home)
        yield one


def test_each_kind_of_question_is_whole_in_every_view(browser: Tab, officer: SetUp) -> None:
    home, found = officer.desk.home, list[str]()

    def looked() -> None:
        for view in VIEWS:
            found.extend(faults(browser, f"{home}/setup", view, home=home))
        found.extend(unreached(browser, f"{home}/setup"))

    looked()
    officer.begin()
    looked()
    officer.answers("https://docs.google.com/forms/d/x/edit")
    looked()
    officer.answers(address("spreadsheet", MORE))
    looked()
    officer.answers("volunteers")
    while "Which column has" in officer.said:
        if "the person’s name?" in officer.said:
            looked()
        is_activity = "has the activity?" in officer.said
        officer.answers("B" if is_activity else "E" if "email address?" in officer.said else "A")
    officer.asks("Is “Volunteers 2026” read in the right way?")
    looked()
    officer.answers("skip").answers("event_sign_ins").answers("yes")
    officer.asks("By which pattern of their names are the tabs of single events found?")
    looked()
    officer.press("stop")
    looked()
    officer.press("anew").answers(address("spreadsheet", MORE))
    officer.answers("nothing").answers("event_sign_ins").answers("yes").answers("Sign-in J*")
    officer.none().none()
    assert "Added: 1 tab" in officer.said
    looked()
    assert found == []
