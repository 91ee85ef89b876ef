"""A folder that is marked as a rehearsal's reaches nothing beyond this machine."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.settings import RehearsalClock, load_chapter
from flows.context import open_chapter
from flows.service.deployments import serve
from models.errors import FixTheSettings, Refused
from tests.flows.rehearsal.stage import BEGUN, begun, real

CLERK = Path(sys.executable).with_name("clerk")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rehearsal's folder; its stand-in has stopped."""
    with begun(real(tmp_path_factory.mktemp("chapter"))) as world:
        return world.folder


@pytest.fixture
def marked(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(made, tmp_path / "rehearsal")
    return tmp_path / "rehearsal"


def rewrite(folder: Path, change: Callable[[str], str]) -> None:
    file = folder / "chapter.toml"
    before = file.read_text()
    file.write_text(change(before))
    assert file.read_text() != before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r'(\[google\][^[]*)base_url = "[^"]*"', r"\1", "never reaches Google itself"),
        (r'(\[mailchimp\][^[]*)base_url = "[^"]*"', r"\1", "never reaches Mailchimp itself"),
        (r'base_url = "http://127', 'base_url = "https://sheets.googleapis.com:1', "this machine"),
        (r'ledger = "[^"]*"', 'ledger = "postgresql://db.example.org/clerk"', "ledger of its own"),
        (r'ledger = "[^"]*"', 'ledger = "sqlite:///../ledger/clerk.sqlite"', "ledger of its own"),
        (r"\[desk\]", '[desk]\naddress = "https://clerk.example.org"', "on this computer only"),
        (r"\[desk\]", '[alerts]\nfile = "secrets/alerts"\n[desk]', "alerts nobody"),
    ],
)
def test_a_way_out_is_refused(marked: Path, old: str, new: str, said: str) -> None:
    rewrite(marked, lambda text: re.sub(old, new, text, count=1))
    with pytest.raises(FixTheSettings, match=said) as refused, open_chapter(marked):
        pass
    assert refused.value.exit_code == 4


def test_the_environment_is_not_read(marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may hold the real chapter's keys, and the address of its ledger."""
    monkeypatch.setenv("CLERK_MAILCHIMP__KEY", "0123456789abcdef0123456789abcdef-us21")
    monkeypatch.setenv("CLERK_LEDGER", "postgresql://db.example.org/clerk")
    monkeypatch.setenv("CLERK_LEDGER_KEY", "secret")
    chapter = load_chapter(marked)
    assert chapter.mailchimp_key() != "0123456789abcdef0123456789abcdef-us21"
    assert chapter.ledger == "sqlite:///ledger/clerk.sqlite"
    assert chapter.ledger_secret() == ""


def test_its_time_stands_still_and_is_the_same_for_every_command(marked: Path) -> None:
    with open_chapter(marked) as context:
        assert context.now() == BEGUN
    RehearsalClock(marked).set(BEGUN + timedelta(days=3))
    with open_chapter(marked) as context:
        assert context.now() == BEGUN + timedelta(days=3)


def test_a_chapter_that_is_none_goes_by_the_machines_time(tmp_path: Path) -> None:
    chapter = real(tmp_path)
    RehearsalClock(tmp_path).set(BEGUN)
    with open_chapter(chapter.folder) as context:
        assert datetime.now(UTC) - context.now() < timedelta(minutes=5)
        assert not context.words("voting-member").subject.startswith("[Rehearsal]")


def test_a_lost_time_is_said(marked: Path) -> None:
    (marked / "clock").write_text("yesterday")
    with open_chapter(marked) as context, pytest.raises(FixTheSettings, match="time cannot be"):
        context.now()


def test_serve_goes_by_the_machines_clock_and_refuses_it(marked: Path) -> None:
    with pytest.raises(Refused, match="its time stands still"):
        serve(marked)


def test_every_command_says_that_it_is_a_rehearsal(marked: Path) -> None:
    ended = subprocess.run(
        [str(CLERK), "roll", "--chapter", str(marked)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "This is a rehearsal" in ended.stderr
