"""Whether a Prefect server of the chapter's own is locked; the one that `clerk serve` brings is."""

from urllib.parse import urlsplit

from connectors.net.network_allowlist import allow
from connectors.net.sockets import is_loopback
from flows.scheduler.server import is_open_to_all, prefect_exit
from models.errors import FixTheSettings, TryAgainLater

ENVIRONMENT = "PREFECT_API_URL"


def asks_for_a_password(url: str, where: str = ENVIRONMENT) -> str:
    """What was found, in words.

    Args:
        where: the setting that names the server.

    Raises:
        FixTheSettings: it answers anybody, or its password would cross a network in the open.
        TryAgainLater: it does not answer.
    """
    allow([prefect_exit(url)])
    parts = urlsplit(url)
    try:
        is_open = is_open_to_all(url)
    except OSError:
        raise TryAgainLater(
            "the Prefect server does not respond",
            where=where,
            next_step="start that server, or remove PREFECT_API_URL from the environment"
            if where == ENVIRONMENT
            else "start `clerk state serve`",
        ) from None
    if is_open:
        raise FixTheSettings(
            "the Prefect server does not ask for a password: anyone who can reach it can run "
            "programs as the user of a worker, and start and stop this chapter's jobs",
            where=where,
            rule="DP-3",
            next_step="set PREFECT_SERVER_API_AUTH_STRING for the server, and the same value as "
            "PREFECT_API_AUTH_STRING here (docs/running.md)",
        )
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise FixTheSettings(
            "the connection to the Prefect server uses http, so others could read its password",
            where=where,
            rule="DP-3",
            next_step="put TLS in front of that server and use https://, or reach it through a "
            "tunnel",
        )
    return f"the server at {prefect_exit(url).host} asks for a password"
