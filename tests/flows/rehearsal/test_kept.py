"""A rehearsal goes on from where it was kept; a kill loses what happened since, and no half."""

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.ledger import Ledger
from connectors.settings import load_chapter
from flows.privacy.backup import backup
from flows.rehearsal import folder as folders
from flows.rehearsal import run
from flows.rehearsal.kept import KEPT
from flows.rehearsal.world import NOTHING
from models.errors import FixTheSettings, Refused
from tests.flows.rehearsal.stage import approved, begun, next_, real, sat_down, taken_up


def runs(folder: Path) -> int:
    with Ledger.open(load_chapter(folder).ledger_url()) as ledger:
        return len(ledger.runs())


def test_taken_up_where_it_stood(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        next_(world, "night")
        at, before = world.clock.now(), world.sandbox.dump()
    with taken_up(world.folder, killed=False) as again:
        assert again.clock.now() == at
        assert again.sandbox.dump()["mailchimp"] == before["mailchimp"]
        assert again.sandbox.dump()["google"]["workbooks"] == before["google"]["workbooks"]
        assert again.people() == world.people()
        assert any("0 changes" in line for line in next_(again, "night"))


def test_a_kill_loses_what_happened_since_and_all_of_it(tmp_path: Path) -> None:
    """The ledger must not know of emails that the stand-in has forgotten."""
    with begun(real(tmp_path)) as world:
        next_(world, "night")
        at = world.clock.now()
        kept = (world.folder / KEPT).read_bytes()
        world.act("sign-in")
        next_(world, "night")
        assert runs(world.folder) == 2
        (world.folder / KEPT).write_bytes(kept)  # as if the last time had not been kept
    with taken_up(world.folder, killed=True) as again:
        assert again.clock.now() == at
        assert runs(again.folder) == 1
        assert len(again.sandbox.mailchimp.outbox) == 0
        again.act("sign-in")
        assert any("emails" in line or "changes" in line for line in next_(again, "night"))
        assert {one.to for one in again.sandbox.mailchimp.outbox}


class Rounds:
    """The waiting of a rehearsal that runs: each time something happens instead."""

    def __init__(self, *happens: Callable[[], object]) -> None:
        self._happens = list(happens)

    def wait(self, _: float) -> bool:
        """Return whether it is told to stop."""
        if self._happens:
            self._happens.pop(0)()
            return False
        return True


def test_what_officers_do_at_their_page_is_kept_soon(tmp_path: Path) -> None:
    """They change the ledger alone, and the rehearsal is not told."""
    with begun(real(tmp_path)) as world:
        next_(world, "night")
        before = (world.folder / KEPT).read_bytes()
        kept: list[bytes] = []

        def look() -> None:
            kept.append((world.folder / KEPT).read_bytes())

        rounds = Rounds(look, look, lambda: approved(world), look)
        run._keep_now_and_then(world, rounds)  # type: ignore[arg-type]
        assert kept[:2] == [before, before]  # nobody did anything
        assert kept[2] != before
    with taken_up(world.folder, killed=True) as again, sat_down(again) as context:
        assert [vote.name for vote in context.ledger.votes.all()] == ["rehearsal"]


def test_a_copy_that_broke_is_said(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        (world.folder / KEPT).write_bytes(b"half")
    with (
        pytest.raises(FixTheSettings, match="nothing of this rehearsal was kept"),
        taken_up(world.folder, killed=True),
    ):
        pass


def test_what_was_begun_and_not_made_whole_is_begun_anew(tmp_path: Path) -> None:
    chapter = real(tmp_path)
    with begun(chapter) as world:
        (world.folder / KEPT).unlink()
        assert not folders.is_there(world.folder)
    with begun(chapter) as world:
        assert folders.is_there(world.folder)


def test_time_goes_forward_only_and_says_when_nothing_was_due(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        next_(world, "night")
        later = world.clock.now() + timedelta(hours=1)
        assert world.go(later, lambda _: None) == (NOTHING,)
        with pytest.raises(Refused, match="no time of a rehearsal comes again"):
            world.go(later - timedelta(minutes=1), lambda _: None)


def test_only_one_runs(tmp_path: Path) -> None:
    chapter = real(tmp_path)
    with (
        folders.alone(chapter.folder),
        pytest.raises(Refused, match="runs already"),
        folders.alone(chapter.folder),
    ):
        pass


def test_over_leaves_a_report_and_nothing_else(tmp_path: Path) -> None:
    chapter = real(tmp_path)
    before = {file.name for file in tmp_path.iterdir()}
    with begun(chapter) as world:
        next_(world, "night")
        approved(world)
        world.save()
    page = run.over(chapter.folder)
    left = {file.name for file in tmp_path.iterdir()} - before
    assert left - {".rehearsal.lock"} == {"rehearsal-report.html", "rehearsal-report.txt"}
    assert "12 invented people; 1 nightly run; 0 emails." in page.read_text()
    assert "“Rehearsal vote” was approved, and did not open." in page.read_text()
    with pytest.raises(Refused, match="there is no rehearsal of this chapter"):
        run.over(chapter.folder)


def test_a_backup_of_the_chapter_holds_none_of_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    chapter = real(home)
    with begun(chapter) as world, sat_down(world):
        next_(world, "night")
    (home / "ledger").mkdir(mode=0o700)
    (home / "ledger" / "clerk.sqlite").write_bytes(
        (world.folder / "ledger" / "clerk.sqlite").read_bytes()
    )  # something must be on record
    (home / "ledger" / "clerk.sqlite").chmod(0o600)
    backup(chapter, tmp_path / "backup.clerk")
    assert b"rehearsal/" not in (tmp_path / "backup.clerk").read_bytes()


def test_a_damaged_one_comes_to_an_end(tmp_path: Path) -> None:
    chapter = real(tmp_path)
    with begun(chapter) as world:
        (world.folder / KEPT).write_bytes(b"torn")
    assert run.over(tmp_path) is None
    assert not world.folder.exists()


def test_told_to_stop_it_goes_no_further_in_time(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        weeks = world.clock.now() + timedelta(days=60)
        told: list[str] = []

        def tell(line: str) -> None:
            told.append(line)
            world.stopped.set()

        said = world.go(weeks, tell)
        assert world.clock.now() + timedelta(days=30) < weeks
        assert "Stopped on the way" in said[-1]
        assert sum("nightly run" in line for line in said) == 1


def _told_again() -> None:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)


def test_a_second_ctrl_c_ends_at_once_what_the_first_one_waits_for() -> None:
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    try:
        stop = run._told_to_stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.wait(5)
        with pytest.raises(KeyboardInterrupt):
            _told_again()
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])


@pytest.mark.parametrize(
    ("file", "more", "said"),
    [
        ("chapter.toml", "", False),
        ("chapter.toml", "\nwebsite = 'https://example.org/new'", True),
        ("elections/new/election.toml", "title = 'a new draft'", True),
    ],
)
def test_a_chapter_that_changed_meanwhile_is_said_to_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, more: str, said: bool
) -> None:
    """It goes on as it began, whatever the chapter's own files say now."""
    chapter = real(tmp_path)
    with begun(chapter):
        pass
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    with (tmp_path / file).open("a") as out:
        out.write(more)
    with run.opened(chapter, run.Wishes()):
        pass
    told = " ".join(capsys.readouterr().err.split())
    assert ("have changed since this rehearsal began" in told) is said
