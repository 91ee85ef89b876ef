"""The answers to a form, page by page, and never none by mistake.

A form that nobody answered answers `{}`: Google's reference knows no other field beside
`responses` and `nextPageToken`, says that `formId` is not returned here, and leaves out what is
empty. Nothing in it proves that Google said it; a network's own `{}` would take everybody's answers
away. So where an empty page would take something away it is asked for a second time, and in between
the form must say its own id: only what is said twice, around that, is believed.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from connectors.google.client import GoogleClient
from connectors.google.form_answers import Form, Page, Response
from connectors.net.http import LATER, RetryPolicy
from models.errors import TryAgainLater

FORMS = "https://forms.googleapis.com/v1/forms/"
PAGE = 5000
EMPTY_PAGES = 50
"""So many in a row that each promise more are no answer to a form."""


def address(form_id: str, part: str = "") -> str:
    """Where a form is asked about."""
    return f"{FORMS}{quote(form_id, safe='')}{part}"


class Responses:
    """Reads forms and their answers."""

    def __init__(self, client: GoogleClient, patience: RetryPolicy) -> None:
        self._client, self._again = client, patience

    def form(self, form_id: str, fields: str = "") -> Form:
        """The form itself.

        Args:
            fields: the parts wanted, `formId` among them; "" for all.
        """
        asked = {"fields": fields} if fields else {}
        form: Form = self._again(
            self._client.get, Form, address(form_id), asked, lambda form: form.id == form_id
        )
        return form

    def read(self, form_id: str, since: str = "", *, none_known: bool = False) -> list[Response]:
        """Every answer, or what was submitted at this moment or later.

        Args:
            since: the moment of the newest known answer, which should come again.
            none_known: nothing is known that an empty page could take away: it is believed.
        """
        return list(self._pages(form_id, since, certain=none_known))

    def _pages(self, form_id: str, since: str, *, certain: bool) -> Iterator[Response]:
        """Page after page.

        Args:
            certain: whether an empty first page is believed; a later one was promised to hold some.

        Raises:
            TryAgainLater: one page after another is empty and promises more.
        """
        asked: dict[str, Any] = {"pageSize": PAGE}
        if since:
            asked["filter"] = f"timestamp >= {since}"
        empty = 0
        while empty < EMPTY_PAGES:
            page = self._page(form_id, asked)
            if not (page.responses or page.next or certain):
                self.form(form_id, "formId")
                page = self._page(form_id, asked)
            yield from page.responses
            if not page.next:
                return
            asked["pageToken"], certain = page.next, False
            empty = 0 if page.responses else empty + 1
        raise TryAgainLater(
            f"{EMPTY_PAGES} pages in a row without an answer, and each says that there are more",
            where=f"form {form_id}",
            next_step=LATER,
        )

    def _page(self, form_id: str, asked: dict[str, Any]) -> Page:
        where = address(form_id, "/responses")
        page: Page = self._again(self._client.get, Page, where, asked)
        return page
