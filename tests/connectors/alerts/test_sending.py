"""Alerts go out by Apprise's plug-ins, through our own door (DP-3)."""

import json
import logging
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from pydantic import SecretStr
from requests.adapters import HTTPAdapter

from connectors.alerts import Message, Target, read, send
from connectors.alerts.doors import HttpDoor
from connectors.net.retries import NotLetIn
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater
from models.privacy import Email
from tests.connectors.alerts.inbox import Inbox, mail, web

TOKEN = "zqxwvkzqxwvk"
NEWS = Message(
    title="Rivertown: 1 thing to check", body="A nightly run <failed> & stopped.\nNext: look."
)
WEB = ("ntfy://127.0.0.1:{port}/{token}", "mmost://127.0.0.1:{port}/{token}")
MAIL = "mailto://clerk@example.org@127.0.0.1:{port}/zqxwvk@example.org"


def at(address: str, port: int) -> Target:
    (target,) = read(address.format(port=port, token=TOKEN))
    return target


@pytest.fixture
def service() -> Iterator[Inbox]:
    with web() as inbox:
        yield inbox


@pytest.fixture
def server() -> Iterator[Inbox]:
    with mail() as inbox:
        yield inbox


@pytest.mark.parametrize("address", WEB)
def test_a_service_is_told_title_and_text_as_they_are(service: Inbox, address: str) -> None:
    send(at(address, service.port), NEWS)
    (text,) = service.texts()
    assert NEWS.title in text
    assert NEWS.body in text


@pytest.mark.parametrize("address", WEB)
def test_a_long_text_stays_one_message(service: Inbox, address: str) -> None:
    lines = [f"{n}: a nightly run was “refused”." for n in range(400)]
    send(at(address, service.port), Message(title="x", body="\n".join(lines)))
    (text,) = service.texts()
    assert len(text.encode()) < 4_000
    assert lines[50] in text
    assert "`clerk alerts list` shows everything." in text


def test_a_mail_is_plain_text_and_says_nothing_of_this_machine(server: Inbox) -> None:
    news = Message(title="“Rivertown”: 1 thing", body="Líne <one> & two.\nNext: look.")
    send(at(MAIL, server.port), news)
    ((sender, to, sent),) = server.bodies
    assert sender.startswith("FROM:<clerk@example.org>")
    assert to == "TO:<zqxwvk@example.org>"
    assert "text/html" not in sent
    assert server.texts() == [f"{news.title}\n{news.body}"]
    assert server.raw[0].decode().split() == ["ehlo", "clerk.invalid"]
    host = os.uname().nodename.casefold()
    assert host not in b"".join(server.raw).decode().casefold() or host == "localhost"


