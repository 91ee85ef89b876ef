"""A whole rehearsal in a real browser, by clicking: from its first page to the published result."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.settings import load_chapter
from flows.rehearsal import run
from flows.rehearsal.troubles import SLOW
from flows.rehearsal.world import World
from tests.browser import axe
from tests.browser.chromium import Tab, tab
from tests.browser.keyboard import unreached
from tests.browser.look import View, faults, screenshot
from tests.flows.rehearsal.stage import BEGUN, approved, next_, real

pytestmark = pytest.mark.slow(minutes=3)

VIEWS = (View("phone"), View("phone", dark=True), View("narrow"), View("desk"),
         View("desk", dark=True))  # fmt: skip
PICTURES = Path(__file__).parent / "screenshots"
HOST = "http://127.0.0.1:"

FIND = """(() => {{
  const wanted = {wanted}, all = [...document.querySelectorAll('a[href], button, summary')];
  const named = one => (one.ariaLabel || one.innerText || '').replace(/\\s+/g, ' ').trim();
  const fit = all.filter(one => one.checkVisibility());
  return fit.find(one => named(one) == wanted) || fit.find(one => named(one).includes(wanted));
}})()"""


class Reader:
    """Somebody of the committee at the browser: clicks what a page names, and reads."""

    def __init__(self, browser: Tab, home: str) -> None:
        self.browser, self.home = browser, home
        self.went: list[str] = []

    def open(self, path: str) -> None:
        """Type an address."""
        self.browser.open(self.home + path if path.startswith("/") else path)
        self._note()

    def click(self, name: str) -> None:
        """Click a link or a button."""
        one = FIND.format(wanted=json.dumps(name))
        assert self.browser.evaluate(f"!!{one}"), f"no “{name}” in: {self.text}"
        self.browser.wait_for(lambda: self.browser.evaluate(f"{one}.click()"))
        self._note()
        self._wait()

    def tick(self, *names: str) -> None:
        """Tick boxes, by the beginning of their labels or what they are called."""
        for name in names:
            found = self.browser.evaluate(
                f"""(() => {{ const one = [...document.querySelectorAll('input')].find(each =>
                (each.ariaLabel || each.labels?.[0]?.innerText || '').trim()
                .startsWith({json.dumps(name)})); one?.click(); return !!one?.checked; }})()"""
            )
            assert found, f"no “{name}” in: {self.text}"

    def _wait(self) -> None:
        """Wait until what takes time has ended; on a busy machine its progress is shown first."""
        while "/progress/" in self.url:
            self.browser.evaluate("new Promise(then => setTimeout(then, 100))")
            self.open(self.url)

    def pass_time(self, button: str, until: str = "") -> None:
        """Press a button of the clock; again until something is said."""
        for _ in range(12):
            self.open("/")
            self.click(button)
            if until in self.text:
                return
        raise AssertionError(f"no “{until}” in: {self.text}")

    def follow_in_frame(self) -> None:
        """Move by keyboard until the first link of a frame has the focus, and press Enter."""
        for _ in range(40):
            self.browser.press("Tab")
            if self.browser.evaluate("document.activeElement.tagName") == "IFRAME":
                break
        self.browser.wait_for(lambda: self.browser.press("Enter"))
        self._note()

    @property
    def url(self) -> str:
        return str(self.browser.evaluate("location.href"))

    @property
    def text(self) -> str:
        """What the page says, on one line."""
        said = self.browser.evaluate("document.body.innerText")
        return " ".join(str(said).split())

    def _note(self) -> None:
        assert self.browser.complaints == [], self.url
        self.went += self.browser.loads


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The rehearsal of a chapter, with its pages and its officers' page."""
    monkeypatch.setattr(run, "utc_now", lambda: BEGUN)
    real(tmp_path / "chapter")
    with run.opened(load_chapter(tmp_path / "chapter"), run.Wishes(by="Thea Novak")) as one:
        yield one


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Tab]:
    """A new browser."""
    axe.needed()
    with tab(tmp_path / "profile") as one:
        yield one


def test_a_committee_rehearses_a_vote_by_clicking(browser: Tab, world: World) -> None:
    """All ten steps of the half hour, each found done; nothing is asked of another host."""
    reader = Reader(browser, world.home_url)
    reader.open("/")
    sign_in(reader)
    reader.pass_time("Go to the next night")
    ask_why(reader)
    reader.open("/")
    reader.click("Let them: Everybody signs in at an event")
    assert "people signed in at" in reader.text
    reader.pass_time("Go to the next night")
    approve(reader)
    reader.pass_time("Go to the next moment", until="Step 7: Vote as a member would")
    vote_as_a_member(reader)
    reader.open("/")
    reader.click("Let them: 60 percent of the members vote")
    try_a_trouble(reader)
    reader.pass_time("Go to the close")
    reader.pass_time("Go to the next moment")
    publish(reader)
    read_the_announcement(reader)
    reader.open("/")
    assert "Every step is done." in reader.text
    assert [url for url in reader.went if not url.startswith((HOST, "data:image/svg+xml;"))] == []


