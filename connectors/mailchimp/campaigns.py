"""Campaigns: find, create, fill, check, send; each of ours exactly once.

Mailchimp has no idempotency key. A campaign of ours is therefore found by its title before any is
created, and its status is read before anything is tried again: one that is sending or sent is done.
Sending the same campaign twice is refused there, so only a second *campaign* could double a letter.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from connectors.mailchimp.calls import Calls
from connectors.mailchimp.campaign_answers import (
    Addressed,
    CampaignList,
    CampaignState,
    CampaignStatus,
    Changed,
    Checklist,
    NamedCampaign,
)
from connectors.mailchimp.campaign_answers import Content as KeptContent
from connectors.mailchimp.payloads import Content, NewCampaign, TrialLetter
from connectors.mailchimp.refusing import SERVICE, NotThere, masked
from connectors.net.retries import LATER, RetryPolicy
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater
from models.mail.notices import EmailContent
from models.privacy import Email

if TYPE_CHECKING:
    from connectors.mailchimp.client import MailchimpClient

UNDER_WAY = frozenset({CampaignState.SCHEDULE, CampaignState.SENDING})
GONE_OUT = UNDER_WAY | {CampaignState.SENT}
OVER = frozenset({CampaignState.SENT, "canceled", "archived"})
LONG = timedelta(minutes=20)
"""So long after they came into its segment nobody comes among a campaign's recipients any more; the
longest wait reported is 16 minutes."""
NO_STATE = "no status"
"""What stands in Mailchimp's place when it says none."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign of ours as Mailchimp has it."""

    id: str
    state: str
    """In Mailchimp's words, which may be new to us."""
    sent: int | None = None
    """To how many it went, bounced ones included; None where Mailchimp did not say, or was not
    asked."""

    @property
    def is_stopped(self) -> bool:
        """Whether it is in none of the states that a letter goes through by itself.

        A person there did that, or the service's own review, or it is a word new to us: it cannot
        be sent as it is.
        """
        return self.state not in frozenset(CampaignState)

    @property
    def is_final(self) -> bool:
        """Whether nothing of it goes out any more: one that is paused, say, may go on."""
        return self.state in OVER


