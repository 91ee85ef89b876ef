"""The program's own account at Google: its address is shown where a file must be shared with it.

It is nobody's of the list; any other address on a page is refused (DP-3).
"""

from typing import Final

from markupsafe import escape

from flows.context import ChapterContext
from models.errors import ClerkError

PRINTED: Final = "(`clerk doctor` prints it)"
"""Stands behind “the service account's address” in whatever is said in the terminal too."""


def address_of(context: ChapterContext) -> str:
    """Its address; "" if there is none, or the key cannot be read."""
    try:
        return context.google.address
    except ClerkError:
        return ""


def shown_in(page: str, context: ChapterContext) -> str:
    """A page in which its address stands where a command would print it."""
    if PRINTED in page and (address := address_of(context)):
        return page.replace(PRINTED, f"(<code>{escape(address)}</code>)")
    return page