def sign_in(reader: Reader) -> None:
    assert "Step 1: Sign in at the officers’ page" in reader.text
    reader.click("Go there")
    reader.click("Rehearsal officer")
    reader.click("Sign in")
    assert "Signed in as Rehearsal officer" in reader.text


def ask_why(reader: Reader) -> None:
    """A step that is done at the officers' page leads there."""
    reader.open("/")
    reader.click("Go there")
    assert "Rehearsal: everybody here is invented" in reader.text
    reader.click("Voting members")
    reader.click("Hugo Jansen")
    assert "Hugo Jansen can vote" in reader.text


def approve(reader: Reader) -> None:
    reader.open("/")
    reader.click("Go there")
    reader.click("Rehearsal vote")
    reader.click("Check")
    assert "Ready to be approved" in reader.text
    reader.click("Go to the approval")
    reader.tick("I have seen the ballot")
    reader.click("Approve")
    assert "Approved. From now on" in reader.text


def vote_as_a_member(reader: Reader) -> None:
    """The link of an email, followed by keyboard out of its frame; the code is filled in."""
    reader.open("/inbox")
    reader.click("Your ballot")
    reader.follow_in_frame()
    assert "/forms/" in reader.url
    reader.tick("Ada Park: 1st", "Yes")
    reader.click("Submit")
    assert "Your response has been recorded." in reader.text


def try_a_trouble(reader: Reader) -> None:
    reader.open("/trouble")
    reader.click("Let it go wrong: The ballot form stops accepting answers")
    reader.open("/forms")
    assert "Closed" in reader.text
    reader.pass_time("Go to the next night")
    reader.open("/trouble")
    reader.click("Put it back: The ballot form stops accepting answers")
    reader.open("/forms")
    assert "Closed" not in reader.text


def publish(reader: Reader) -> None:
    """An officer looks at the result and publishes it; the page is read as members read it."""
    reader.open("/")
    reader.click("Go there")
    reader.click("Rehearsal vote")
    reader.click("See the result")
    reader.click("Publish the result")
    reader.tick("Yes, publish it now")
    reader.click("Publish")
    assert "The result is published." in reader.text
    reader.open("/published")
    reader.click("rehearsal")
    assert "The members endorse" in reader.text
    reader.click("back to the rehearsal")


def read_the_announcement(reader: Reader) -> None:
    """Its link leads to the published page."""
    reader.pass_time("Go to the next night")
    reader.open("/inbox")
    reader.click("What we decided")
    reader.follow_in_frame()
    assert "/published/rehearsal/" in reader.url
    assert "The members endorse" in reader.text


def test_every_page_is_whole_in_every_view_and_by_keyboard(browser: Tab, world: World) -> None:
    """While a vote is open, with a trouble that goes on."""
    approved(world)
    world.act("sign-in")
    for _ in range(2):
        next_(world)
    world.begin(SLOW)
    found: list[str] = []
    PICTURES.mkdir(exist_ok=True)
    for path in paths(world):
        name = path.partition("?")[0].strip("/").replace("/", "-") or "home"
        for view in VIEWS:
            found += faults(browser, world.home_url + path, view, home=world.home_url)
            (PICTURES / f"rehearsal-{name}-{view.name}.png").write_bytes(screenshot(browser))
        # A frame is a process of its own, which on a busy machine is late for the keyboard.
        found += unreached(browser, world.home_url + path) and unreached(
            browser, world.home_url + path
        )
    assert found == [], "\n".join(found)


def paths(world: World) -> list[str]:
    """Every page, with something on it."""
    google = world.sandbox.google
    book = next(iter(google.workbooks.values()))
    tab_ = f"/sheets/{book.id}/{book.tabs[0].sheet_id}"
    forms = [f"/forms/{form}" for form in google.forms]
    return [
        "/", "/inbox", "/inbox/members/0", "/forms", *forms, f"{forms[0]}/sent", "/sheets", tab_,
        f"{tab_}/1", f"{tab_}/2", f"{tab_}/new", "/published", "/trouble", "/report", "/people",
        "/desk", "/elsewhere?to=https://example.org/x",
    ]  # fmt: skip
