"""How everything here asks Mailchimp: patiently, page by page, each answer in its form."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from connectors.mailchimp.answers import Batch, Listing
from connectors.mailchimp.campaign_answers import CampaignList
from connectors.mailchimp.payloads import ChangedContacts, NewContacts
from connectors.mailchimp.wire import OTHERS_GAPS, PAGE, Asked, Sent
from connectors.net.responses import A, Fits, any_such
from connectors.net.retries import RetryPolicy
from models.errors import TryAgainLater

if TYPE_CHECKING:
    from connectors.mailchimp.client import MailchimpClient

L = TypeVar("L", bound=Listing | CampaignList)


class Calls:
    """The calls about one audience."""

    def __init__(self, client: "MailchimpClient", list_id: str, patience: RetryPolicy) -> None:
        self._client, self._list, self._again = client, list_id, patience

    def _call(
        self,
        kind: type[A],
        endpoint: Any,
        *arguments: Sent,
        fits: Fits[A] = any_such,
        **options: Asked,
    ) -> A:
        answer: A = self._again(self._client.call, kind, endpoint, *arguments, fits=fits, **options)
        return answer

    def _pages(
        self,
        kind: type[L],
        endpoint: Any,
        *arguments: Sent,
        fits: Fits[L] = any_such,
        **options: Asked,
    ) -> Iterator[L]:
        """All pages of a collection, which end with one that is empty.

        One that is empty and says that there are more is asked for again; if it proves by its id
        that it is the collection's, the count is wrong.
        """
        offset, total = 0, 1

        def goes_on(page: L) -> bool:
            return fits(page) and (page.size > 0 or page.total_items <= offset)

        def is_empty(page: L) -> bool:
            return fits(page) and not page.size

        while offset < total:
            about = {**options, "count": PAGE, "offset": offset}
            try:
                page = self._call(kind, endpoint, *arguments, fits=goes_on, **about)
            except TryAgainLater:
                if fits is any_such:
                    raise
                page = self._call(kind, endpoint, *arguments, fits=is_empty, **about)
            yield page
            if not page.size:
                return
            offset, total = offset + page.size, page.total_items

    def _upsert(self, body: NewContacts | ChangedContacts) -> Batch:
        """Write a batch of contacts; an answer that decides about nobody is no answer to it."""
        return self._call(
            Batch,
            self._client.lists.batch_list_members,
            self._list,
            body,
            fits=lambda answer: answer.done > 0 or not body.members,
            **OTHERS_GAPS,
        )
