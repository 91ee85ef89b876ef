"""What goes wrong is told by what to do next, and quotes nothing that is stored (DP-3)."""

import logging
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import delete, insert, make_url, text

from connectors.ledger import Ledger, Snapshot, engines
from connectors.ledger.schema import claims, contacts
from models.errors import ClerkError, FixTheSettings, TryAgainLater
from models.intake.tables import Table
from models.mail.audience import Contact, ContactState
from models.privacy import Email, Name
from tests.connectors.ledger.nights import ANN, night, voting

CANARY = "canary@example.org"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_PATIENCE", 100)


@contextmanager
def busy(url: str) -> Iterator[None]:
    """Somebody else is in the middle of writing."""
    found = make_url(url)
    if found.drivername == "sqlite":
        with closing(sqlite3.connect(str(found.database))) as db:
            db.execute("BEGIN IMMEDIATE")
            yield
    else:
        options, host = found.query["options"], found.query["host"]
        with psycopg.connect(f"host={host} user=clerk dbname=postgres options={options}") as db:
            db.execute("LOCK TABLE meta, runs, contacts")
            yield


def test_a_busy_database_is_tried_again_later(url: str) -> None:
    with Ledger.open(url) as ledger:
        with busy(url), pytest.raises(TryAgainLater, match="busy"):
            ledger.set_note("a", "b")
        ledger.set_note("a", "c")
        assert ledger.note("a") == "c"


def test_a_server_out_of_reach_is_tried_again_later(tmp_path: Path) -> None:
    with pytest.raises(TryAgainLater, match="cannot be reached"):
        Ledger.open(f"postgresql+psycopg://clerk:secret@/chapter?host={tmp_path}")


def test_a_server_that_dies_meanwhile_is_tried_again_later(postgresql_url: str) -> None:
    host = make_url(postgresql_url).query["host"]

    def cut_off(ledger: Ledger) -> None:
        with ledger._database.writing() as db:
            pid = db.scalar(text("SELECT pg_backend_pid()"))
            with psycopg.connect(f"host={host} user=clerk dbname=postgres") as killer:
                killer.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
            db.execute(delete(contacts))

    with Ledger.open(postgresql_url) as ledger:
        with pytest.raises(TryAgainLater, match="cannot be reached"):
            cut_off(ledger)
        ledger.set_note("a", "b")  # over a new connection
        assert ledger.note("a") == "b"


def test_a_job_that_lost_its_turn_writes_no_more(postgresql_url: str) -> None:
    host = make_url(postgresql_url).query["host"]

    def job(ledger: Ledger) -> None:
        with ledger.alone():
            ledger.set_note("a", "b")
            with psycopg.connect(f"host={host} user=clerk dbname=postgres") as killer:
                killer.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype='advisory'"
                )
            ledger.set_note("a", "c")

    with Ledger.open(postgresql_url) as ledger:
        with pytest.raises(TryAgainLater, match="cannot be reached"):
            job(ledger)
        with ledger.alone():
            assert ledger.note("a") == "b"
            ledger.set_note("a", "c")


@pytest.mark.parametrize(
    "part", [("clerk@/postgres", "clerk@/x"), ("clerk@/", "stranger:secret@/")]
)
def test_a_refusing_server_is_a_matter_of_settings(server: str, part: tuple[str, str]) -> None:
    with pytest.raises(FixTheSettings, match="check the ledger's URL") as said:
        Ledger.open(server.replace(*part))
    assert "secret" not in str(said.value)


def test_a_schema_without_the_right_to_write_is_a_matter_of_settings(server: str) -> None:
    host = make_url(server).query["host"]
    with psycopg.connect(f"host={host} user=clerk dbname=postgres", autocommit=True) as db:
        db.execute("CREATE ROLE guest LOGIN")
    with pytest.raises(FixTheSettings, match="cannot be opened or written"):
        Ledger.open(server.replace("clerk@", "guest@"))


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(FixTheSettings, match=r"chapter-clerk\[postgresql\]"):
        Ledger.open("postgresql://clerk@/chapter")


def test_a_full_disk_is_named(file: Path) -> None:
    people = [Contact(Email(f"c{n}@example.org"), ContactState.PENDING) for n in range(1_000)]
    with Ledger.open(f"sqlite:///{file}") as ledger:
        with ledger._database.writing() as db:
            db.exec_driver_sql("PRAGMA max_page_count = 1")  # not one page more than there are
        with pytest.raises(FixTheSettings, match="disk is full"):
            ledger.save_contacts(people)
        assert ledger.audience() == ({}, None)


def test_an_error_quotes_no_row(ledger: Ledger) -> None:
    """PostgreSQL says “Failing row contains (…)” with all that stands in it."""
    row = {"digest": b"1", "address": Email(CANARY), "name": Name("Canary"), "person": None}

    def claim_for_nobody() -> None:
        with ledger._database.writing() as db:
            db.execute(insert(claims), [row])

    with pytest.raises(ClerkError, match="refused what the program asked") as said:
        claim_for_nobody()
    assert "canary" not in "".join(traceback.format_exception(said.value)).lower()


@pytest.mark.parametrize("asked_again", [False, True])
def test_the_loudest_log_shows_no_address(
    url: str, caplog: pytest.LogCaptureFixture, asked_again: bool
) -> None:
    """Rows are not logged at all; even where somebody insists, addresses stay out."""
    for name in (None, "sqlalchemy", "sqlalchemy.engine", "sqlalchemy.engine.Engine", "alembic"):
        caplog.set_level(logging.DEBUG, logger=name)
    with Ledger.open(url) as ledger:
        if asked_again:
            caplog.set_level(logging.DEBUG, logger="sqlalchemy.engine.Engine.ledger")
        ledger.commit_night(night(voting(ANN), claims={(Email(CANARY), Name("Canary")): ANN}))
        ledger.save_contacts([Contact(Email(CANARY), ContactState.SUBSCRIBED)])
        assert len(ledger.ids()) == len(ledger.audience()[0]) == 1
    assert "canary" not in caplog.text.lower()
    assert "alembic" in caplog.text  # the log was listened to
    assert ("Row (" in caplog.text) is asked_again


def test_what_is_given_out_prints_masked(ledger: Ledger) -> None:
    table = Table("Sign-ins", "sign_ins", "UTC", ("address",), (0,), [[CANARY]])
    full = night(
        voting(ANN),
        claims={(Email(CANARY), Name("Canary")): ANN},
        snapshots=[Snapshot("workbook 1", "1", (table,), {})],
    )
    ledger.commit_night(full)
    ledger.save_contacts([Contact(Email(CANARY), ContactState.SUBSCRIBED)])
    said = repr([full, ledger.ids(), ledger.audience(), ledger.snapshots(), ledger.runs()])
    assert "canary" not in said.lower()
