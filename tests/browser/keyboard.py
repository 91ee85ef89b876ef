"""A page by keyboard alone: everything is reached, and it is seen where the focus is."""

from tests.browser.chromium import Tab
from tests.browser.look import View, show

TABS_INSIDE = 8
"""A date is several fields to the keyboard."""

CONTROLS = """[...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex="0"]')]
  .filter(one => one.checkVisibility() && !one.disabled)"""
FOCUSED = f"""(() => {{
  const one = document.activeElement, style = getComputedStyle(one);
  const seen = style.outlineStyle != "none" && parseFloat(style.outlineWidth) > 0;
  return [{CONTROLS}.indexOf(one), seen,
          one.outerHTML.slice(0, 120), one.type == 'radio' ? one.name : ''];
}})()"""


def unreached(browser: Tab, address: str) -> list[str]:
    """What of a page the keyboard does not reach, and where its focus cannot be seen."""
    show(browser, address, View("desk"))
    count = browser.evaluate(f"{CONTROLS}.length")
    found, reached, radios = [], [], set[str]()
    for _ in range(count * TABS_INSIDE):
        browser.press("Tab")
        at, visible, what, radio = browser.evaluate(FOCUSED)
        if at in reached and at != reached[-1]:
            break  # around once
        reached.append(at)
        radios |= {radio} - {""}
        if at >= 0 and not visible and "<iframe" not in what:  # it is seen on a link in the frame
            found.append(f"{address}: the focus cannot be seen on {what}")
    reached = [one for one in dict.fromkeys(reached) if one >= 0]
    if not radios and reached != list(range(count)):
        found.append(f"{address}: {count} controls, reached {reached}")
    return found
