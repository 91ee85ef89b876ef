"""A job's child: the chapter's own account, a closed list, an end (ST-1).

As root the chapters belong to accounts of their own. Otherwise both are ours, and what only
accounts can keep apart is asked of the build machine, which is root.
"""

import os
import pwd
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.state import forker as forking
from flows.state import jobs
from flows.state.accounts import Account, become, owner_of
from flows.state.ended import MOST, Ended
from flows.state.forker import Forker, Order
from flows.state.home import state_home
from models.errors import FixTheSettings
from models.state.engine import Job
from tests.flows.state.installed import ACCOUNTS, Installed, give_to, place

as_root = pytest.mark.skipif(os.getuid() != 0, reason="becoming another account takes root")
PATIENCE = 120
UNKNOWN = 64_999


@pytest.fixture
def chapters() -> Iterator[Installed]:
    with (
        place() as within,
        Installed(within, "", lambda _: "", ("rivertown", "hilltop"), ("alpha",)) as installed,
    ):
        yield installed


def done(chapters: Installed, *orders: Order) -> dict[str, Ended]:
    """Have a forker do some jobs, and wait for all."""
    forker = Forker(chapters.within / "alpha")
    try:
        for order in orders:
            forker.order(order)
        found: dict[str, Ended] = {}
        deadline = time.monotonic() + PATIENCE
        while len(found) < len(orders):
            assert time.monotonic() < deadline
            found |= dict(forker.ended(1.0))
        return found
    finally:
        forker.stop()


def played(monkeypatch: pytest.MonkeyPatch, play: Callable[[Path], str]) -> None:
    """Let a job be something else: what its child can do is looked at."""

    def run(job: Job, key: str, folder: Path, *, shared: bool) -> Ended:
        return Ended(code=0, said=play(folder))

    monkeypatch.setattr(forking, "run", run)


def test_a_night_and_a_check_are_done(chapters: Installed) -> None:
    ended = done(chapters, Order("1", "rivertown", Job.NIGHT), Order("2", "hilltop", Job.CHECK))
    assert (ended["1"].code, ended["2"].code) == (0, 0), ended
    assert ended["1"].night is not None
    assert "changes" in ended["1"].said
    assert not chapters.sandboxes["hilltop"].requests(writes_only=True)


def test_a_chapter_that_is_not_listed_is_nobody_elses(chapters: Installed) -> None:
    ended = done(chapters, Order("1", "../rivertown", Job.CHECK), Order("2", "hilltop", Job.LOOK))
    assert (ended["1"].code, ended["2"].code) == (FixTheSettings.exit_code, 0)


@as_root
def test_no_job_can_read_another_chapters_folder(
    chapters: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ST-1: neither its settings, its secrets, nor its ledger; nor the engine's secret."""
    done(chapters, Order("1", "rivertown", Job.NIGHT))
    secrets = [
        *(chapters.within / "chapters" / "rivertown").rglob("*"),
        chapters.within / "alpha" / "secrets" / "engine",
    ]

    def look(_: Path) -> str:
        return " ".join(str(file) for file in secrets if os.access(file, os.R_OK))

    assert any(file.suffix == ".sqlite" for file in secrets)
    played(monkeypatch, look)
    ended = done(chapters, Order("1", "hilltop", Job.CHECK), Order("2", "rivertown", Job.CHECK))
    assert ended["1"].said == ""
    assert "chapter.toml" in ended["2"].said


@as_root
def test_a_job_cannot_become_root_again(
    chapters: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def back(_: Path) -> str:
        for way in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0])):
            with pytest.raises(PermissionError):
                way()
        return f"{os.getresuid()} {os.getresgid()} {os.getgroups()}"

    played(monkeypatch, back)
    account = ACCOUNTS[1]
    said = done(chapters, Order("1", "hilltop", Job.CHECK))["1"].said
    assert said == f"{(account.pw_uid,) * 3} {(account.pw_gid,) * 3} []"


def test_a_job_has_no_descriptor_and_no_setting_of_the_worker(
    chapters: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "clerk:secret")
    monkeypatch.setenv("CLERK_LEDGER", "sqlite:///elsewhere")
    kept = os.open(chapters.within / "alpha" / "secrets" / "engine", os.O_RDONLY)

    def look(_: Path) -> str:
        for name in ("PREFECT_API_AUTH_STRING", "CLERK_LEDGER"):
            assert name not in os.environ
        with pytest.raises(OSError, match="Bad file"):
            os.fstat(kept)
        return "nothing"

    played(monkeypatch, look)
    try:
        assert done(chapters, Order("1", "hilltop", Job.CHECK))["1"].said == "nothing"
    finally:
        os.close(kept)


