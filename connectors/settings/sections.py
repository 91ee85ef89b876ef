"""The sections of `chapter.toml`: what may stand in each, and what holds if it is left out."""

from datetime import time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, field_validator

from models.audience import Marks
from models.base import Value
from models.elections import google_id
from models.letters import LetterKind
from models.privacy import Email

GoogleId = Annotated[str, AfterValidator(google_id)]


class Workbook(Value):
    """One Google workbook and which tab holds what; a kind left out is not there."""

    id: GoogleId
    events: str = ""
    sign_ins: tuple[str, ...] = ()
    event_tabs: str = ""
    """A pattern such as ``Sign-in *`` for workbooks with one tab an event."""
    volunteers: str = ""
    registrations: str = ""
    exceptions: str = ""
    review: str = ""
    """The tab to which set-aside rows and questions are written; at most one workbook has it."""

    def tabs(self) -> dict[str, str]:
        """Tab title → kind of table, for the tabs named one by one."""
        named = dict.fromkeys(self.sign_ins, "sign_ins")
        for kind in ("events", "volunteers", "registrations", "exceptions"):
            if title := getattr(self, kind):
                named[title] = kind
        return named


class Form(Value):
    """One Google Form read through the Forms API."""

    id: GoogleId
    holds: Literal["sign_ins", "event_sign_ins", "volunteers", "registrations"]
    event: str = ""
    """For `event_sign_ins`: the event, as ``2026-03-31 Forum`` or by its unique name."""


class Google(Value):
    """The service account that reads the chapter's own workbooks and forms."""

    key_file: Path
    base_url: str = ""
    """Only for a stand-in on this machine; empty means Google."""


class Mailchimp(Value):
    """The chapter's own mailing-list account."""

    list_id: str
    key: SecretStr | None = None
    key_file: Path | None = None
    from_name: str
    reply_to: str
    base_url: str = ""
    """Only for a stand-in on this machine; empty means Mailchimp."""
    marks: Marks = Marks()


class Letters(Value):
    """Which letters go out by themselves (VM-4, VM-R5)."""

    send: tuple[LetterKind, ...] = (LetterKind.VOTING, LetterKind.ONE_AWAY)
    folder: Path | None = None
    """The chapter's own texts, a folder a letter; a missing one falls back to the built-in."""


class Network(Value):
    """Patience with other people's services, in seconds."""

    connect_timeout: float = Field(5, gt=0)
    read_timeout: float = Field(60, gt=0)
    attempts: int = Field(5, ge=1)
    pause: float = Field(1, ge=0)
    """Before the first retry; it doubles with each, unless the service says how long to wait."""


class Schedule(Value):
    """When the jobs run; the nightly one in the chapter's zone."""

    nightly: time = time(2, 0)
    clock_minutes: int = Field(5, ge=1, le=60)
    """How often it is looked whether a vote wants something."""


class Retention(Value):
    """How long people are kept, in days (DP-6)."""

    contest_days: int = Field(30, ge=0)
    """After a vote's close its result may be contested; then its roll and codes are destroyed."""
    sign_ins_days: int = Field(366 + 90, ge=366)
    """Rows older than the window of VM-1, with a margin for disputes, are kept no longer."""


class Elections(Value):
    """Where the pages of published votes go, and the tellers' report."""

    public: Path = Path("public")
    """A folder that any static host can serve; each vote gets one inside."""
    public_url: str = ""
    """Its address on the web, for the link in the announcement."""
    officers_mail: str = ""
    """Whom the tellers' report goes to; empty means `[mailchimp] reply_to`."""

    @field_validator("officers_mail")
    @classmethod
    def _one_address(cls, typed: str) -> str:
        if typed:
            Email.parse(typed)
        return typed
