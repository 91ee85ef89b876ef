"""Opening a ledger: its URL, its file's permissions, its schema, its key."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, text

from connectors.ledger import Ledger, database, migrations
from connectors.ledger.schema import metadata
from models.errors import FixTheSettings
from tests import shortcuts
from tests.connectors.ledger.nights import ANN, night, voting
from tests.connectors.ledger.server import new_schema


@pytest.fixture(params=[0o022, 0o000])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}


def test_nobody_else_may_read_any_of_its_files(file: Path, umask: int) -> None:
    with Ledger.open(f"sqlite:///{file}") as ledger, ledger.alone():
        ledger.commit_night(night(voting(ANN)))
        assert file.parent.stat().st_mode & 0o777 == 0o700
        assert modes(file.parent) == dict.fromkeys(
            ("ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.db.lock", "ledger.db.begun"),
            0o600,
        )


@pytest.mark.parametrize("mode", [0o604, 0o640])
@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_a_file_that_others_may_read_is_refused(file: Path, mode: int, suffix: str) -> None:
    Ledger.open(f"sqlite:///{file}").close()
    opened = Path(f"{file}{suffix}")
    opened.touch()
    opened.chmod(mode)
    with pytest.raises(FixTheSettings, match="DP-3") as said:
        Ledger.open(f"sqlite:///{file}")
    assert said.value.next_step == f"chmod 600 {opened}"
    opened.chmod(0o600)
    Ledger.open(f"sqlite:///{file}").close()


@pytest.mark.parametrize(
    "url", ["", "ledger.db", "sqlite://", "sqlite:///:memory:", "mysql://u:secret@h/d"]
)
def test_another_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(FixTheSettings, match="sqlite:///path") as said:
        Ledger.open(url)
    assert "secret" not in str(said.value)


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FixTheSettings, match="cannot be opened") as said:
        Ledger.open(f"sqlite:///{tmp_path}")
    assert said.value.where == str(tmp_path)


def test_a_file_that_is_no_database_is_refused(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("Minutes of the January meeting. " * 100)
    file.chmod(0o600)
    with pytest.raises(FixTheSettings, match="not a database"):
        Ledger.open(f"sqlite:///{file}")


def test_what_is_kept_survives_closing(url: str) -> None:
    with Ledger.open(url) as ledger:
        ledger.commit_night(night(voting(ANN)))
        key, standings = ledger.key, ledger.standings()
    assert len(key) == 32
    with Ledger.open(url) as again:
        assert again.key == key
        assert again.standings() == standings


def test_two_ledgers_have_two_keys(ledger: Ledger, tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path}/other.db") as other:
        assert other.key != ledger.key


def test_the_migrations_make_the_schema(ledger: Ledger) -> None:
    with ledger._database.reading() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == migrations.HEAD


def told(what: object) -> str:
    """All that is said of a part of a schema."""
    return json.dumps(what, default=str, sort_keys=True)


def found_in(ledger: Ledger) -> tuple[object, ...]:
    """Every table with its columns, keys and indexes, and every row but the ledger's own key."""
    with ledger._database.reading() as db:
        there, tables = inspect(db), MetaData()
        tables.reflect(db)
        names = sorted(tables.tables)
        unordered = (
            there.get_indexes,
            there.get_unique_constraints,
            there.get_foreign_keys,
            there.get_check_constraints,
        )
        return (
            [told((there.get_columns(n), there.get_pk_constraint(n))) for n in names],
            [[sorted(map(told, ask(n))) for ask in unordered] for n in names],
            [[r for r in db.execute(tables.tables[n].select()) if "key" not in r] for n in names],
        )


def test_a_new_ledger_of_the_tests_is_what_the_migrations_make(
    url: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but the first in a process are made by saying again what the migrations said."""
    Ledger.open(url).close()
    others = [f"sqlite:///{tmp_path}/{name}.db" for name in ("again", "true")]
    if url.startswith("postgresql"):
        others = [new_schema(request.getfixturevalue("server")) for _ in others]
    with Ledger.open(others[0]) as again:
        monkeypatch.setattr(database, "_upgrade", shortcuts.upgrade)
        with Ledger.open(others[1]) as true:
            assert found_in(again) == found_in(true)
            assert len(found_in(true)[0]) >= 15  # tables


def test_the_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "connectors.ledger:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.HEAD]


def test_a_newer_schema_is_refused(url: str) -> None:
    with Ledger.open(url) as ledger, ledger._database.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(FixTheSettings, match="newer version"):
        Ledger.open(url)


def test_two_first_openings_at_once_make_one_ledger(url: str) -> None:
    program = f"from connectors.ledger import Ledger; print(Ledger.open({url!r}).key.hex())"
    children = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    keys = {child.communicate(timeout=60)[0] for child in children}
    assert [child.returncode for child in children] == [0] * 2
    assert len(keys) == 1
