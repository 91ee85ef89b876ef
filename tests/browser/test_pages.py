"""The pages in a real browser: console, width, fold, and axe-core, in every view."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.pages import race_page
from tests.browser import axe
from tests.browser.chromium import Tab, tab
from tests.browser.look import SIZES, VIEWS, View, faults, screenshot, show
from tests.connectors.pages.invented import race, write_pages

pytestmark = pytest.mark.slow

ALL_VIEWS = ("index.html", "district-6.html", "guide-en.html")
"""Looked at in every view; the other pages on a phone."""

STRUCTURES = (
    "mayor.html", "q6.html", "q7.html", "motion.html", "night.html", "tellers.html",
    "guide-es.html", "slate.html",
)  # fmt: skip
"""With those above, every part a page can have: axe-core, which takes its time, sees these."""

PICTURES = Path(__file__).parent / "screenshots"
"""Where the pictures of the last run lie, for a person to look at."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """One tab for all pages."""
    axe.needed()
    with tab(tmp_path_factory.mktemp("profile")) as one:
        yield one


def test_every_page_is_whole_in_every_view(browser: Tab, tmp_path: Path) -> None:
    found = []
    for page in write_pages(tmp_path):
        for view in VIEWS if page.name in ALL_VIEWS else VIEWS[:1]:
            thorough = page.name in ALL_VIEWS + STRUCTURES
            found += faults(browser, page, view, ask_axe=thorough)
    assert found == []


@pytest.mark.parametrize("name", ALL_VIEWS)
def test_a_picture_shows_the_whole_page(browser: Tab, tmp_path: Path, name: str) -> None:
    write_pages(tmp_path)
    PICTURES.mkdir(exist_ok=True)
    for view in (View("phone"), View("desk")):
        show(browser, tmp_path / name, view)
        picture = screenshot(browser)
        (PICTURES / f"{name}-{view.name}.png").write_bytes(picture)
        width, height = struct.unpack(">II", picture[16:24])  # as every PNG begins
        assert SIZES[view.size][0] - SCROLL_BAR <= width <= SIZES[view.size][0]
        assert height > SIZES[view.size][1]


@pytest.mark.parametrize("view", [View("small"), View("narrow")])
def test_a_long_name_leaves_its_numbers_alone(browser: Tab, tmp_path: Path, view: View) -> None:
    pair, other = "Kamala Harris and Tim Walz", "Maximiliano Featherstonehaugh-Smith"
    table = {"kind": "single-choice", "id": "president", "title": "President",
             "candidates": [pair, other]}  # fmt: skip
    counted = race(table, {(0,): 11_111, (1,): 7_000})
    page = tmp_path / "president.html"
    page.write_text(race_page(counted), encoding="utf-8")
    assert faults(browser, page, view, ask_axe=False) == []
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / f"{page.name}-{view.name}.png").write_bytes(screenshot(browser))


SCROLL_BAR = 20


BROKEN = """<!doctype html><html lang="en"><head><title>X</title>
<meta name="viewport" content="width=device-width">
<style>h1 { margin-top: 2000px } p { width: 3000px; color: #ddd; background: #fff }</style></head>
<body><main><h1>X</h1><p>pale</p><img src="missing.png" alt=""><script>console.error("no")</script>
</main></body></html>"""


def test_a_broken_page_is_seen_to_be_broken(browser: Tab, tmp_path: Path) -> None:
    page = tmp_path / "broken.html"
    page.write_text(BROKEN)
    found = " ".join(faults(browser, page, View("phone")))
    for fault in (
        "console: ['no']",
        "loads file:",
        "wider than",
        "below the fold",
        "color-contrast",
    ):
        assert fault in found