def test_a_job_that_hangs_is_ended(chapters: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(_: Path) -> str:
        signal.pause()
        return ""

    monkeypatch.setitem(forking.LONGEST, Job.CHECK, 0.5)
    played(monkeypatch, hang)
    ended = done(chapters, Order("1", "hilltop", Job.CHECK), Order("2", "rivertown", Job.CHECK))
    assert {(one.code, one.said) for one in ended.values()} == {
        (1, "it took too long, and was ended")
    }


def test_a_job_that_dies_says_so_and_the_others_go_on(
    chapters: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(folder: Path) -> str:
        if folder.name == "hilltop":
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    played(monkeypatch, die)
    ended = done(chapters, Order("1", "hilltop", Job.CHECK), Order("2", "rivertown", Job.CHECK))
    assert (ended["1"].code, ended["1"].said) == (1, "it was killed (signal 9)")
    assert (ended["2"].code, ended["2"].said) == (0, "done")


def test_a_job_ends_with_its_worker(chapters: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else would end it, and it holds the chapter's ledger."""
    mark = chapters.within / "chapters" / "hilltop" / "pid"

    def stay(_: Path) -> str:
        mark.write_text(str(os.getpid()))
        signal.pause()
        return ""

    played(monkeypatch, stay)
    forker = Forker(chapters.within / "alpha")
    forker.order(Order("1", "hilltop", Job.CHECK))
    deadline = time.monotonic() + PATIENCE
    while not (mark.exists() and mark.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(forker.pid, signal.SIGKILL)
    forker.stop()
    while Path(f"/proc/{mark.read_text()}").exists():
        if "\nState:\tZ" in Path(f"/proc/{mark.read_text()}/status").read_text():
            break
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize(
    "written",
    [b"", b"{}", b"[]", b'{"code": 0, "said": 5}', b'{"code": 0, "entrypoint": "x"}', b"\xff",
     b'{"code": 0, "closed": ["a b"]}', b'{"code": 0, "said": "' + b"x" * 2 * MOST + b'"}'],
)  # fmt: skip
def test_what_a_child_says_is_of_one_form_or_nothing(written: bytes) -> None:
    assert Ended.read(written).code == 1


def test_what_a_child_says_names_nobody() -> None:
    assert "example.org" not in Ended.read(b'{"code": 4, "said": "ann@example.org"}').said


@as_root
def test_a_folder_of_roots_is_nobodys_to_run(chapters: Installed) -> None:
    home = state_home(chapters.within / "alpha")
    one = home.served("hilltop")
    give_to(home.folder_of(one), 0)
    with pytest.raises(FixTheSettings, match="no chapter's job runs as root"):
        owner_of(home.folder_of(one), one)
    with pytest.raises(PermissionError):
        become(Account(0, 0, "root"))


@as_root
@pytest.mark.parametrize("known", [True, False])
def test_no_job_runs_in_roots_group(
    chapters: Installed, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    """Whose group the folder has says nothing: an account that is not known has none."""
    entry = pwd.struct_passwd(("x", "x", UNKNOWN, 0, "", "/", "/bin/false"))
    found = {UNKNOWN: entry} if known else {}
    monkeypatch.setattr(pwd, "getpwuid", found.__getitem__)
    home = state_home(chapters.within / "alpha")
    one = home.served("hilltop")
    give_to(home.folder_of(one), UNKNOWN)
    with pytest.raises(FixTheSettings, match="no chapter's job runs in root's group"):
        owner_of(home.folder_of(one), one)
    before = os.getresuid(), os.getresgid(), os.getgroups()
    with pytest.raises(PermissionError):
        become(Account(UNKNOWN, 0, "x"))
    assert (os.getresuid(), os.getresgid(), os.getgroups()) == before


def test_the_folder_belongs_to_whom_the_file_says(chapters: Installed) -> None:
    home = state_home(chapters.within / "alpha")
    one = home.served("hilltop")._replace(user="nobody")
    with pytest.raises(FixTheSettings, match="not to nobody"):
        owner_of(home.folder_of(one), one)
    missing = one._replace(folder="../nowhere")
    with pytest.raises(FixTheSettings, match="there is no folder"):
        owner_of(home.folder_of(missing), missing)


def test_a_ledger_in_a_file_is_refused_where_several_machines_run_it(chapters: Installed) -> None:
    """Each would have its own, and send everything twice."""
    for file in (chapters.within / "alpha").glob("chapters.toml"):
        file.write_text(file.read_text().replace("machines = []", 'machines = ["alpha", "beta"]'))
    ended = done(chapters, Order("1", "hilltop", Job.NIGHT))["1"]
    assert ended.code == FixTheSettings.exit_code
    assert "its ledger is a file" in ended.said
    assert not chapters.sandboxes["hilltop"].journal


def test_a_fault_of_a_chapter_names_no_person(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("ann@example.org")

    monkeypatch.setattr(jobs, "open_chapter", broken)
    ended = jobs.run(Job.NIGHT, "hilltop", tmp_path, shared=False)
    assert (ended.code, "ann" in ended.said) == (1, False)
