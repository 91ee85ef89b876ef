"""libpq is C and lies outside the net: nothing reaches it that could lead off the list.

Rules: DP-3. The driver is counted, and a listener stands where nobody may come.
"""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from connectors.ledger import Ledger, exit_of
from connectors.net import network_allowlist as exits
from connectors.net.network_allowlist import AllowedHost
from models.errors import Refused, TryAgainLater
from tests.flows.town import Town
from tests.privacy.test_exits import Host

PG = "postgresql+psycopg://clerk:secret@"
LISTED = f"{PG}db.example.org/ledger"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What libpq would have been asked; the net lists `db.example.org` and no more."""
    for name in ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(exits, "_net", exits._Net())
    exits.allow([AllowedHost("db.example.org", 5432, "a test")])
    found: list[str] = []

    def connect(*_: object, **options: object) -> None:
        found.append(str(options.get("host")))
        raise psycopg.OperationalError("nobody there")

    monkeypatch.setattr(psycopg, "connect", connect)
    return found


def test_the_listed_database_is_asked(asked: list[str]) -> None:
    with pytest.raises(TryAgainLater):
        Ledger.open(LISTED)
    assert asked == ["db.example.org"]


@pytest.mark.parametrize(
    "url",
    [
        f"{PG}elsewhere.example.org/ledger",
        f"{PG}db.example.org:6432/ledger",
        f"{LISTED}?host=elsewhere.example.org",
        f"{LISTED}?host=/var/run/postgresql",
        f"{PG}/ledger?host=elsewhere.example.org",
        f"{PG}/ledger?host=db.example.org&host=elsewhere.example.org",
        f"{PG}/ledger?host=db.example.org,elsewhere.example.org",
        f"{PG}/ledger?host=db.example.org:6432",
        f"{PG}db.example.org,elsewhere.example.org/ledger",
        f"{LISTED}?hostaddr=192.0.2.7",
        f"{LISTED}?port=6432",
        f"{LISTED}?service=elsewhere",
        f"{LISTED}?servicefile=/etc/service.conf",
        f"{LISTED}?dbname=postgresql://elsewhere.example.org/x",
        f"{LISTED}?sslmode=require&hostaddr=192.0.2.7",
    ],
)
def test_a_url_that_leads_elsewhere_is_refused_before_libpq(asked: list[str], url: str) -> None:
    with pytest.raises(Refused, match="DP-3") as refused:
        Ledger.open(url)
    assert asked == []
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "url"),
    [
        ("PGHOSTADDR", "192.0.2.7", LISTED),
        ("PGSERVICE", "elsewhere", LISTED),
        ("PGPORT", "6432", LISTED),
        ("PGPORT", "5432,6432", LISTED),
        ("PGHOST", "elsewhere.example.org", f"{PG}/ledger"),
        ("PGHOST", "/tmp,elsewhere.example.org", f"{PG}/ledger"),
    ],
)
def test_the_environment_leads_nowhere_else_either(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str, url: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Refused, match="DP-3"):
        Ledger.open(url)
    assert asked == []


@pytest.mark.parametrize(
    "url", [f"{PG}/ledger", f"{PG}/ledger?host=/run/postgresql", f"{LISTED}?sslmode=verify-full"]
)
def test_this_machines_own_socket_and_tls_are_no_detour(asked: list[str], url: str) -> None:
    with pytest.raises(TryAgainLater):
        Ledger.open(url)
    assert len(asked) == 1


def test_the_list_names_what_libpq_would_reach() -> None:
    assert exit_of("sqlite:////var/ledger.db") is None
    found = exit_of(f"{PG}db.example.org:6432/ledger")
    assert found is not None
    assert found[:2] == ("db.example.org", 6432)


def test_no_byte_arrives_where_the_ledger_is_not_listed(town: Town) -> None:
    """A whole command, with the true libpq."""
    unlisted, listed = Host(), Host()
    trial = (
        "import sys\n"
        "from connectors.net.network_allowlist import AllowedHost, allow, install_network_guard\n"
        "from connectors.ledger import Ledger\n"
        "install_network_guard(); allow([AllowedHost('127.0.0.1', int(sys.argv[2]), 'a test')])\n"
        "try: Ledger.open(f'postgresql+psycopg://clerk@127.0.0.1:{sys.argv[1]}/ledger')\n"
        "except Exception as exc: print(type(exc).__name__)"
    )
    for port, ended in ((unlisted.port, "Refused"), (listed.port, "TryAgainLater")):
        said = subprocess.run(
            [sys.executable, "-c", trial, str(port), str(listed.port)],
            capture_output=True, text=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert said.stdout.strip() == ended, said.stderr
    assert (unlisted.visits[0], listed.visits[0] > 0) == (0, True)
    unlisted.close()
    listed.close()
