"""What it means that the engine's server does not answer."""

import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from flows.state.answers import translated
from models.errors import TryAgainLater
from tests.connectors.tls import certificate


@pytest.fixture
def own_authority(tmp_path: Path) -> Iterator[str]:
    """A server whose certificate no authority of this machine knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path / "papers.pem"))
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # it hangs up, as it should
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"https://127.0.0.1:{server.server_address[1]}/api/health"
        server.shutdown()


def test_a_certificate_of_its_own_is_no_silence(own_authority: str) -> None:
    """What helps is another thing than to look whether the server runs."""
    distrusted = pytest.raises(TryAgainLater, match="does not trust the certificate")
    with distrusted as told, translated():
        httpx.get(own_authority)
    assert "SSL_CERT_FILE" in told.value.next_step


def test_nobody_at_the_port_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TryAgainLater, match="does not answer"), translated():
        httpx.get(f"http://127.0.0.1:{port}/api/health")
