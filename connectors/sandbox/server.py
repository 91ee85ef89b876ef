"""Google and Mailchimp on loopback: one server in a thread, or a process of its own.

The production connectors talk to it unchanged; only a base URL differs.
"""

import argparse
import json
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from connectors.sandbox import control
from connectors.sandbox.exchange import Exchange
from connectors.sandbox.faults import Faults
from connectors.sandbox.google import routes as google_routes
from connectors.sandbox.google.state import GoogleState
from connectors.sandbox.mailchimp import routes as mailchimp_routes
from connectors.sandbox.mailchimp.state import MailchimpState
from connectors.sandbox.recorder import Recorder


def utc_now() -> datetime:
    """The true time, in UTC."""
    return datetime.now(UTC)


class Sandbox:
    """Both services on 127.0.0.1, as a context manager.

    Args:
        now: the services' clock (time stamps, token expiry, campaign schedules).
        port: 0 takes a free one.
        journal: False keeps only the counts, for benches with large bodies.

    Attributes:
        google_url: requests for https://HOST/path arrive at {google_url}/HOST/path.
        mailchimp_url: the Marketing API's root, `…/3.0`.
        google, mailchimp: the states; edit them directly.
        faults: what shall go wrong.
    """

    def __init__(
        self,
        *,
        google: GoogleState | None = None,
        mailchimp: MailchimpState | None = None,
        now: Callable[[], datetime] = utc_now,
        port: int = 0,
        journal: bool = True,
    ) -> None:
        self.google = google if google is not None else GoogleState()
        self.mailchimp = mailchimp if mailchimp is not None else MailchimpState()
        self.faults = Faults()
        services = Starlette(
            routes=[
                Mount("/google", routes=google_routes.routes(self.google, now)),
                Mount("/mailchimp/3.0", routes=mailchimp_routes.routes(self.mailchimp, now)),
                *control.routes(self),
            ]
        )
        self._recorder = Recorder(services, self.faults, keep=journal)
        self._socket = _listen(port)
        base = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.google_url = f"{base}/google"
        self.mailchimp_url = f"{base}/mailchimp/3.0"
        self.control_url = f"{base}/_sandbox"
        config = uvicorn.Config(
            self._recorder,
            lifespan="off",
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="sandbox", daemon=True)

    @property
    def journal(self) -> list[Exchange]:
        """Every request in order of arrival."""
        return self._recorder.journal

    @property
    def counts(self) -> Counter[str]:
        """Requests by "METHOD host/path pattern"."""
        return self._recorder.counts

    def requests(self, service: str | None = None, writes_only: bool = False) -> list[Exchange]:
        """The journal of one service ("google" or "mailchimp"), or only its writes."""
        return [
            exchange
            for exchange in self.journal
            if service in (None, exchange.service) and (exchange.writes or not writes_only)
        ]

    def reset(self) -> None:
        """Start the journal, the counts and the faults anew; the states stay."""
        self._recorder.clear()
        self.faults.clear()

    def recall(self, exchanges: Iterable[Exchange]) -> None:
        """Note these in the journal, as if they had been asked anew; the states stay."""
        self._recorder.recall(exchanges)

    def load(self, seed: dict[str, Any]) -> None:
        """Replace the states that the seed names: `{"google": {…}, "mailchimp": {…}}`."""
        if "google" in seed:
            self.google.load(seed["google"])
        if "mailchimp" in seed:
            self.mailchimp.load(seed["mailchimp"])

    def dump(self) -> dict[str, Any]:
        """Both states as JSON, as `load` takes them."""
        return {"google": self.google.dump(), "mailchimp": self.mailchimp.dump()}

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the sandbox's server did not start")
            time.sleep(0.005)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        crashes = [exchange.crash for exchange in self.journal if exchange.crash]
        if crashes and error is None:
            raise RuntimeError("the sandbox itself failed") from crashes[0]

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])


def _listen(port: int) -> socket.socket:
    # asyncio switches Nagle's delay off (40 ms a request) only if the protocol is named
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    return listening


def main() -> None:
    """Run until SIGTERM or SIGINT; the urls are printed as one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m connectors.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=Path, help="JSON with the states to start from")
    parser.add_argument("--no-journal", action="store_true", help="keep the counts only")
    wanted = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    sandbox = Sandbox(port=wanted.port, journal=not wanted.no_journal)
    if wanted.seed:
        sandbox.load(json.loads(wanted.seed.read_bytes()))
    with sandbox:
        urls = ("google_url", "mailchimp_url", "control_url")
        print(json.dumps({url: getattr(sandbox, url) for url in urls}), flush=True)  # noqa: T201 - the one line its starter reads
        stop.wait()
