"""`clerk retention` and `clerk person show`, as the terminal says it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from tests.flows.town import Town


def run(folder: Path, *words: str) -> str:
    """What the command says; its own errors are raised."""
    return CliRunner().invoke(app, [*words, "-c", str(folder)], catch_exceptions=False).output


@pytest.fixture
def folder(town: Town) -> Path:
    """A chapter after its first night."""
    town.night()
    return town.folder


def test_nothing_due_needs_no_next_step(folder: Path) -> None:
    """DP-6"""
    run(folder, "retention", "--apply")
    assert run(folder, "retention") == "Nothing is due.\n"


def test_who_deletes_what_is_due_is_in_the_audit_log(folder: Path, town: Town) -> None:
    """DP-6"""
    run(folder, "retention", "--apply", "--by", "Thea Novak")
    with town.ledger() as ledger:
        assert [one.who for one in ledger.votes.lines("")][-1] == "Thea Novak"


def test_what_is_said_of_backups_and_prefect_is_no_thing_held(folder: Path) -> None:
    """DP-6, DP-3"""
    who = run(folder, "roll").splitlines()[2].split("\t")[1]
    first, header, *rows = run(folder, "person", "show", who).splitlines()
    assert header == "Where\tWhat\tWhat for"
    assert {row.split("\t")[0] for row in rows} > {"backups", "Prefect"}
    assert first.startswith(f"{len(rows) - 2} items are stored.")
