"""The sections of `chapter.toml`: what may stand in each, and what holds if it is left out."""

from collections.abc import Collection
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from connectors.settings.kinds import (
    ChapterName as ChapterName,
)
from connectors.settings.kinds import (
    File as File,
)
from connectors.settings.kinds import (
    Host,
    HttpsAddress,
    OfficerName,
    StandIn,
)
from connectors.settings.kinds import (
    Line as Line,
)
from connectors.settings.kinds import (
    Url as Url,
)
from models.base import TimeOfDay, Value
from models.mail.audience import FieldNames
from models.mail.notices import NEAR, ONE_AWAY, VOTING, KnownKind
from models.mail.sharing import Access
from models.privacy import Email
from models.text.folding import unmarked
from models.text.languages import Language as Language

_CENTURY = 36_525
"""Days. Longer would be never, and "never" is not a number that days can be counted back by."""


class Google(Value):
    """The service account that reads the chapter's own workbooks and forms."""

    credentials: Literal["key", "application-default"] = "key"
    """Whether it is a key, or what Google's own programs go by on this machine."""
    key_file: File | None = None
    base_url: StandIn = ""
    """Only for a stand-in on this machine; empty means Google."""

    @model_validator(mode="after")
    def _has_a_key(self) -> Self:
        if self.credentials == "key" and self.key_file is None:
            raise ValueError("name the service account's key as key_file")
        return self


class Mailchimp(Value):
    """The chapter's own mailing-list account."""

    list_id: Line
    key: SecretStr | None = None
    key_file: File | None = None
    from_name: Line
    reply_to: Line
    base_url: StandIn = ""
    """Only for a stand-in on this machine; empty means Mailchimp."""
    marks: FieldNames = FieldNames()


class Emails(Value):
    """Which emails are sent automatically (VM-4, VM-R5)."""

    send: tuple[KnownKind, ...] = (VOTING, ONE_AWAY)
    folder: File | None = None
    """The chapter's own texts, a folder a letter; a missing one falls back to the built-in."""
    tracking: bool = False
    """Whether Mailchimp counts who opens the nights' letters and clicks in them; a vote's never."""


class Sharing(Value):
    """Who may open the chapter's files, and what else is told of its mailing list (DP-7)."""

    editors: int | None = Field(None, ge=1, le=1000)
    """Of each workbook and form, its owner and the program's own account counted; None: any."""
    viewers: int | None = Field(None, ge=0, le=1000)
    applications: tuple[Line, ...] = ()
    """By the names under which Mailchimp shows them."""
    webhooks: tuple[Host, ...] = ()

    def beyond(self, access: Access) -> int:
        """How many can open a file beyond those accepted."""
        accepted = ((access.editors, self.editors), (access.viewers, self.viewers))
        return sum(max(0, there - most) for there, most in accepted if most is not None)


class Alerts(Value):
    """Whom alerts go to, beside the officers' mailbox: the committee's chat, phones and mail."""

    file: File | None = None
    """A file of addresses, one a line, readable by its owner alone; each is a secret (DP-3)."""
    again_after_days: int = Field(7, ge=1, le=365)
    """After so many days it is told again that a thing is still so."""

    @property
    def again(self) -> timedelta:
        """The same as a time."""
        return timedelta(days=self.again_after_days)


class Network(Value):
    """Patience with other people's services, in seconds."""

    connect_timeout: float = Field(5, gt=0, le=600)
    read_timeout: float = Field(150, gt=0, le=600)
    """Above the 120 after which Mailchimp itself gives up: else we do not hear what it did."""
    attempts: int = Field(5, ge=1, le=20)
    pause: float = Field(1, ge=0, le=120)
    """Before the first retry; it doubles with each, unless the service says how long to wait, or
    its quota of a minute is used up: then it is a minute. 0 waits for nothing of our own accord."""


class Schedule(Value):
    """When the jobs run; the nightly one in the chapter's zone."""

    nightly: TimeOfDay = time(2, 0)
    check_every_minutes: int = Field(5, ge=1, le=60)
    """How often it is looked whether a vote wants something."""
    night_page: bool = False
    """Whether each night leaves a page of counts, `night.html`, in the chapter's folder."""


class Volunteers(Value):
    """What the volunteer profiles can offer (ST-2)."""

    offers: tuple[Annotated[Line, Field(min_length=1, max_length=60)], ...] = ()
    """As the checkboxes of the form say it, such as "canvass" or "phone bank"."""

    @field_validator("offers")
    @classmethod
    def _offers_differ(cls, offers: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(map(unmarked, offers))) < len(offers):
            raise ValueError("two offers are the same; remove one")
        return offers


class RequestTimes(Value):
    """How soon members' requests are answered (ST-3)."""

    answer_days: int = Field(30, ge=1, le=365)
    """From the day it was read to the day it is due."""


class Retention(Value):
    """How long people are kept, in days (DP-6)."""

    challenge_days: int = Field(30, ge=0, le=_CENTURY)
    """After a vote's close its result may be contested; then its roll and codes are destroyed."""
    sign_ins_days: int = Field(366 + 90, ge=366, le=_CENTURY)
    """Rows older than the window of VM-1, with a margin for disputes, are kept no longer."""


class Officer(Value):
    """Somebody who may sign in at the officers' page."""

    name: OfficerName
    may: tuple[Literal["look", "act"], ...] = ("look",)

    @field_validator("may")
    @classmethod
    def _look_first(cls, may: tuple[str, ...]) -> tuple[str, ...]:
        if may not in (("look",), ("look", "act")):
            raise ValueError('it is ["look"], or ["look", "act"]')
        return may

    @property
    def acts(self) -> bool:
        """Whether this officer may change something."""
        return "act" in self.may


class Approvals(Value):
    """How many officers approve what cannot be taken back; more than one are officers by name."""

    open: int = Field(1, ge=1, le=5)
    publish: int = Field(1, ge=1, le=5)
    calls: int = Field(1, ge=1, le=5)
    """How many approve a call to action (ST-2)."""


class Desk(Value):
    """The officers' page: where it listens, and for how long a sign-in holds."""

    port: int = Field(8460, ge=1024, le=65535)
    address: HttpsAddress = ""
    """Where a reverse proxy with TLS shows it, such as https://clerk.example.org."""
    session_hours: int = Field(12, ge=1, le=24 * 7)
    invitation_hours: int = Field(48, ge=1, le=24 * 14)


class Elections(Value):
    """Where the pages of published votes go, and the tellers' report."""

    public: File = Path("public")
    """A folder that any static host can serve; each vote gets one inside."""
    public_url: Url = ""
    """Its address on the web, for the link in the announcement."""
    officers_email: Line = ""
    """Whom the tellers' report and the officers' news go to; empty means `[mailchimp] reply_to`."""
    report_back_months: Annotated[int, Field(ge=0, le=120)] = 0
    """After how many months the officers' page asks for an endorsed candidate's report back."""

    @field_validator("officers_email")
    @classmethod
    def _one_address(cls, typed: str) -> str:
        if typed:
            Email.parse(typed)
        return typed


def unanswered(held: Collection[str], volunteers: Volunteers, emails: Emails) -> str:
    """What a kind of table that is read asks of the other sections; "" if all is there."""
    if "profiles" in held and not volunteers.offers:
        return (
            "volunteers: profiles are read, so list what people can offer: "
            'offers = ["canvass", "phone bank"]'
        )
    if "statewide" in held and NEAR not in emails.send:
        return (
            "emails: statewide sign-ups are read, so name the email that answers them: "
            f'send = ["{NEAR}"]'
        )
    return ""
