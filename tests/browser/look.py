"""Looking at a page: at phone and desk width, light and dark, on paper, and as axe-core sees it."""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.browser import axe
from tests.browser.chromium import Tab

SIZES: Final = {"phone": (390, 844), "small": (360, 740), "narrow": (320, 640), "desk": (1280, 900)}


OVERLAPS: Final = """[...document.querySelectorAll('svg.chart')].flatMap(chart => {
  const texts = [...chart.querySelectorAll('text')].map(one => [one, one.getBoundingClientRect()]);
  return texts.flatMap(([one, a], n) => texts.slice(n + 1)
    .filter(([_, b]) => a.left < b.right && b.left < a.right && a.top + 4 < b.bottom
                        && b.top + 4 < a.bottom)
    .map(([other]) => one.textContent + ' | ' + other.textContent));
})"""
"""Texts of a chart that cover one another; boxes of lines in turn touch by a little."""


@dataclass(frozen=True)
class View:
    """One way to look at a page."""

    size: str
    dark: bool = False
    paper: bool = False

    @property
    def name(self) -> str:
        return "-".join([self.size, *["dark"] * self.dark, *["paper"] * self.paper])


VIEWS: Final = (
    View("phone"),
    View("phone", dark=True),
    View("narrow"),
    View("desk"),
    View("desk", dark=True),
    View("desk", paper=True),
)


def faults(
    tab: Tab, page: Path | str, view: View, *, ask_axe: bool = True, home: str = ""
) -> list[str]:
    """What is wrong with a page in one view; axe-core takes most of the time.

    Args:
        home: from where the page may load; "" is from nowhere.
    """
    show(tab, page, view)
    own = page if isinstance(page, str) else page.as_uri()
    found = [f"console: {said}" for said in tab.complaints]
    # What the browser draws its own controls with is a "data:", and no request.
    fetched = [url for url in tab.loads if not url.startswith("data:image/svg+xml;")]
    found += [f"loads {url}" for url in fetched
              if url != own and not (home and url.startswith(f"{home}/"))]  # fmt: skip
    across, down = tab.evaluate(
        "[document.documentElement.scrollWidth, "
        "document.querySelector('h1').getBoundingClientRect().bottom]"
    )
    width, height = SIZES[view.size]
    found += ["wider than the screen"] * (across > width)
    found += ["the sentence of the result is below the fold"] * (down > height)
    found += [f"text lies over text: {said}" for said in tab.evaluate(OVERLAPS)]
    found += violations(tab) if ask_axe else []
    name = page.removeprefix(home) if isinstance(page, str) else page.name
    return [f"{name} {view.name}: {fault}" for fault in found]


def show(tab: Tab, page: Path | str, view: View) -> None:
    """Open a page as one view has it."""
    width, height = SIZES[view.size]
    tab.ask(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=height,
        deviceScaleFactor=1,
        mobile=view.size != "desk",
    )
    scheme = {"name": "prefers-color-scheme", "value": "dark" if view.dark else "light"}
    media = "print" if view.paper else "screen"
    tab.ask("Emulation.setEmulatedMedia", media=media, features=[scheme])
    tab.open(page)


def violations(tab: Tab) -> list[str]:
    """What axe-core objects to, best practices included."""
    tab.evaluate(axe.script())
    said = tab.evaluate(
        "axe.run({resultTypes: ['violations'], preload: false}).then(r => r.violations.map(v => "
        "`axe ${v.id}: ${v.help}: ${v.nodes.map(n => n.html).join(' ').slice(0, 300)}`))"
    )
    return [str(one) for one in said]


def screenshot(tab: Tab) -> bytes:
    """The whole page as it stands, PNG."""
    image = tab.ask("Page.captureScreenshot", captureBeyondViewport=True)
    return base64.b64decode(image["data"])