class Campaigns(Calls):
    """The campaigns of one audience."""

    def __init__(
        self,
        client: "MailchimpClient",
        list_id: str,
        patience: RetryPolicy,
        *,
        from_name: str,
        reply_to: str,
    ) -> None:
        super().__init__(client, list_id, patience)
        self._from_name, self._reply_to = from_name, reply_to

    def get(self, campaign_id: str) -> Campaign | None:
        """A campaign by its id; None when somebody deleted it."""
        try:
            answer = self._call(
                CampaignStatus,
                self._client.campaigns.get,
                campaign_id,
                fits=lambda answer: answer.id == campaign_id,
                fields=["id", "status", "emails_sent"],
            )
        except NotThere:
            return None
        return Campaign(answer.id, answer.status, answer.emails_sent)

    def find(self, title: str, since: str) -> Campaign | None:
        """A campaign of ours by its title.

        Args:
            since: RFC 3339; campaigns created before are not looked at.
        """
        pages = self._pages(
            CampaignList,
            self._client.campaigns.list,
            fields=[
                "campaigns.id",
                "campaigns.status",
                "campaigns.settings.title",
                "total_items",
            ],
            list_id=self._list,
            since_create_time=since,
        )
        for page in pages:
            for campaign in page.campaigns:
                if campaign.title == title:
                    return Campaign(campaign.id, campaign.status or NO_STATE)
        return None

    def create(
        self, title: str, subject: str, segment: int, since: str, *, tracked: bool = False
    ) -> Campaign:
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
                tracked=tracked,
            )
            made = self._client.call(
                NamedCampaign,
                self._client.campaigns.create,
                body,
                fits=lambda made: made.title == title,
            )
            return Campaign(made.id, made.status or NO_STATE)

        return self._again(once)

    def fill(self, campaign_id: str, words: EmailContent) -> None:
        """Put the words in."""
        self._call(
            KeptContent,
            self._client.campaigns.set_content,
            campaign_id,
            Content(html=words.html, plain_text=words.text),
        )

    def make_sure(self, campaign_id: str, segment: int, people: int, now: datetime) -> None:
        """See whom a campaign would go to, and whether Mailchimp finds it ready.

        Who was put into a segment a moment ago may be missing among its recipients for seconds, in
        bad hours for a quarter of an hour. Whoever is missing after that is a contact that
        Mailchimp itself holds back, and keeps the letter from nobody else.

        Args:
            people: how many were put into the segment.

        Raises:
            Refused: it is addressed to others: nobody gets it.
            TryAgainLater: not all of them are among its recipients yet.
            FixTheSettings: it is not ready, with Mailchimp's reasons.
        """
        self._again(self._recipients, campaign_id, segment, people, now)
        checklist = self._call(Checklist, self._client.campaigns.get_send_checklist, campaign_id)
        if not checklist.is_ready:
            wrong = [item for item in checklist.items if item.type == "error"]
            why = masked(" ".join(item.details for item in wrong if item.details))
            said = ", ".join(item.heading for item in wrong) + (f" ({why})" if why else "")
            raise FixTheSettings(
                f"Mailchimp says that the email is not ready: {said}",
                where="letter",
                next_step="run `clerk doctor` to check the sender's domain and the postal "
                "address; the texts are in the letters folder",
            )

    def _recipients(self, campaign_id: str, segment: int, people: int, now: datetime) -> None:
        answer = self._client.call(
            Addressed,
            self._client.campaigns.get,
            campaign_id,
            fits=lambda answer: answer.id == campaign_id,
            fields=[
                "id",
                "recipients.list_id",
                "recipients.segment_opts",
                "recipients.recipient_count",
            ],
        )
        to, found = answer.recipients, answer.recipients.recipient_count
        if not to.are(self._list, segment):
            raise Refused(
                "the email was not sent, because it would go to the wrong people",
                where="Mailchimp, the newest campaign whose name starts with “clerk:”",
                rule="VM-R4",
                next_step="open it there, choose under “To” the segment that begins with its name, "
                "save it; then run this again",
            )
        if found == people or (0 < found < people and self._is_settled(segment, now)):
            return
        raise TryAgainLater(
            f"Mailchimp counts {found} recipients of an email for {people} people; it might need "
            "some minutes to update",
            where=SERVICE,
            next_step=LATER,
        )

    def _is_settled(self, segment: int, now: datetime) -> bool:
        """Whether nobody came into a segment for long; nobody knows of one without a time."""
        answer = self._client.call(
            Changed,
            self._client.lists.get_segment,
            self._list,
            segment,
            fits=lambda answer: answer.id == segment,
            fields=["id", "updated_at"],
        )
        return bool(answer.updated_at) and now - datetime.fromisoformat(answer.updated_at) > LONG

    def send(self, campaign_id: str) -> None:
        """Send; whatever the answer, the campaign's own status is the proof.

        Once Mailchimp has accepted it, a campaign is asked about and not sent again.

        Raises:
            Refused: Mailchimp will not send it, and has not.
            TryAgainLater: it accepted the campaign, whose status says nothing of it yet.
        """
        accepted = False

        def once() -> None:
            nonlocal accepted
            problem: ClerkError = TryAgainLater(
                "the campaign was accepted and is not under way", where=SERVICE, next_step=LATER
            )
            try:
                if not accepted:
                    self._client.do(self._client.campaigns.send, campaign_id)
                    accepted = True
            except (TryAgainLater, Refused) as exc:
                problem = exc
            now = self.get(campaign_id)
            if now is None or now.state not in GONE_OUT:
                raise problem

        self._again(once)

    def delete(self, campaign_id: str) -> None:
        """Remove a draft of ours; one that an earlier try has removed is gone."""
        with suppress(NotThere):
            self._again(self._client.do, self._client.campaigns.remove, campaign_id)

    def send_test(self, campaign_id: str, to: Email) -> None:
        """Send the campaign as a test to one address, the officer's own."""
        body = TrialLetter(test_emails=(to,))
        self._client.do(self._client.campaigns.send_test_email, campaign_id, body)
