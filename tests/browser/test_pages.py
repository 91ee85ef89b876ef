"""The pages in a real browser: console, width, fold, and axe-core, in every view."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import axe
from tests.browser.chromium import Tab, tab
from tests.browser.look import VIEWS, View, faults
from tests.connectors.pages.invented import write_pages

ALL_VIEWS = ("index.html", "district-6.html", "district-6.es.html")
"""Looked at in every view; the other pages on a phone, and axe-core sees their English alone."""


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
            ask_axe = page.name in ALL_VIEWS or ".es." not in page.name
            found += faults(browser, page, view, ask_axe=ask_axe)
    assert found == []


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
