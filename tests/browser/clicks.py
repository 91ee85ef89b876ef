"""What a person does at a page: signs in, clicks what they read, types, and ticks."""

import json
from dataclasses import dataclass, field
from typing import Final

from tests.browser.chromium import Tab
from tests.browser.look import SIZES, violations
from tests.flows.web.desk import DeskClient

_CLICKABLE: Final = """[...document.querySelectorAll('a[href], button, summary, label')]
  .filter(one => one.checkVisibility() && one.innerText.trim() == %s)"""
_MIDDLE: Final = """(() => {
  const one = %s[0];
  one.scrollIntoView({block: 'center', behavior: 'instant'});
  const box = one.getClientRects()[0];
  return [box.left + Math.min(box.width, 60) / 2, box.top + box.height / 2];
})()"""
_LABELED: Final = """[...document.querySelectorAll('label[for]')]
  .filter(one => one.firstChild.textContent.trim() == %s)
  .map(one => document.getElementById(one.htmlFor))"""
_TYPED: Final = """(() => {
  const one = %s[0];
  one.focus();
  one.value = %s;
  one.dispatchEvent(new Event('input', {bubbles: true}));
})()"""


@dataclass
class Clicks:
    """A person at the officers' page; on the way, what is wrong with each page is noted."""

    tab: Tab
    desk: DeskClient
    faults: list[str] = field(default_factory=list)

    def signed_in(self) -> "Clicks":
        """Open a link of one's own and press its button."""
        width, height = SIZES["phone"]
        self.tab.ask("Emulation.setDeviceMetricsOverride", width=width, height=height,
                     deviceScaleFactor=1, mobile=True)  # fmt: skip
        self.tab.ask("Network.clearBrowserCookies")
        self.tab.open(f"{self.desk.home}/sign-in/{self.desk.invitation()}")
        self.click("Sign in")
        return self

    @property
    def text(self) -> str:
        """What the page says, on one line."""
        return " ".join(str(self.tab.evaluate("document.body.innerText")).split())

    def says(self, *sentences: str) -> None:
        """The page says all of these."""
        said = self.text
        missing = [one for one in sentences if one not in said]
        assert not missing, f"{missing} not in: {said}"

    def click(self, text: str) -> None:
        """Click the one thing that reads so, and wait for the page that it leads to."""
        self.tab.wait_for(lambda: self._press(text))
        self._look(text)

    def tick(self, text: str) -> None:
        """Click a box's own words."""
        self._press(text)

    def fill(self, label: str, value: str) -> None:
        """Type into the one field of this name."""
        fields = _LABELED % json.dumps(label)
        count = self.tab.evaluate(f"{fields}.length")
        assert count == 1, f"{count} fields are called {label!r} on: {self.text}"
        self.tab.evaluate(_TYPED % (fields, json.dumps(value)))

    def _press(self, text: str) -> None:
        found = _CLICKABLE % json.dumps(text)
        count = self.tab.evaluate(f"{found}.length")
        assert count == 1, f"{count} things read {text!r} on: {self.text}"
        x, y = self.tab.evaluate(_MIDDLE % found)
        for kind in ("mousePressed", "mouseReleased"):
            self.tab.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left",
                         clickCount=1)  # fmt: skip

    def _look(self, text: str) -> None:
        """Note what axe, the console, and the network say of the page."""
        home = f"{self.desk.home}/"
        strange = [
            url for url in self.tab.loads if not url.startswith((home, "data:image/svg+xml"))
        ]
        found = [f"console: {one}" for one in self.tab.complaints]
        found += [f"loads {one}" for one in strange] + violations(self.tab)
        self.faults += [f"after {text!r}: {one}" for one in found]
        self.tab.complaints.clear()
        self.tab.loads.clear()
