"""A workbook's tabs under the names that a chapter's settings have for them.

Google tells titles apart without regard to case, and people without regard to spaces and closing
marks. A name that fits two tabs is asked about: none of them is taken by chance.
"""

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from connectors.google.answers import Tab
from models.privacy import redact_addresses
from models.text.folding import unmarked

_WAYS: tuple[Callable[[str], str], ...] = (str, str.casefold, unmarked)
"""From the strictest to the most lenient; the first that finds a tab decides."""


class NotThere(Exception):
    """No tab is meant, or more than one; the message says which are near."""


def find(title: str, tabs: Sequence[Tab]) -> Tab | None:
    """The one tab that a name means; None if there is none.

    Raises:
        NotThere: it fits two.
    """
    for way in _WAYS:
        found = [tab for tab in tabs if way(tab.title) == way(title)]
        if len(found) > 1:
            both = " and ".join(f"“{redact_addresses(tab.title)}”" for tab in found)
            raise NotThere(
                f"{len(found)} tabs have the name “{title}”, apart from punctuation: {both}"
            )
        if found:
            return found[0]
    return None


def find_cells(title: str, tabs: Sequence[Tab]) -> Tab:
    """The one tab with cells that a name means.

    Raises:
        NotThere: there is none, or two, or it has no cells.
    """
    tab = find(title, tabs)
    if tab is None:
        by_name = {unmarked(each.title): each.title for each in tabs}
        near = get_close_matches(unmarked(title), list(by_name), n=1, cutoff=0.4)
        hint = f"; the closest is “{redact_addresses(by_name[near[0]])}”" if near else ""
        raise NotThere(f"no tab “{title}”{hint}")
    if not tab.has_cells:
        title = redact_addresses(tab.title)
        raise NotThere(f"“{title}” has no rows: it is a chart or a database on its own tab")
    return tab
