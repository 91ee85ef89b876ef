"""One chapter's settings, checked as one."""

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from connectors.settings import bylaws
from connectors.settings.backup import Backup
from connectors.settings.bylaws import Files as BylawsFiles
from connectors.settings.environment import Environment
from connectors.settings.files import SIGN_IN, default_credentials, secret_line, secret_text
from connectors.settings.own_headers import OwnHeaders
from connectors.settings.rehearsal import SECTION, Rehearsal, faults_of
from connectors.settings.sections import (
    Alerts,
    Approvals,
    ChapterName,
    Desk,
    Elections,
    Emails,
    File,
    Google,
    Language,
    Line,
    Mailchimp,
    Network,
    Officer,
    RequestTimes,
    Retention,
    Schedule,
    Sharing,
    Url,
    Volunteers,
    unanswered,
)
from connectors.settings.workbooks import Form, OwnTab, OwnTabKind, Workbooks, own_tab
from models.bounds import excess
from models.bylaws.rules import Bylaws
from models.errors import FixTheSettings
from models.intake.columns import ALL_COLUMNS
from models.intake.tables import Columns
from models.mail.plans import SafetyLimits
from models.text.folding import folded

LEDGER = "sqlite:///ledger/clerk.sqlite"
"""Where the ledger is, if the settings do not say it."""


