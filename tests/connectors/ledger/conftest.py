"""Every test of the ledger runs on SQLite, and on PostgreSQL where that is installed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.ledger import Ledger
from tests.connectors.ledger.server import new_schema, postgresql, programs


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed")
    with postgresql(where) as url:
        yield url


@pytest.fixture
def postgresql_url(server: str) -> str:
    return new_schema(server)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a SQLite ledger will be made."""
    return tmp_path / "state" / "ledger.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, file: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{file}"
    made: str = request.getfixturevalue("postgresql_url")
    return made


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with Ledger.open(url) as opened:
        yield opened
