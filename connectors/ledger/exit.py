"""Where a PostgreSQL ledger's URL leads, said before libpq is asked (DP-3).

libpq is C: Python's net does not see its sockets. So nothing reaches it that could lead elsewhere
than the one host and port that `clerk doctor` prints: no second host, no other address for the
same name, no service file, and none of these from the environment.
"""

import os

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from connectors.net import network_allowlist as exits
from connectors.net.network_allowlist import PORTS, AllowedHost
from models.errors import Refused

WHY = "the chapter's own ledger"
HARMLESS = {
    "host", "options", "application_name", "connect_timeout", "target_session_attrs", "passfile",
    "sslmode", "sslrootcert", "sslcert", "sslkey", "channel_binding",
}  # fmt: skip
"""Parameters of a URL that cannot change where it leads, and `host`, which is looked at."""
ELSEWHERE = ("PGHOSTADDR", "PGSERVICE")
"""What libpq takes from the environment before it looks at the host of the URL."""


def exit_of(url: str) -> AllowedHost | None:
    """The one exit that a ledger's URL needs; None for one that ends on this machine.

    Raises:
        Refused: it, or the environment, could lead anywhere else.
    """
    try:
        return _exit_of(make_url(url))
    except ArgumentError:
        return None  # no database of any kind; opening it says so


def _exit_of(url: URL) -> AllowedHost | None:
    if url.drivername.startswith("sqlite"):
        return None
    if others := sorted(set(url.query) - HARMLESS):
        raise _refused(f"the URL says {others[0]}")
    if taken := [name for name in ELSEWHERE if os.environ.get(name)]:
        raise _refused(f"the environment says {taken[0]}")
    host = url.query.get("host", url.host or os.environ.get("PGHOST", ""))
    if url.host and "host" in url.query:
        raise _refused("the URL names two hosts")
    if not isinstance(host, str) or "," in host:
        raise _refused("the URL or PGHOST names more than one host")
    if not host or host.startswith(("/", "@")):
        return None  # a socket of this machine
    name, _, port = host.partition(":") if "host" in url.query else (host, "", "")
    port = port or str(url.port or os.environ.get("PGPORT") or PORTS["postgresql"])
    if not port.isdigit():
        raise _refused("the URL or PGPORT names more than one port")
    return AllowedHost(name, int(port), WHY)


def refuse_unlisted(url: URL) -> None:
    """Let a URL pass that leads nowhere, or to a listed exit.

    Raises:
        Refused: it leads elsewhere; libpq has not been asked.
    """
    if (way := _exit_of(url)) is not None:
        exits.refuse_unlisted(way)


def _refused(why: str) -> Refused:
    return Refused(
        f"{why}, so that the database could lie on another host than the one listed",
        where="ledger",
        rule="DP-3",
        next_step="write postgresql+psycopg://user@host:port/database, one host, and unset "
        "PGHOSTADDR and PGSERVICE",
    )