class Chapter(BaseSettings):
    """Everything one chapter sets. Folders and files are relative to `chapter.toml`."""

    model_config = SettingsConfigDict(
        env_prefix="CLERK_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    folder: Path
    name: ChapterName
    zone: Line
    bylaws: Line = "jp-progressives"
    """A built-in edition's name, or a file of the chapter's own."""
    website: Url = ""
    languages: tuple[Language, ...] = ("en", "es")
    """What pages, letters and forms are written in: English, and Spanish beside it."""
    ledger: Url = LEDGER
    ledger_key_file: File | None = None
    """Keys outside the ledger's file: the first encrypts its personal columns, all decrypt."""
    ledger_key: SecretStr | None = None
    """The same from the environment, as CLERK_LEDGER_KEY; a space between two keys."""
    google: Google
    mailchimp: Mailchimp
    workbooks: Workbooks
    forms: tuple[Form, ...] = ()
    columns: OwnHeaders = {}
    consent: tuple[str, ...] = ()
    """The texts of the registration form's consent box: a cell that holds one is a yes (DP-4)."""
    emails: Emails = Emails()
    volunteers: Volunteers = Volunteers()
    """What people can offer in their volunteer profile."""
    requests: RequestTimes = RequestTimes()
    safety_limits: SafetyLimits = SafetyLimits()
    sharing: Sharing = Sharing()
    alerts: Alerts = Alerts()
    network: Network = Network()
    schedule: Schedule = Schedule()
    elections: Elections = Elections()
    retention: Retention = Retention()
    backup: Backup | None = None
    """Backups on a schedule; without it nobody makes one but a person."""
    officers: tuple[Officer, ...] = ()
    """Who may sign in at the officers' page."""
    approvals: Approvals = Approvals()
    desk: Desk | None = None
    """The officers' page; with it, `clerk serve` runs it too."""
    rehearsal: Rehearsal | None = None
    """The mark of a rehearsal's folder, written by `clerk rehearse` alone."""

    @field_validator("languages")
    @classmethod
    def _english_first(cls, languages: tuple[Language, ...]) -> tuple[Language, ...]:
        if languages not in (("en",), ("en", "es")):
            raise ValueError('it is ["en"], or ["en", "es"]')
        return languages

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file, so that a secret need not stand in it.

        Where the chapter is, neither of the two says: it is where its file was found.
        """
        given = init_settings.init_kwargs if isinstance(init_settings, InitSettingsSource) else {}
        folder = InitSettingsSource(settings_cls, {"folder": given.get("folder")})
        if SECTION in given:  # the environment may hold the real chapter's keys
            return folder, init_settings
        return folder, Environment(settings_cls), init_settings

    @model_validator(mode="before")
    @classmethod
    def _within_bounds(cls, table: dict[str, Any]) -> dict[str, Any]:
        """Of the environment too, which no reader of TOML has looked at."""
        if fault := excess(table):
            raise ValueError(fault)
        return table

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        try:
            return ZoneInfo(zone).key  # listing all of them takes longer than the rest of a command
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("this is not an IANA time zone such as America/New_York") from None

    @field_validator("officers")
    @classmethod
    def _officers_differ(cls, officers: tuple[Officer, ...]) -> tuple[Officer, ...]:
        names = [folded(officer.name) for officer in officers]
        if len(set(names)) < len(names):
            raise ValueError("two officers have the same name; add an initial")
        return officers

    @model_validator(mode="after")
    def _enough_officers_approve(self) -> Self:
        acting = sum(officer.acts for officer in self.officers)
        most = max(self.approvals.model_dump().values())
        if most > max(1, acting):
            raise ValueError(f"approvals asks for {most} officers, and {acting} of them may act")
        return self

    @model_validator(mode="after")
    def _what_is_read_is_answered(self) -> Self:
        if fault := unanswered(self.kinds_read, self.volunteers, self.emails):
            raise ValueError(fault)
        return self

    @model_validator(mode="after")
    def _rehearsed_on_this_machine(self) -> Self:
        set_ = self.google, self.mailchimp, self.alerts, self.desk, self.ledger
        if self.rehearsal and (found := list(faults_of(*set_))):
            raise ValueError("; ".join(found))
        return self

    def own_tab(self, kind: OwnTabKind) -> OwnTab | None:
        """The tab of a kind that the program writes; None where the chapter names none."""
        return own_tab(self.workbooks, kind)

    @property
    def has_dues_tab(self) -> bool:
        """Whether a tab is named that has who paid dues."""
        return "dues" in self.kinds_read

    @property
    def kinds_read(self) -> frozenset[str]:
        """The kinds of table that tabs and forms hold."""
        books = (book.kinds() for book in self.workbooks)
        return frozenset({one.holds for one in self.forms}.union(*books))

    @property
    def tz(self) -> ZoneInfo:
        """The chapter's zone as an object."""
        return ZoneInfo(self.zone)

    def columns_of(self, kind: str) -> Columns:
        """The fields of a kind of table under this chapter's headers."""
        return ALL_COLUMNS[kind].renamed(self.columns.get(kind, {}))

    def path(self, relative: Path) -> Path:
        """A file named in the settings, relative to the chapter's folder."""
        return self.folder / relative

    def ledger_url(self) -> str:
        """The ledger's URL, a relative SQLite file resolved against the chapter's folder."""
        prefix = "sqlite:///"
        if self.ledger.startswith(prefix) and not self.ledger.startswith(prefix + "/"):
            return prefix + str(self.folder / self.ledger.removeprefix(prefix))
        return self.ledger

    def ledger_secret(self) -> str:
        """The keys of the ledger's personal columns, the newest first; "" when there are none.

        Raises:
            FixTheSettings: its file is missing, or others can read it.
        """
        if self.ledger_key:
            return self.ledger_key.get_secret_value()
        if not self.ledger_key_file:
            return ""
        return secret_text(
            self.path(self.ledger_key_file),
            "ledger_key_file",
            self.folder,
            missing="`clerk ledger encrypt` creates one; if you had one, restore your copy",
        )

    def mailchimp_key(self) -> str:
        """The API key, from the environment or its file.

        Raises:
            FixTheSettings: there is none, or its file can be read by others.
        """
        if self.mailchimp.key:
            return self.mailchimp.key.get_secret_value()
        if not self.mailchimp.key_file:
            raise FixTheSettings(
                "no Mailchimp key is set",
                where="chapter.toml [mailchimp]",
                next_step="name a key_file, or set CLERK_MAILCHIMP__KEY",
            )
        file = self.path(self.mailchimp.key_file)
        return secret_line(file, "[mailchimp] key_file", self.folder)

    def google_credentials(self) -> tuple[str, str]:
        """The text of Google's credentials, and what the settings call their file.

        Raises:
            FixTheSettings: there is no such file, or others can read it.
        """
        key = self.google.key_file
        if self.google.credentials == "key" and key is not None:
            setting = "[google] key_file"
            return secret_text(self.path(key), setting, self.folder), f"chapter.toml {setting}"
        setting, file = "[google] credentials", default_credentials()
        return secret_text(file, setting, missing=SIGN_IN), f"chapter.toml {setting}"

    @property
    def slug(self) -> str:
        """The name as a scheduler's names want it: small letters, digits and dashes (ST-1)."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode().lower()
        words = re.findall("[a-z0-9]+", plain)
        return "-".join(words) or hashlib.sha256(self.name.encode()).hexdigest()[:8]

    def read_bylaws(self) -> Bylaws:
        """The chapter's bylaws, built in or its own file."""
        return bylaws.read(self.folder, self.bylaws)

    def bylaws_files(self) -> BylawsFiles:
        """Where the chapter's bylaws stand."""
        return bylaws.files(self.folder, self.bylaws)

    def bylaws_texts(self) -> tuple[str, str, str, str] | None:
        """Text and name of each of a chapter's two files; None if it has not both."""
        return bylaws.texts(self.folder, self.bylaws)
