"""A ledger that is opened again knows its statements, and nothing else of before."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.sql.compiler import SQLCompiler

from connectors.ledger import Ledger, engines, new_key
from connectors.ledger.encryption import Encrypted
from models.errors import FixTheSettings


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each statement that is turned into SQL."""
    found: list[str] = []
    make = SQLCompiler.__init__

    def noted(self: SQLCompiler, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        found.append(str(self))

    monkeypatch.setattr(SQLCompiler, "__init__", noted)
    return found


def look(url: str, key: str = "") -> bytes:
    with Ledger.open(url, key) as ledger:
        assert ledger.ids() == {}
        assert ledger.votes.lines() == []
        return ledger.key


def test_statements_are_made_once(url: str, made: list[str]) -> None:
    look(url)
    look(url)
    made.clear()
    look(url)
    assert made == []


def test_two_that_are_open_share_nothing(url: str) -> None:
    with Ledger.open(url) as one, Ledger.open(url) as other:
        assert one._database._engine is not other._database._engine
        assert one._database._engine.dialect is not other._database._engine.dialect
        assert one.key == other.key
    assert look(url) == one.key


def test_another_file_in_its_place_is_what_is_read(url: str, file: Path, tmp_path: Path) -> None:
    if not url.startswith("sqlite"):
        pytest.skip("a server's database is no file")
    first = look(url)
    other = look(f"sqlite:///{tmp_path / 'other' / 'ledger.db'}")
    shutil.copy(tmp_path / "other" / "ledger.db", file)
    assert look(url) == other != first


def test_no_seal_of_before_is_left(url: str) -> None:
    key = new_key()
    first = look(url, key)
    for others in ("", new_key()):
        with pytest.raises((Encrypted, FixTheSettings)):
            look(url, others)
    assert look(url, key) == first
    with Ledger.open(url, key) as ledger:
        ledger.encrypt("")
    assert look(url) == first
    with pytest.raises(FixTheSettings):
        look(url, key)


def test_the_same_path_elsewhere_is_another_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = set()
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        monkeypatch.chdir(tmp_path / place)
        keys.add(look("sqlite:///ledger.db"))
    assert len(keys) == 2


def test_few_are_kept(tmp_path: Path) -> None:
    for number in range(9):
        look(f"sqlite:///{tmp_path / str(number)}.db")
    assert len(engines._closed) < 9
    assert all(engine.pool.checkedin() == 0 for engine in engines._closed.values())
