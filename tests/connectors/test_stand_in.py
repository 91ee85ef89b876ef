"""DP-3: a stand-in for Google or Mailchimp is on this machine; nobody's data leave by a setting."""

from pathlib import Path

import pytest

from models.errors import FixTheSettings
from tests.connectors.test_settings import LEAST, chapter, complaint

AWAY = (
    "https://evil.example.com/3.0",
    "http://127.0.0.1@evil.example.com:80",
    "http://127.0.0.1:80@evil.example.com:80/",
    "http://localhost.evil.example.com:80",
    "http://localhost:80.evil.example.com",
    "http://127.0.0.1.evil.example.com:80",
    "http://127.1:8080",
    "http://127.0.1:8080",
    "http://2130706433:8080",
    "http://0x7f000001:8080",
    "http://0x7f.0.0.1:8080",
    "http://0177.0.0.1:8080",
    "http://127.0.0.01:8080",
    "http://127.0.0.256:8080",
    "http://128.0.0.1:8080",
    "http://0.0.0.0:8080",
    "http://[::ffff:127.0.0.1]:8080",
    "http://[::ffff:7f00:1]:8080",
    "http://[0:0:0:0:0:0:0:1]:8080",
    "http://[::1%25eth0]:8080",
    "http://[::1]evil.example.com:8080",
    "http://[::]:8080",
    "http://127.0.0.1",
    "http://127.0.0.1:0",
    "http://127.0.0.1:65536",
    "http://127.0.0.1:080",
    "http://127.0.0.1:80#@evil.example.com",
    "http://127.0.0.1:80?@evil.example.com",
    "http://127.0.0.1:80\\@evil.example.com",
    "http://127.0.0.1:80/\\evil.example.com",
    "http:\\\\127.0.0.1:80",
    "http://127.0.0.1:80//evil.example.com",
    "http://127.0.0.1:80/../evil",
    "http://127.0.0.1:80/%2e%2e",
    " http://127.0.0.1:80",
    "http://127.0.0.1:80 ",
    "http://127.0.0.1:80\n",
    "http://127.0.0.1:80\t/x",
    "http://127.0.0.1:8\u0660",
    "http://１27.0.0.1:80",
    "http://127。0。0。1:80",
    "http://LOCALHOST:80",
    "HTTP://127.0.0.1:80",
    "ftp://127.0.0.1:80",
    "//127.0.0.1:80",
    "127.0.0.1:80",
    "localhost:80",
    "http://user@127.0.0.1:80",
    "http://:@127.0.0.1:80",
    "javascript:alert(1)",
)
HERE = (
    "http://127.0.0.1:8080",
    "https://127.255.255.254:65535/3.0",
    "http://localhost:1/a/b/",
    "http://[::1]:8080/3.0",
)


def toml(text: str) -> str:
    return '"' + "".join(f"\\u{ord(letter):04x}" for letter in text) + '"'


@pytest.mark.parametrize("section", ["google", "mailchimp"])
@pytest.mark.parametrize("url", AWAY)
def test_an_address_elsewhere_is_refused(tmp_path: Path, section: str, url: str) -> None:
    text = LEAST.replace(f"[{section}]\n", f"[{section}]\nbase_url = {toml(url)}\n")
    said = complaint(tmp_path, text)
    assert f"chapter.toml: [{section}] base_url: a stand-in is on this machine" in said
    assert "(DP-3)" in said
    assert "evil" not in said


@pytest.mark.parametrize("section", ["GOOGLE", "MAILCHIMP"])
@pytest.mark.parametrize("url", AWAY)
def test_the_environment_leads_nowhere_else_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, section: str, url: str
) -> None:
    monkeypatch.setenv(f"CLERK_{section}__BASE_URL", url)
    with pytest.raises(FixTheSettings, match=r"a stand-in is on this machine.*\(DP-3\)"):
        chapter(tmp_path)


@pytest.mark.parametrize("url", HERE)
def test_an_address_of_this_machine_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    text = LEAST.replace("[google]\n", f'[google]\nbase_url = "{url}"\n')
    monkeypatch.setenv("CLERK_MAILCHIMP__BASE_URL", url)
    read = chapter(tmp_path, text)
    assert (read.google.base_url, read.mailchimp.base_url) == (url, url)


def test_nothing_is_the_service_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLERK_GOOGLE__BASE_URL", "")
    assert chapter(tmp_path).google.base_url == ""
