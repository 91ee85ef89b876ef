"""Prefect's own server behind our net: it reaches itself, and its database where that is elsewhere.

It is told counts only; all the same an automation, a webhook or a library of its own could call
somebody. Run as `python -m flows.prefect_server PORT`, by `clerk serve`.
"""

import sys

from connectors.exits import Exit, allow, exit_to, guard

HOST = "127.0.0.1"


def prefect_exit(url: str) -> Exit:
    """The way to the orchestrator, ours or another, wherever it runs."""
    return exit_to(url, "the Prefect server, which is told counts only")


def main(port: int) -> None:
    """Serve on this machine alone, until told to stop."""
    guard()
    allow([Exit(name, port, "the server itself") for name in (HOST, "localhost")])
    from prefect.cli import app
    from prefect.settings import get_current_settings

    url = get_current_settings().server.database.connection_url
    if url and not (where := url.get_secret_value()).startswith("sqlite"):
        allow([exit_to(where, "the server's own database")])
    sys.argv[1:] = ["server", "start", "--host", HOST, "--port", str(port)]
    app()


if __name__ == "__main__":
    main(int(sys.argv[1]))
