"""The answers to a form, page by page, and never none by mistake.

A form that nobody answered answers `{}`: Google's reference knows no other field beside
`responses` and `nextPageToken`, says that `formId` is not returned here, and leaves out what is
empty. Nothing in it proves that Google said it; a network's own `{}` would take everybody's answers
away. So where an empty page would take something away it is asked for a second time, and in between
the form must say its own id: only what is said twice, around that, is believed.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from connectors.google.form_answers import Form, Page, Response
from connectors.google.paging import pages
from connectors.net.retries import RetryPolicy

if TYPE_CHECKING:
    from connectors.google.client import GoogleClient

FORMS = "https://forms.googleapis.com/v1/forms/"
PAGE = 5000


def address(form_id: str, part: str = "") -> str:
    """Where a form is asked about."""
    return f"{FORMS}{quote(form_id, safe='')}{part}"


class Responses:
    """Reads forms and their answers."""

    def __init__(self, client: "GoogleClient", patience: RetryPolicy) -> None:
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
        asked: dict[str, Any] = {"pageSize": PAGE}
        if since:
            asked["filter"] = f"timestamp >= {since}"

        def ask(asked: Mapping[str, Any]) -> Page:
            page = self._page(form_id, asked)
            promised = "pageToken" in asked  # the page before said that there are more
            believed = none_known and not promised
            if not (page.size or page.next or believed):
                self.form(form_id, "formId")
                return self._page(form_id, asked)
            return page

        return [one for page in pages(ask, asked, f"form {form_id}") for one in page.responses]

    def _page(self, form_id: str, asked: Mapping[str, Any]) -> Page:
        where = address(form_id, "/responses")
        page: Page = self._again(self._client.get, Page, where, asked)
        return page
