"""A chapter's settings: `chapter.toml` and the environment. The only reader of either.

Secrets stand in files of their own (0600) or in the environment (`CLERK_MAILCHIMP__KEY`), never in
`chapter.toml`; they are masked wherever settings are printed.
"""

import stat
import tomllib
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from models.audience import Marks
from models.base import Value
from models.bylaws.counting import CountingRules
from models.bylaws.rules import Bylaws, bylaws_from
from models.errors import FixTheSettings
from models.intake import COLUMNS
from models.letters import LetterKind
from models.plans import Limits
from models.privacy import Email
from models.tables import Columns

EDITIONS = Path(__file__).parent.parent / "models" / "bylaws" / "editions"


class Workbook(Value):
    """One Google workbook and which tab holds what; a kind left out is not there."""

    id: str
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

    id: str
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
    name: str
    zone: str
    bylaws: str = "jp-progressives"
    """A built-in edition's name, or a file of the chapter's own."""
    website: str = ""
    ledger: str = "sqlite:///ledger/clerk.sqlite"
    ledger_key_file: Path | None = None
    """A key outside the ledger's file: its personal columns are encrypted with it."""
    ledger_key: SecretStr | None = None
    """The same from the environment, as CLERK_LEDGER_KEY."""
    google: Google
    mailchimp: Mailchimp
    workbooks: tuple[Workbook, ...] = Field(min_length=1)
    forms: tuple[Form, ...] = ()
    columns: dict[str, dict[str, str]] = {}
    consent: tuple[str, ...] = ()
    """The texts of the registration form's consent box: a cell that holds one is a yes (DP-4)."""
    letters: Letters = Letters()
    guards: Limits = Limits()
    network: Network = Network()
    schedule: Schedule = Schedule()
    elections: Elections = Elections()
    retention: Retention = Retention()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file, so that a secret need not stand in it."""
        return env_settings, init_settings

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        try:
            return ZoneInfo(zone).key  # listing all of them takes longer than the rest of a command
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("this is no IANA time zone such as America/New_York") from None

    @field_validator("columns")
    @classmethod
    def _columns_exist(cls, own: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        for kind, fields in own.items():
            if kind not in COLUMNS:
                raise ValueError(f"unknown kind of table; known are {', '.join(COLUMNS)}")
            if unknown := set(fields) - set(COLUMNS[kind].headers):
                known = ", ".join(COLUMNS[kind].headers)
                raise ValueError(f"{kind} has no field {sorted(unknown)[0]}; it has {known}")
        return own

    @property
    def tz(self) -> ZoneInfo:
        """The chapter's zone as an object."""
        return ZoneInfo(self.zone)

    def columns_of(self, kind: str) -> Columns:
        """The fields of a kind of table under this chapter's headers."""
        return COLUMNS[kind].renamed(self.columns.get(kind, {}))

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
        """The key of the ledger's personal columns; "" when they are not encrypted.

        Raises:
            FixTheSettings: its file is missing, or others can read it.
        """
        if self.ledger_key:
            return self.ledger_key.get_secret_value()
        if not self.ledger_key_file:
            return ""
        return secret_text(self.path(self.ledger_key_file), "ledger_key_file")

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
        return secret_text(self.path(self.mailchimp.key_file), "[mailchimp] key_file").strip()

    def google_key(self) -> str:
        """The service account's key file, as text."""
        return secret_text(self.path(self.google.key_file), "[google] key_file")

    def read_counting_rules(self) -> CountingRules:
        """How the chapter's bylaws count votes: `counting-<bylaws>`, built in or its own file."""
        name = f"counting-{Path(self.bylaws).stem}.toml"
        own = (self.folder / self.bylaws).with_name(name)
        file = own if own.is_file() else EDITIONS / name
        if not file.is_file():
            raise FixTheSettings(
                f"there is no {name}",
                where="chapter.toml bylaws",
                next_step=f"put the counting rules into {own}, or name a built-in edition",
            )
        try:
            return CountingRules.model_validate(_toml(file))
        except ValidationError as exc:
            raise FixTheSettings(
                "; ".join(
                    _told(dict(fault))
                    for fault in exc.errors(include_url=False, include_input=False)
                ),
                where=name,
                next_step="compare with the built-in edition's keys",
            ) from None

    def read_bylaws(self) -> Bylaws:
        """The chapter's bylaws, built in or its own file."""
        built_in = EDITIONS / f"{self.bylaws}.toml"
        own = self.folder / self.bylaws
        file = own if own.is_file() else built_in
        if not file.is_file():
            built = (path.stem for path in EDITIONS.glob("*.toml"))
            names = ", ".join(sorted(name for name in built if not name.startswith("counting-")))
            raise FixTheSettings(
                f"there are no bylaws “{self.bylaws}”",
                where="chapter.toml bylaws",
                next_step=f"name a file of yours, or one of: {names}",
            )
        return bylaws_from(_toml(file), str(file.name))


def load_chapter(folder: Path) -> Chapter:
    """Read `chapter.toml` of a chapter's folder (or the file itself).

    Raises:
        FixTheSettings: the file is missing or wrong; all its faults at once.
    """
    file = folder if folder.suffix == ".toml" else folder / "chapter.toml"
    if not file.is_file():
        raise FixTheSettings(
            f"there is no chapter.toml in {file.parent}",
            next_step="name the chapter's folder with --chapter or CLERK_CHAPTER, or copy "
            "docs/chapter.example.toml there",
        )
    table = _toml(file)
    try:
        return Chapter(folder=file.parent.resolve(), **table)
    except ValidationError as exc:
        raise FixTheSettings(
            "; ".join(
                _told(dict(fault)) for fault in exc.errors(include_url=False, include_input=False)
            ),
            where=file.name,
            next_step="compare with docs/settings.md; `clerk doctor` checks the rest",
        ) from None


def secret_text(file: Path, setting: str) -> str:
    """A secret's file, which only its owner may read.

    Raises:
        FixTheSettings: it is missing, or others can read it.
    """
    if not file.is_file():
        raise FixTheSettings(
            f"there is no file {file.name}",
            where=f"chapter.toml {setting}",
            next_step=f"put the key into {file}",
        )
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise FixTheSettings(
            "others on this machine can read the key",
            where=str(file),
            rule="DP-3",
            next_step=f"chmod 600 {file}",
        )
    return file.read_text()


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise FixTheSettings(
            f"this is not TOML: {exc}", where=file.name, next_step="mend the line named"
        ) from None


def _told(fault: dict[str, Any]) -> str:
    """One fault of the settings, with the nearest key for a mistyped one."""
    *path, last = [str(part) for part in fault["loc"]]
    place = f"[{'.'.join(path)}] {last}" if path else last
    if fault["type"] != "extra_forbidden":
        said = str(fault["msg"]).removeprefix("Value error, ")
        return f"{place}: {said[:1].lower()}{said[1:]}"
    near = get_close_matches(last, _keys(Chapter, path), n=1)
    return f"{place}: there is no such setting" + (f"; did you mean {near[0]}?" if near else "")


def _keys(model: type[BaseModel], path: list[str]) -> list[str]:
    """The settings there are at a place of the file."""
    for part in path:
        if part.isdigit():
            continue
        field = model.model_fields.get(part)
        inner = (field.annotation, *getattr(field.annotation, "__args__", ())) if field else ()
        model = next((a for a in inner if isinstance(a, type) and issubclass(a, BaseModel)), model)
    return list(model.model_fields)
