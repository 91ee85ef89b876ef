"""The closed list of kinds of address: each speaks HTTPS or SMTP under TLS, and nothing else.

An address is read here and not by Apprise, which knows some 140 kinds, takes options that switch
off the check of a certificate or read files, and guesses hosts. Here a line has one form, no
options, and one host and port. The address that a service shows to be copied is understood too.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

from pydantic import SecretStr

from connectors.net.network_allowlist import AllowedHost
from models.base import Value

HTTPS, WHY = 443, "alerts for the officers"

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PORT = r"(?P<port>[1-9]\d{0,4})"
_TOP = "[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
"""A number has none: an address of the internet is not a name that a certificate is made for."""
_HOST = rf"(?P<host>(?:{_LABEL}\.)+{_TOP})(?::{_PORT})?"
_HERE = rf"(?P<host>127\.0\.0\.1):{_PORT}"
"""A stand-in, in full: other ways to write this machine are not looked through."""
_WHO = r"(?:(?P<user>[^@:/?#\s]+)(?::(?P<password>[^@/?#\s]+))?@)?"
_IN_SLACK = r"/(?P<a>[A-Za-z0-9]+)/(?P<b>[A-Za-z0-9]+)/(?P<c>[A-Za-z0-9]+)/?"
_IN_DISCORD = r"/(?P<id>\d+)/(?P<token>[A-Za-z0-9_-]+)/?"
_SPACE, _KEY, _TOKEN = (rf"(?P<{name}>[A-Za-z0-9_%=-]+)" for name in ("space", "key", "token"))
_GOOGLE = r"https://chat\.googleapis\.com/v1/spaces"
_TOPIC = r"(?P<topic>[A-Za-z0-9_-]{1,64})/?"
_HOOK = r"(?P<token>[A-Za-z0-9]{8,64})/?"
_MAILBOX = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+"
_SENDER = rf"(?P<user>{_MAILBOX})"
_TO = rf"(?P<to>{_MAILBOX})/?"
"""One: a mail that one of several mailboxes refuses would be sent to the others again."""


class Target(Value):
    """One address: where it leads is known, and what is secret in it is masked."""

    line: int
    """In the file of addresses."""
    scheme: str
    host: str
    port: int
    parts: Mapping[str, SecretStr]
    """What the scheme's pattern found."""
    address: SecretStr
    """The line as it stands."""

    def __str__(self) -> str:
        return f"line {self.line} ({self.scheme})"

    @property
    def is_stand_in(self) -> bool:
        """Whether it is on this machine; nothing else is reached without TLS."""
        return self.scheme in STAND_INS

    @property
    def exit(self) -> AllowedHost:
        """The one host and port that it needs (DP-3)."""
        return AllowedHost(self.host, self.port, WHY)

    def part(self, name: str) -> str:
        """A part of it in plain text; "" if the address has none."""
        held = self.parts.get(name)
        return unquote(held.get_secret_value()) if held else ""


def where(target: Target) -> str:
    """The place of a fault of an address."""
    return f"the alerts' addresses, {target}"


class Scheme(NamedTuple):
    """A kind of address."""

    form: str
    """How it is written, for the message about one that is not."""
    patterns: tuple[str, ...]
    port: int = 443
    host: str = ""
    """Where the service has one host for all."""
    stand_in: str = ""
    """The same on this machine, for tests: no TLS there."""


SCHEMES: Mapping[str, Scheme] = {
    "slack": Scheme(
        "https://hooks.slack.com/services/T…/B…/…",
        (rf"https://hooks\.slack\.com/services{_IN_SLACK}", rf"slack:/{_IN_SLACK}"),
        host="hooks.slack.com",
    ),
    "discord": Scheme(
        "https://discord.com/api/webhooks/…/…",
        (
            rf"https://discord(?:app)?\.com/api/webhooks{_IN_DISCORD}",
            rf"discord:/{_IN_DISCORD}",
        ),
        host="discord.com",
    ),
    "gchat": Scheme(
        "https://chat.googleapis.com/v1/spaces/…/messages?key=…&token=…",
        (
            rf"{_GOOGLE}/{_SPACE}/messages\?key={_KEY}&token={_TOKEN}",
            rf"gchat://{_SPACE}/{_KEY}/{_TOKEN}/?",
        ),
        host="chat.googleapis.com",
    ),
    "mmosts": Scheme(
        "mmosts://HOST/TOKEN, or https://HOST/hooks/TOKEN",
        (rf"mmosts://{_HOST}/{_HOOK}", rf"https://{_HOST}/hooks/{_HOOK}"),
        stand_in=rf"mmost://{_HERE}/{_HOOK}",
    ),
    "ntfys": Scheme(
        "ntfys://HOST/TOPIC, as ntfys://ntfy.sh/TOPIC",
        (rf"ntfys://{_WHO}{_HOST}/{_TOPIC}", rf"https://(?P<host>ntfy\.sh)(?P<port>)/{_TOPIC}"),
        stand_in=rf"ntfy://{_WHO}{_HERE}/{_TOPIC}",
    ),
    "mailtos": Scheme(
        "mailtos://SENDER@HOST:PASSWORD@SMTP-SERVER/OFFICER@HOST",
        (rf"mailtos://{_SENDER}:(?P<password>[^@/?#\s]+)@{_HOST}/{_TO}",),
        port=587,
        stand_in=rf"mailto://{_SENDER}@{_HERE}/{_TO}",
    ),
}
"""What is known, in the order in which it is offered. Of Apprise's plug-ins these alone are ever
loaded."""

STAND_INS = frozenset(name.removesuffix("s") for name, one in SCHEMES.items() if one.stand_in)
"""Their names on this machine."""
PLAIN = frozenset((
    "http", "mailto", "ntfy", "mmost", "json", "xml", "form", "rocket", "gotify", "matrix",
    "apprise", "hassio", "nctalk", "ncloud", "synology", "signal", "kodi", "emby", "irc", "mqtt",
    "smtp",
))  # fmt: skip
"""Of Apprise's names those that speak without TLS."""
LOCAL = frozenset((
    "dbus", "kde", "qt", "glib", "gio", "gnome", "macosx", "windows", "syslog", "rsyslog", "blink1",
    "growl", "file", "exec", "shell",
))  # fmt: skip
"""And those that start a program, or speak to this computer or its own network."""
OPTION = re.compile(r"[?&#]")


def found(line: str) -> tuple[str, re.Match[str], bool] | None:
    """A line's scheme, what its pattern found, and whether it is a stand-in on this machine."""
    for name, scheme in SCHEMES.items():
        for pattern in scheme.patterns:
            if match := re.fullmatch(pattern, line):
                return name, match, False
        if scheme.stand_in and (match := re.fullmatch(scheme.stand_in, line)):
            return name, match, True
    return None


def fault_of(line: str) -> str:
    """Why a line is none of these, without a word of it that could be secret."""
    name = line.partition("://")[0].casefold() if "://" in line else ""
    if name in SCHEMES:
        options = " It takes no options." if OPTION.search(line) else ""
        return f"{name} is not written so: write {SCHEMES[name].form}.{options}"
    if name in PLAIN:
        return f"{name} sends without TLS, so others could read it on the way"
    if name in LOCAL:
        return f"{name} starts a program or speaks to this computer alone"
    if name == "https":
        return "this web address is none of a service that is known"
    return "this kind of address is not known"
