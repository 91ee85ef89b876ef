"""How an installation of many chapters runs them: which jobs, when, and by which machines.

The jobs are a closed list. A scheduler says when, and by which of these names; what each name does
is the program's alone to say.
"""

import hashlib
import re
from datetime import time
from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, field_validator, model_validator

from models.base import TimeOfDay, Value
from models.texts import Slug

HOUR = 60


class Job(StrEnum):
    """What can be done for a chapter, and nothing else."""

    NIGHT = "nightly"
    CHECK = "clock"
    TO_THE_MINUTE = "to-the-minute"
    LOOK = "look"
    """Only whether its jobs could run; no scheduler plans it."""


PLANNED = (Job.NIGHT, Job.CHECK, Job.TO_THE_MINUTE)
_NAMED = re.compile(f"({'|'.join(PLANNED)})-(.+)")


def deployment(job: Job, key: str) -> str:
    """The name by which a scheduler knows a chapter's job."""
    return f"{job}-{key}"


def job_named(name: str, key: str) -> Job | None:
    """The job of a chapter that a scheduler's name stands for; None for any other name."""
    found = _NAMED.fullmatch(name)
    return Job(found[1]) if found and found[2] == key else None


def _reachable(address: str) -> str:
    parts = urlsplit(address)
    if parts.path != "/api" or parts.query or parts.fragment or parts.username is not None:
        raise ValueError("write it as http://127.0.0.1:4200/api or https://engine.example.org/api")
    if parts.scheme == "https" and parts.hostname:
        return address
    if parts.scheme != "http" or not is_this_machine(parts.hostname or "") or not parts.port:
        raise ValueError(
            "beyond this computer write https://, so that nobody on the way reads the secret; on "
            "this computer write http://127.0.0.1 and a port"
        )
    return address


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


Address = Annotated[
    str, Field(max_length=300, pattern=r"^[\x21\x23-\x26\x28-\x3b\x3d\x3f-\x7e]*$"),
    AfterValidator(_reachable),
]  # fmt: skip


class Engine(Value):
    """`[engine]` of `chapters.toml`: Prefect's server, and how it is to plan the chapters' jobs."""

    api: Address = "http://127.0.0.1:4200/api"
    """Where workers find the server; https beyond this computer."""
    port: int = Field(4200, ge=1024, le=65535)
    """Where `clerk state serve` listens behind TLS, on its own computer only; otherwise `api` says
    it."""
    machines: tuple[Slug, ...] = ()
    """The names of the computers whose workers run chapters; () if there is one."""
    zone: str = "America/New_York"
    nights_from: TimeOfDay = time(4, 0)
    """The first nightly run, in the zone."""
    spread_minutes: int = Field(60, ge=1, le=360)
    """The minutes over which the chapters' nightly runs are spread."""
    check_every_minutes: int = Field(5, ge=1, le=30)
    nights_at_once: int = Field(2, ge=1, le=64)
    """Nightly runs that one worker runs at the same time; checks of elections never wait."""
    ask_every_seconds: float = Field(5.0, ge=0.2, le=60)
    """How often a worker asks the server what is due."""
    statewide_folder: str = Field("", max_length=500)
    """The statewide body's own folder, with its `chapter.toml`, if it is run too."""
    statewide_user: str = Field("", pattern=r"^([a-z_][a-z0-9_-]{0,31})?$")
    secret_file: str = Field("secrets/engine", min_length=1, max_length=500)
    """With the server's password, `clerk:…`, for the server and every worker."""
    database_file: str = Field("", max_length=500)
    """With the PostgreSQL URL of the server's database; "" for a SQLite file of its own."""

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        try:
            return ZoneInfo(zone).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("this is not an IANA time zone such as America/New_York") from None

    @model_validator(mode="after")
    def _port_is_heard(self) -> Self:
        if self.listens != self.port and "port" in self.model_fields_set:
            raise ValueError(
                f"port is for a server behind TLS, and is not used here: write "
                f'api = "http://127.0.0.1:{self.port}/api" instead'
            )
        return self

    @property
    def listens(self) -> int:
        """The port of this computer at which the server listens."""
        parts = urlsplit(self.api)
        return parts.port if parts.scheme == "http" and parts.port else self.port

    def cron(self, job: Job, key: str) -> str:
        """When a chapter's job comes, as cron says it; "" for one that other jobs plan.

        The minute is a stable hash of the key: chapters that are added or leave move no other's.
        """
        match job:
            case Job.NIGHT:
                first = self.nights_from.hour * HOUR + self.nights_from.minute
                hour, minute = divmod(first + spread(key, self.spread_minutes), HOUR)
                return f"{minute} {hour % 24} * * *"
            case Job.CHECK:
                every = self.check_every_minutes
                return f"{spread(key, every)}-59/{every} * * * *"
            case Job.TO_THE_MINUTE | Job.LOOK:
                return ""


def spread(key: str, over: int) -> int:
    """A number below `over` that is always the same for a key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % over
