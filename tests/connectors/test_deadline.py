"""The last moment of an answer over TLS, as Google and Mailchimp give theirs."""

import ssl
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from connectors.net import deadline
from connectors.net.http import GuardedAdapter
from models.errors import TryAgainLater
from tests.connectors.test_http import Service
from tests.connectors.tls import certificate


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls") / "papers.pem")


@pytest.fixture
def session(papers: Path) -> Iterator[tuple[requests.Session, str]]:
    """A session with a door, and the one host behind it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers)
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server, requests.Session() as session:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"127.0.0.1:{server.server_address[1]}"
        session.verify, session.trust_env = str(papers), False
        session.mount(
            "https://", GuardedAdapter("The service", {host: "a test"}, (2, 2), lambda _: None)
        )
        yield session, f"https://{host}"
        server.shutdown()


def test_an_answer_over_tls_passes(session: tuple[requests.Session, str]) -> None:
    for _ in range(3):
        assert session[0].get(f"{session[1]}/fine").text == "ok"


def test_one_that_drips_does_not(
    session: tuple[requests.Session, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "LONGEST", 0.3)
    with pytest.raises(TryAgainLater):
        session[0].get(f"{session[1]}/body")