@pytest.mark.parametrize(
    ("line", "url"),
    [
        (f"slack://T1/B2/{TOKEN}", f"https://hooks.slack.com/services/T1/B2/{TOKEN}"),
        (f"discord://123/{TOKEN}", f"https://discord.com/api/webhooks/123/{TOKEN}"),
        (f"gchat://AB/{TOKEN}/x%3D", "https://chat.googleapis.com/v1/spaces/AB/messages"),
        (f"ntfys://ntfy.sh/{TOKEN}", "https://ntfy.sh"),
        (f"mmosts://chat.example.org:8443/{TOKEN}", f"https://chat.example.org:8443/hooks/{TOKEN}"),
    ],
)  # fmt: skip
def test_each_service_is_asked_at_its_own_exit(
    line: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[requests.PreparedRequest, dict[str, Any]]] = []

    def taken(self: object, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        asked.append((request, options))
        answer = requests.Response()
        answer.status_code, answer._content, answer._content_consumed = 200, b"ok", True  # type: ignore[attr-defined]  # as read
        return answer

    monkeypatch.setattr(HTTPAdapter, "send", taken)
    send(read(line)[0], NEWS)
    ((request, options),) = asked
    assert str(request.url).partition("?")[0].rstrip("/") == url
    assert options["verify"] is True
    sent = json.loads(request.body or b"")
    told = json.dumps(sent, ensure_ascii=False)
    assert NEWS.title in told
    assert "stopped.\\nNext: look." in told
    assert "apprise" not in told.casefold()
    assert "http" not in told


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (404, FixTheSettings, "does not know this address any more (status 404)"),
        (403, FixTheSettings, "does not know this address any more (status 403)"),
        (400, FixTheSettings, "does not take the message (status 400)"),
        (429, TryAgainLater, "busy or down (status 429)"),
        (503, TryAgainLater, "busy or down (status 503)"),
        (302, TryAgainLater, "we were sent elsewhere"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", WEB)
def test_a_refusal_is_one_of_our_errors_and_names_the_line(
    service: Inbox, address: str, status: int, kind: type[ClerkError], said: str
) -> None:
    service.status, service.to = status, "http://127.0.0.1:9/" if status == 302 else ""
    target = at(address, service.port)
    with pytest.raises(kind, match=r"line 1 \(") as fault:
        send(target, NEWS)
    assert said in str(fault.value)
    assert TOKEN not in str(fault.value)
    assert len(service.raw) == 1  # tried once


@pytest.mark.parametrize(("status", "kind"), [(451, TryAgainLater), (550, FixTheSettings)])
def test_a_mail_server_s_refusal_is_one_of_our_errors_and_quotes_nobody(
    server: Inbox, status: int, kind: type[ClerkError]
) -> None:
    server.status = status
    with pytest.raises(kind, match=f"status {status}") as fault:
        send(at(MAIL, server.port), NEWS)
    assert "@" not in str(fault.value)
    assert fault.value.__context__ is None


@pytest.mark.parametrize("address", [*WEB, MAIL])
def test_a_stand_in_that_is_not_running_is_told(service: Inbox, address: str) -> None:
    with web() as gone:
        port = gone.port
    with pytest.raises(NotLetIn, match="is a stand-in on this machine"):
        send(at(address, port), NEWS)


def under_tls(port: int, password: str = TOKEN) -> Target:
    parts = {"user": "clerk@example.org", "password": password, "to": "ann@example.org"}
    masked = {name: SecretStr(said) for name, said in parts.items()}
    return Target(line=4, scheme="mailtos", host="127.0.0.1", port=port, parts=masked,
                  address=SecretStr(TOKEN))  # fmt: skip


def test_a_mail_server_without_tls_is_told_neither_password_nor_mail(server: Inbox) -> None:
    with pytest.raises(FixTheSettings, match="does not offer TLS here, so nothing was sent"):
        send(under_tls(server.port), NEWS)
    said = b"".join(server.raw)
    assert server.bodies == []
    assert b"AUTH" not in said
    assert b"MAIL" not in said


def test_a_service_without_tls_is_told_nothing(service: Inbox) -> None:
    target = Target(line=1, scheme="ntfys", host="127.0.0.1", port=service.port,
                    parts={"topic": SecretStr(TOKEN)}, address=SecretStr(TOKEN))  # fmt: skip
    with pytest.raises(ClerkError):
        send(target, NEWS)
    assert TOKEN.encode() not in b"".join(service.raw)


def test_a_door_leads_to_its_own_host_alone(service: Inbox) -> None:
    door = HttpDoor(at(WEB[0], service.port))
    with pytest.raises(Refused, match="not on the list"):
        door.post("http://127.0.0.1:9/x", data="{}", verify=False)
    with pytest.raises(requests.exceptions.InvalidSchema):
        HttpDoor(read("ntfys://ntfy.sh/topic")[0]).post("http://ntfy.sh/", data="{}")
    door.close()


@pytest.mark.parametrize("text", ["ann@example.org", Email("ann@example.org"), 7, None])
def test_a_message_holds_no_address(text: Any) -> None:
    with pytest.raises((TypeError, Refused)):
        Message(title="x", body=text)


def test_nothing_of_an_address_is_logged(service: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        service.status = 404
        with pytest.raises(FixTheSettings):
            send(at(WEB[0], service.port), NEWS)
        service.status, service.answer = 200, b"no"
        send(at(WEB[0], service.port), NEWS)
    assert TOKEN not in caplog.text
    assert not [line for line in caplog.records if line.name == "apprise"]


ALONE = """
import sys
from connectors.net.network_allowlist import allow, install_network_guard
from connectors.alerts import Message, read, send
assert not any(name.startswith("apprise") for name in sys.modules)
install_network_guard()
targets = read(sys.stdin.read())
allow(one.exit for one in targets)
for one in targets:
    send(one, Message(title="t", body="b"))
plugins = {name for name in sys.modules if name.startswith("apprise.plugins.")}
print(*sorted(name.split(".")[2] for name in plugins))
"""


def test_behind_the_guard_it_loads_its_own_plug_ins_and_writes_nothing(
    service: Inbox, server: Inbox, tmp_path: Path
) -> None:
    lines = "\n".join([
        *(one.format(port=service.port, token=TOKEN) for one in WEB), MAIL.format(port=server.port)
    ])  # fmt: skip
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "tmp").mkdir()
    env = {"HOME": str(home), "TMPDIR": str(tmp_path / "tmp"), "PYTHONDONTWRITEBYTECODE": "1",
           "HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ALONE], input=lines, env=env, capture_output=True, text=True,
        cwd=Path(__file__).parents[3], check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) == {"base", "email", "mattermost", "ntfy"}
    assert [*home.rglob("*"), *(tmp_path / "tmp").rglob("*")] == []
    assert len(service.bodies) + len(server.bodies) == 3


def test_a_certificate_that_does_not_fit_is_refused(server: Inbox, monkeypatch: Any) -> None:
    import smtplib

    def starttls(*_: object, context: ssl.SSLContext) -> None:
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
        raise ssl.SSLCertVerificationError("ann@example.org")

    monkeypatch.setattr(smtplib.SMTP, "starttls", starttls)
    with pytest.raises(Refused, match="its certificate does not fit") as fault:
        send(under_tls(server.port), NEWS)
    assert "@" not in str(fault.value)
