"""Stand-ins on loopback for what alerts are sent to: a web service, and a mail server."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Inbox:
    """What arrived, and what shall go wrong."""

    port: int = 0
    bodies: list[Any] = field(default_factory=list)
    """JSON of the web service, or (sender, recipient, mail) of the mail server."""
    raw: list[bytes] = field(default_factory=list)
    """Everything that was sent, headers too."""
    status: int = 200
    answer: bytes = b"ok"
    to: str = ""
    """Where it sends on to."""

    def texts(self) -> list[str]:
        """Title and body of each, since the last look."""
        found = [_text(one) for one in self.bodies]
        self.bodies.clear()
        return found


def _text(one: Any) -> str:
    if isinstance(one, tuple):
        mail = message_from_string(one[2])
        body = mail.get_payload(decode=True)
        assert isinstance(body, bytes)
        text = body.decode().replace("\r", "").rstrip()
        return f"{make_header(decode_header(mail['Subject']))}\n{text}"
    return "\n".join(str(one[key]) for key in ("title", "message", "text") if key in one)


@contextmanager
def web() -> Iterator[Inbox]:
    """A service that takes a message by POST."""
    inbox = Inbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            inbox.raw.append(f"{self.path}\n{self.headers}".encode() + body)
            if inbox.status == 200:
                inbox.bodies.append(json.loads(body))
            self.send_response(inbox.status)
            if inbox.to:
                self.send_header("Location", inbox.to)
            self.send_header("Content-Length", str(len(inbox.answer)))
            self.end_headers()
            self.wfile.write(inbox.answer)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        yield from _running(server, inbox)


@contextmanager
def mail() -> Iterator[Inbox]:
    """A mail server without TLS; `status` other than 200 answers each recipient."""
    inbox = Inbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            sender = recipient = ""
            while line := self.rfile.readline():
                inbox.raw.append(line)
                verb, _, rest = line.decode().strip().partition(" ")
                match verb.upper():
                    case "EHLO" | "HELO":
                        self._say("250 here")
                    case "MAIL":
                        sender = rest
                        self._say("250 ok")
                    case "RCPT":
                        recipient = rest
                        fine = inbox.status == 200
                        self._say("250 ok" if fine else f"{inbox.status} <ann@example.org> no")
                    case "DATA":
                        self._say("354 go on")
                        inbox.bodies.append((sender, recipient, self._data()))
                        self._say("250 taken")
                    case "QUIT":
                        self._say("221 bye")
                        return
                    case _:
                        self._say("502 unknown")

        def _data(self) -> str:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                inbox.raw.append(line)
                lines.append(line.decode())
            return "".join(lines)

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        yield from _running(server, inbox)


def _running(server: socketserver.TCPServer, inbox: Inbox) -> Iterator[Inbox]:
    inbox.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield inbox
    finally:
        server.shutdown()
        thread.join()
