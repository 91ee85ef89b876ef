"""What Mailchimp answers about campaigns: anybody's in a list, and ours one by one."""

from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, RootModel

from connectors.mailchimp.answers import Count, Id, Number, Time
from connectors.mailchimp.payloads import IS
from connectors.net.responses import Answer, Nothing


class CampaignState(StrEnum):
    """A campaign's status, in Mailchimp's words: those that say how a letter goes on by itself.

    Its others (paused, canceled, canceling, archived, and what it may call one tomorrow) do not.
    """

    SAVE = "save"
    SCHEDULE = "schedule"
    SENDING = "sending"
    SENT = "sent"


class CampaignStatus(Answer):
    """Where a campaign stands."""

    id: Id
    status: Id
    emails_sent: Count | None = None


class Condition(Answer):
    """One condition on who gets a campaign."""

    op: str = ""
    value: Any = None


class Chosen(Answer):
    """Which part of a list gets a campaign."""

    saved_segment_id: int = 0
    conditions: tuple[Condition, ...] = ()


class Recipients(Answer):
    """Whom a campaign goes to."""

    list_id: str = ""
    segment_opts: Chosen | Nothing = None
    recipient_count: Count

    def are(self, list_id: str, segment: int) -> bool:
        """Whether these are the people of that segment, and no others."""
        chosen = self.segment_opts
        if not isinstance(chosen, Chosen) or self.list_id != list_id:
            return False
        named = [(one.op, str(one.value)) for one in chosen.conditions]
        if chosen.saved_segment_id:
            named.append((IS, str(chosen.saved_segment_id)))
        return set(named) == {(IS, str(segment))}


class Addressed(Answer):
    """A campaign, and whom it goes to."""

    id: Id
    recipients: Recipients


class Changed(Answer):
    """When a segment was last changed."""

    id: Number
    updated_at: Time


class Titled(Answer):
    """A campaign's title, for officers."""

    title: str | None = None


class NamedCampaign(Answer):
    """A campaign of the account, anybody's: only one of our title is asked for more."""

    id: Id
    status: str | None = None
    settings: Titled | Nothing = None

    @property
    def title(self) -> str | None:
        """Its title, if it has one."""
        return self.settings.title if isinstance(self.settings, Titled) else None


class SomeCampaigns(Answer):
    """A list of the account's campaigns, with how many there are in all."""

    campaigns: tuple[NamedCampaign, ...]
    total_items: Count


class NoCampaigns(Answer):
    """A page without the list says how many there are and no more: no id proves that it is ours."""

    model_config = ConfigDict(extra="forbid")

    campaigns: tuple[()] = ()
    total_items: Count


class CampaignList(RootModel[SomeCampaigns | NoCampaigns]):
    """A page of the account's campaigns."""

    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)

    @property
    def campaigns(self) -> tuple[NamedCampaign, ...]:
        """Those on this page."""
        return self.root.campaigns

    @property
    def total_items(self) -> int:
        """How many there are in all."""
        return self.root.total_items

    @property
    def size(self) -> int:
        """How many are on this page."""
        return len(self.campaigns)


class Content(Answer):
    """A campaign's words as they are kept."""

    html: Id


class CheckedItem(Answer):
    """One thing that Mailchimp checks before it sends."""

    type: str = ""
    heading: str = ""
    details: str | None = None
    """In a sentence; the heading may say no more than “Setup”."""


class Checklist(Answer):
    """Whether a campaign may be sent."""

    is_ready: bool
    items: tuple[CheckedItem, ...]
