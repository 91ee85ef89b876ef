"""A disk that is full or may not be written: exit code 4 with the place, and no half of a file."""

import errno
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors import elections
from connectors.files import disk
from connectors.reports import folder as reports
from flows import console
from flows.cli import main as cli
from models.errors import FixTheSettings
from tests.flows.small_disk import small_disk

CLERK = Path(sys.executable).with_name("clerk")
CONTEST = 'kind = "single-choice"\nid = "da"\ntitle = "DA"\ncandidates = ["Ann", "Bob"]\n'


@pytest.fixture
def vote(tmp_path: Path) -> Path:
    """A contest and many different ballots."""
    (tmp_path / "contest.toml").write_text(CONTEST)
    (tmp_path / "ballots.csv").write_text("vote\n" + "Ann\n" * 9_000 + "Bob\n" * 2_000)
    return tmp_path


def count(vote: Path, *options: str, **more: Any) -> "subprocess.CompletedProcess[str]":
    command = [str(CLERK), "count", "ballots.csv", "--contest", "contest.toml", *options]
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
    return subprocess.run(command, cwd=vote, text=True, check=False, **given)


def small_files() -> None:
    """No file of ours may grow beyond 20 kB, as on a disk that is nearly full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_a_report_that_does_not_fit_leaves_the_earlier_one(vote: Path) -> None:
    assert count(vote, "--out", "out").returncode == 0
    before = {file: file.read_bytes() for file in (vote / "out").rglob("*") if file.is_file()}
    done = count(vote, "--out", "out", preexec_fn=small_files)
    assert done.returncode == FixTheSettings.exit_code, done.stderr
    assert "out/tellers/ballots.csv: the file would be larger" in done.stderr
    assert "\nNext: " in done.stderr
    after = {file: file.read_bytes() for file in (vote / "out").rglob("*") if file.is_file()}
    assert after == before


def test_after_a_full_disk_the_same_count_is_written_without_being_asked(vote: Path) -> None:
    assert count(vote, "--out", "out", preexec_fn=small_files).returncode == 4
    assert not list((vote / "out").rglob(".*")), "no half of a file lies about"
    assert count(vote, "--out", "out").returncode == 0
    assert json.loads((vote / "out" / "detailed_report.json").read_text())["clerk"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_an_answer_that_fits_nowhere_is_told(vote: Path, options: tuple[str, ...]) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = count(vote, *options, stdout=full)
    assert done.returncode == FixTheSettings.exit_code, done.stderr
    assert done.stderr.startswith("the disk is full\nNext: ")


def test_a_path_too_long_for_any_disk_is_told(vote: Path) -> None:
    long, ballots = "x" * 5_000, ["ballots.csv", "--contest", "contest.toml"]
    for words in (
        ["recount", long, "ballots.csv"],
        ["count", long, "--contest", "contest.toml"],
        ["count", *ballots, "--out", long],
        ["roll", "-c", long],
        ["backup", long, "-c", "x" * 300],
    ):
        done = subprocess.run(
            [CLERK, *words], cwd=vote, capture_output=True, text=True, check=False
        )
        assert done.returncode in (4, 5), done.stderr
        assert "\nNext: " in done.stderr


KINDS = [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.ENAMETOOLONG, errno.EIO]


@pytest.mark.parametrize("kind", KINDS, ids=errno.errorcode.get)
def test_each_refusal_of_a_disk_has_its_words(
    kind: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def app(**options: bool) -> None:
        raise OSError(kind, os.strerror(kind), "/srv/ann@example.org/ledger")

    monkeypatch.setattr(cli, "app", app)
    monkeypatch.setattr(console, "outlive_readers", lambda: None)
    monkeypatch.setattr(os, "umask", lambda mask: 0)
    monkeypatch.setattr("connectors.net.network_allowlist.install_network_guard", lambda: None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err
    assert ended.value.code == FixTheSettings.exit_code
    assert "example.org" not in told
    assert "\nNext: " in told
    assert "bug" not in told


def test_a_networks_error_is_no_disks() -> None:
    for error in (ConnectionResetError(errno.ECONNRESET, "reset"), OSError("no number")):
        assert disk.refusal(error) is None


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB, where one can be mounted."""
    with small_disk(tmp_path / "disk", "200k") as mounted:
        yield mounted


def test_pages_that_do_not_fit_leave_the_earlier_ones(full: Path) -> None:
    """In `clerk serve` too: the vote's clock tries again when there is room."""
    elections.write_pages(full / "pages", {"index.html": "first"})
    with pytest.raises(FixTheSettings, match="the disk is full"):
        elections.write_pages(full / "pages", {"index.html": "x" * 300_000})
    assert (full / "pages" / "index.html").read_text() == "first"
    elections.write_pages(full / "pages", {"index.html": "second"})
    assert (full / "pages" / "index.html").read_text() == "second"
    assert [file.name for file in full.iterdir()] == ["pages"]


def test_a_small_disk(vote: Path, full: Path) -> None:
    (vote / "ballots.csv").write_text("vote\n" + "Ann\n" * 90_000)
    done = count(vote, "--out", str(full / "out"))
    assert done.returncode == FixTheSettings.exit_code
    assert "the disk is full" in done.stderr
    assert not list(full.rglob(".*"))


def test_a_report_takes_its_place_whole(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield "half"
        raise OSError(errno.ENOSPC, "full")

    (tmp_path / "tellers").mkdir()
    (tmp_path / "tellers" / "ballots.csv").write_text("whole")
    with pytest.raises(FixTheSettings, match="the disk is full"):
        reports.write_tellers(tmp_path, {"ballots.csv": lines()})
    assert (tmp_path / "tellers" / "ballots.csv").read_text() == "whole"
    assert not list(tmp_path.rglob(".*"))
