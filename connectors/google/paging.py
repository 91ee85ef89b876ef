"""A list of Google's, page after page: each page says by a token where the next one is."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from connectors.net.retries import LATER
from models.errors import TryAgainLater

EMPTY_PAGES = 50
"""So many in a row that each promise more are no list. AIP-158: an empty page need not be the last
one."""


class Page(Protocol):
    """A page of a list."""

    @property
    def size(self) -> int:
        """How many are on it."""

    @property
    def next(self) -> str:
        """What to ask the next page with; "" when this is the last."""


P = TypeVar("P", bound=Page)


def pages(
    ask: Callable[[Mapping[str, Any]], P], asked: Mapping[str, Any], where: str
) -> Iterator[P]:
    """All pages of a list.

    Args:
        ask: gets one page.
        asked: what is asked for; from the second page on with a `pageToken`.

    Raises:
        TryAgainLater: one page after another is empty, or the same, and promises more.
    """
    idle, token = 0, ""
    while idle < EMPTY_PAGES:
        page = ask({**asked, "pageToken": token} if token else asked)
        yield page
        if not page.next:
            return
        idle = idle + 1 if page.next == token or not page.size else 0
        token = page.next
    raise TryAgainLater(
        f"{EMPTY_PAGES} pages in a row hold nothing new, and each says that there are more",
        where=where,
        next_step=LATER,
    )
