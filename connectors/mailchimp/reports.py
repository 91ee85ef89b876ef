"""What came of a campaign, reader by reader: whose letter came back, and nothing else of it.

Who opened it, or clicked, nobody asks here (DP-8); none of our campaigns counts it.
"""

from connectors.mailchimp.answers import Id, Listing
from connectors.mailchimp.calls import Calls
from connectors.mailchimp.refusing import NotThere
from connectors.mailchimp.wire import address_of
from connectors.net.responses import Answer
from models.privacy import Email

BOUNCED = frozenset({"hard", "soft"})
"""Mailchimp's words for a letter that came back: for good, or this time."""


class Reader(Answer):
    """One reader, and what came of their letter."""

    email_address: str | None = None
    status: str = ""


class Readers(Listing):
    """A page of a campaign's readers."""

    campaign_id: Id
    sent_to: tuple[Reader, ...] = ()


class Reports(Calls):
    """The reports of one audience's campaigns."""

    def came_back(self, campaign_id: str) -> dict[Email, bool]:
        """To whom a campaign went, and whether their letter came back.

        Nobody, while it has no report: it is not out yet, or gone.
        """
        pages = self._pages(
            Readers,
            self._client.reports.get_campaign_recipients,
            campaign_id,
            fits=lambda page: page.campaign_id == campaign_id,
            fields=["sent_to.email_address", "sent_to.status", "campaign_id", "total_items"],
        )
        try:
            readers = [one for page in pages for one in page.sent_to]
        except NotThere:
            return {}
        return {address_of(one.email_address): one.status in BOUNCED for one in readers}
