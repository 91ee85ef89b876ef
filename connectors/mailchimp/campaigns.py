"""Campaigns: find, create, fill, check, send; each of ours exactly once.

Mailchimp has no idempotency key. A campaign of ours is therefore found by its title before any is
created, and its status is read before anything is tried again: one that is sending or sent is done.
Sending the same campaign twice is refused there, so only a second *campaign* could double a letter.
"""

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from connectors.http import Patience
from connectors.mailchimp.client import Asked, MailchimpClient, NotThere, Sent
from connectors.mailchimp.payloads import Content, NewCampaign, TrialLetter
from models.errors import FixTheSettings, Refused, TryAgainLater
from models.letters import Words
from models.privacy import Email


class CampaignState(StrEnum):
    """A campaign's status, in Mailchimp's words."""

    SAVE = "save"
    SCHEDULE = "schedule"
    SENDING = "sending"
    SENT = "sent"
    PAUSED = "paused"
    CANCELED = "canceled"
    CANCELING = "canceling"
    ARCHIVED = "archived"


UNDER_WAY = frozenset({CampaignState.SCHEDULE, CampaignState.SENDING})
GONE_OUT = UNDER_WAY | {CampaignState.SENT}
STOPPED = frozenset(CampaignState) - GONE_OUT - {CampaignState.SAVE}
"""What only a person at Mailchimp does to a campaign of ours; it cannot be sent as it is."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign of ours as Mailchimp has it."""

    id: str
    state: CampaignState


class Campaigns:
    """The campaigns of one audience."""

    def __init__(
        self,
        client: MailchimpClient,
        list_id: str,
        patience: Patience,
        *,
        from_name: str,
        reply_to: str,
    ) -> None:
        self._client, self._list, self._again = client, list_id, patience
        self._from_name, self._reply_to = from_name, reply_to

    def get(self, campaign_id: str) -> Campaign | None:
        """A campaign by its id; None when somebody deleted it."""
        try:
            answer = self._call(self._client.campaigns.get, campaign_id, fields=["id", "status"])
        except NotThere:
            return None
        return Campaign(str(answer["id"]), CampaignState(answer["status"]))

    def find(self, title: str, since: str) -> Campaign | None:
        """A campaign of ours by its title.

        Args:
            since: RFC 3339; campaigns created before are not looked at.
        """
        offset, total = 0, 1
        while offset < total:
            answer = self._call(
                self._client.campaigns.list,
                fields=[
                    "campaigns.id",
                    "campaigns.status",
                    "campaigns.settings.title",
                    "total_items",
                ],
                list_id=self._list,
                since_create_time=since,
                count=1000,
                offset=offset,
            )
            total = int(answer.get("total_items", 0))
            page = answer.get("campaigns", [])
            for campaign in page:
                if campaign["settings"].get("title") == title:
                    return Campaign(str(campaign["id"]), CampaignState(campaign["status"]))
            if not page:
                break
            offset += len(page)
        return None

    def create(self, title: str, subject: str, segment: int, since: str) -> Campaign:
        """Make a campaign to a segment, or come back with the one of this title.

        An answer that got lost is looked for before anything is made again.
        """

        def once() -> Campaign:
            found = self.find(title, since)
            if found:
                return found
            body = NewCampaign(
                audience=self._list,
                segment=segment,
                title=title,
                subject=subject,
                from_name=self._from_name,
                reply_to=self._reply_to,
            )
            made = self._client.call(self._client.campaigns.create, body)
            return Campaign(str(made["id"]), CampaignState(made["status"]))

        return self._again(once)

    def fill(self, campaign_id: str, words: Words, *, check: bool = True) -> None:
        """Put the words in, and ask Mailchimp whether the campaign is ready.

        Args:
            check: False for a draft that is only sent as a test and has no audience.

        Raises:
            FixTheSettings: it is not, with Mailchimp's reasons.
        """
        self._call(
            self._client.campaigns.set_content,
            campaign_id,
            Content(html=words.html, plain_text=words.text),
        )
        if not check:
            return
        checklist = self._call(self._client.campaigns.get_send_checklist, campaign_id)
        if not checklist.get("is_ready"):
            wrong = [
                str(item.get("heading", ""))
                for item in checklist.get("items", [])
                if item.get("type") == "error"
            ]
            raise FixTheSettings(
                f"Mailchimp says the letter is not ready: {', '.join(wrong)}",
                where="letter",
                next_step="`clerk doctor` checks the sender; the texts are in the letters folder",
            )

    def send(self, campaign_id: str) -> None:
        """Send; an answer that got lost is settled by the campaign's own status.

        Raises:
            Refused: Mailchimp will not send it, and has not.
        """

        def once() -> None:
            try:
                self._client.call(self._client.campaigns.send, campaign_id)
            except (TryAgainLater, Refused):
                now = self.get(campaign_id)
                if now is None or now.state not in GONE_OUT:
                    raise

        self._again(once)

    def delete(self, campaign_id: str) -> None:
        """Remove a draft of ours; one that an earlier try has removed is gone."""
        with suppress(NotThere):
            self._call(self._client.campaigns.remove, campaign_id)

    def send_test(self, campaign_id: str, to: Email) -> None:
        """Send the campaign as a test to one address, the officer's own."""
        body = TrialLetter(test_emails=(to,))
        self._client.call(self._client.campaigns.send_test_email, campaign_id, body)

    def _call(self, endpoint: Any, *arguments: Sent, **options: Asked) -> dict[str, Any]:
        return self._again(self._client.call, endpoint, *arguments, **options)
