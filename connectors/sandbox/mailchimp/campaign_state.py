"""What the sandbox's Mailchimp remembers of one campaign."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

CampaignStatus = Literal[
    "save", "paused", "schedule", "sending", "sent", "canceled", "canceling", "archived"
]
Delivered = Literal["sent", "hard", "soft"]


@dataclass(slots=True)
class Campaign:
    """A mailing, from draft (`save`) through `schedule` or `sending` to `sent`.

    Attributes:
        review: the steps of its review that are still to come.
        sent_to: to whom it went, by hash, and what came of it.
    """

    id: str
    web_id: int
    type: str
    create_time: datetime
    recipients: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    tracking: dict[str, Any] = field(default_factory=dict)
    status: CampaignStatus = "save"
    html: str = ""
    plain_text: str = ""
    send_time: datetime | None = None
    emails_sent: int = 0
    review: list[tuple[timedelta, CampaignStatus]] = field(default_factory=list)
    sent_to: dict[str, Delivered] = field(default_factory=dict)
