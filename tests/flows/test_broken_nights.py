"""A night that was killed is finished by the clock's next strike, and said to have been.

The night dies right after its commit, or anywhere; so does the strike that finishes it. In the end
all is as after the undisturbed twin, and the sandbox's outbox shows no letter twice.
"""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from pprint import pformat
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.ledger import Busy, RunRecord
from connectors.sandbox.invented import second_day
from flows.cli.main import app
from flows.context import open_chapter
from flows.doctor import Check, exit_code_of, summary_of
from flows.doctor.checks import looked as _looked
from flows.doctor.nights import last_night as _last_night
from flows.service import due_steps as strikes
from flows.service import election_flow as vote_clock
from models.errors import FixTheSettings, Refused, TryAgainLater
from models.mail.plans import UnsafePlan
from tests.conftest import Clock
from tests.flows.nursery import KILLED, Nursery
from tests.flows.stories import Story, commits
from tests.flows.town import MARKS, Town

FEW = 18
"""By default every so many-th point is played."""


@pytest.fixture(params=[FEW, pytest.param(1, marks=pytest.mark.slow)], ids=["few", "all"])
def every(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(autouse=True)
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the orchestrator would be given to show."""
    pages: list[str] = []
    monkeypatch.setattr(vote_clock, "show", lambda _, night: pages.append(night.markdown()))
    return pages


def strike(town: Town) -> list[str]:
    """The clock of votes strikes; what its log says."""
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLERK_CHAPTER", str(town.folder))
        vote_clock._strike(town.clock, False, said.append)
    return said


def last_run(town: Town) -> RunRecord | None:
    with town.ledger() as ledger:
        return ledger.last_run()


def ledger_check(town: Town) -> Check:
    """What `clerk doctor` says of the last night."""
    with town.context() as context:
        return _looked("ledger", lambda: _last_night(context))


def begun(story: Story, nursery: Nursery) -> None:
    """The story's night, killed right after it was recorded."""
    for number in range(1, story.commits + 1):
        story.restore()
        nursery.begin(story.folder, story.now, die_at=number, moment="after")
        assert nursery.end() == KILLED
        if (run := last_run(story.town)) and run.cut_short:
            return
    raise AssertionError("no commit of the night leaves it unfinished")


def broken(story: Story, nursery: Nursery, where: Path) -> Story:
    """The strike that finishes the night, told once undisturbed."""
    begun(story, nursery)
    before = story.town.keep(where)
    story.town.sandbox.reset()
    with commits() as count:
        strike(story.town)
    requests = list(story.town.sandbox.journal)
    return Story(before, story.clock, story.now, requests, len(count), story.town.end_state())


def settled(story: Story) -> None:
    """No fault waits any more."""
    story.faults.clear()
    story.faults.on_request = None


def test_a_night_killed_anywhere_is_finished_by_the_next_strike(
    story: Story, nursery: Nursery, every: int
) -> None:
    """At each commit. A night that was not recorded has not begun: no strike begins it."""
    wrong: dict[str, Any] = {}
    played = 0
    for number in range(1, story.commits + 1)[:: 3 if every > 1 else 1]:
        story.restore()
        nursery.begin(story.folder, story.now, die_at=number, moment="after")
        assert nursery.end() == KILLED
        run = last_run(story.town)
        story.town.sandbox.reset()
        said = strike(story.town)
        if run and run.cut_short:
            played += 1
            wrong |= story.differs(number)
            assert said
        else:
            assert story.town.sandbox.journal == []
    assert played
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.parametrize("work", ["undone", "done"])
def test_a_strike_killed_at_a_request_is_taken_up_by_the_next(
    story: Story, nursery: Nursery, every: int, work: str, tmp_path: Path
) -> None:
    finishing = broken(story, nursery, tmp_path / "broken")
    assert finishing.ends == story.ends
    wrong: dict[str, Any] = {}
    for number, request in list(enumerate(finishing.requests, 1))[every // 2 :: every]:
        finishing.restore()
        if work == "undone":
            finishing.faults.at(number, "reset")

        def hook(seen: int, moment: str, _: object, at: int = number) -> None:
            if (seen, moment) == (at, "before" if work == "undone" else "after"):
                nursery.kill()

        finishing.faults.on_request = hook
        nursery.begin(finishing.folder, finishing.now, finish=True)
        assert nursery.end() == KILLED
        settled(finishing)
        strike(finishing.town)
        wrong |= finishing.differs(number, request)
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_strike_killed_at_a_commit_is_taken_up_by_the_next(
    story: Story, nursery: Nursery, every: int, moment: str, tmp_path: Path
) -> None:
    finishing = broken(story, nursery, tmp_path / "broken")
    wrong: dict[str, Any] = {}
    for number in range(1, finishing.commits + 1)[:: 6 if every > 1 else 1]:
        finishing.restore()
        nursery.begin(finishing.folder, finishing.now, finish=True, die_at=number, moment=moment)
        assert nursery.end() == KILLED
        strike(finishing.town)
        wrong |= finishing.differs(number)
    assert wrong == {}, pformat(wrong, width=160)


def test_it_is_wrong_until_it_is_finished_and_said_afterwards(
    stories: dict[str, Story], nursery: Nursery, shown: list[str]
) -> None:
    story = stories["busy night"]
    begun(story, nursery)
    check = ledger_check(story.town)
    assert (check.fine, check.exit_code) == (False, TryAgainLater.exit_code)
    assert "was interrupted" in check.found
    assert "within 5 minutes" in check.next_step
    assert exit_code_of([check]) > 0
    assert summary_of([check]) == "1 to fix"
    said, told = strike(story.town)
    assert told == "emailed the officers: 1 thing to check"
    assert "finished a nightly run that was interrupted" in said
    assert len(shown) == 1
    check = ledger_check(story.town)
    assert check.fine
    assert "it finished an earlier run that was interrupted" in check.found
    assert strike(story.town) == []


def test_a_night_at_work_is_nothing_wrong_and_left_alone(
    stories: dict[str, Story], nursery: Nursery
) -> None:
    story = stories["busy night"]
    begun(story, nursery)
    story.town.sandbox.reset()
    with story.town.ledger() as ledger, ledger.alone():
        assert "is running" in ledger_check(story.town).found
        assert strike(story.town) == [
            "another job is running; the next scheduled check does what is due"
        ]
    assert not [e for e in story.town.sandbox.journal if e.method != "GET"]
    assert (run := last_run(story.town))
    assert run.cut_short


def fails(town: Town) -> None:
    """Mailchimp is down when the letters are due."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "flows.nightly.sync.deliver", _fails(TryAgainLater("down", where="Mailchimp"))
        )
        with pytest.raises(TryAgainLater):
            town.night()


def is_stopped_by_hand(town: Town) -> None:
    """Ctrl-C at the terminal when the letters are due."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.nightly.sync.deliver", _fails(KeyboardInterrupt()))
        patch.setattr("flows.context.open_chapter", lambda folder: open_chapter(folder, town.clock))
        ended = CliRunner().invoke(app, ["sync", "--apply", "-c", str(town.folder)])
    assert ended.exit_code == 130


@pytest.mark.parametrize("ends", [fails, is_stopped_by_hand])
def test_a_night_that_failed_or_was_stopped_by_hand_is_left_to_the_next_one(
    town: Town, clock: Clock, ends: Callable[[Town], None]
) -> None:
    """It said so itself; and what a person stops stays stopped: no strike sends the letters."""
    town.night()
    clock.go(days=1)
    second_day(town.sandbox, clock.today)
    ends(town)
    town.sandbox.reset()
    assert strike(town) == []
    assert town.sandbox.journal == []
    check = ledger_check(town)
    assert not check.fine
    assert "failed before its end or was stopped by a person" in check.found
    assert (
        "the next nightly run does what is left; to do it now, run `clerk sync" in check.next_step
    )
    clock.go(days=1)
    town.night()
    assert set(town.letters().values()) == {1}
    assert ledger_check(town).fine


def test_a_night_that_ends_with_the_server_is_finished_by_the_clock(
    town: Town, clock: Clock
) -> None:
    """Ctrl-C at `clerk serve` reaches its jobs as well: it stops the server, and no night."""
    town.night()
    clock.go(days=1)
    second_day(town.sandbox, clock.today)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.nightly.sync.deliver", _fails(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            town.night()
    assert strike(town)
    assert ledger_check(town).fine


@pytest.mark.parametrize("part", ["read_sources", "apply_changes", "deliver", "write_review"])
def test_a_strike_that_cannot_finish_a_night_tries_again_only_where_that_may_help(
    stories: dict[str, Story], nursery: Nursery, part: str
) -> None:
    """Before the strike has recorded a run of its own, and after."""
    story = stories["busy night"]
    for fault, again in ((TryAgainLater("down", where="Google"), True), (Refused("no"), False)):
        begun(story, nursery)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(f"flows.nightly.sync.{part}", _fails(fault))
            with pytest.raises(type(fault)):
                strike(story.town)
        assert (run := last_run(story.town))
        assert run.cut_short is again
        assert bool(strike(story.town)) is again
        assert (story.differs(part) == {}) is again


def test_what_a_person_approved_is_asked_about_again(town: Town, clock: Clock) -> None:
    """The approval was for a plan that is no more; the guards hold for what is left of it."""
    town.night()
    clock.go(days=1)
    with town.edit("Sign-ins") as rows:
        del rows[1:]
    plan = town.night(apply=False).plan
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.nightly.sync.apply_changes", _dies)
        with pytest.raises(SystemExit):
            town.night(approve=plan.fingerprint)
    tagged = town.tagged(MARKS.voting_tag)
    with pytest.raises(UnsafePlan):
        strike(town)
    assert town.tagged(MARKS.voting_tag) == tagged
    assert not ledger_check(town).fine
    assert strike(town) == []


def test_a_night_that_cannot_be_finished_keeps_no_vote_from_its_steps(
    stories: dict[str, Story], nursery: Nursery
) -> None:
    story = stories["busy night"]
    begun(story, nursery)
    stepped: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "flows.service.strikes.tick", lambda *_: stepped.append("votes") or _fail_later()
        )
        patch.setattr(strikes, "finish_night", _fails(FixTheSettings("no", where="a tab")))
        with pytest.raises(FixTheSettings, match="a vote: no\na tab: no"):
            strike(story.town)
    assert stepped == ["votes"]


def _dies(*_: object) -> None:
    raise SystemExit


def _fail_later() -> None:
    raise FixTheSettings("no", where="a vote")


def _fails(fault: BaseException) -> Any:
    def failing(*_: object, **__: object) -> None:
        raise fault

    return failing


@pytest.mark.parametrize(
    ("fault", "is_told"), [(TryAgainLater("away", where="ledger"), True), (Busy("busy"), False)]
)
def test_a_database_that_is_away_is_no_other_job(
    town: Town, monkeypatch: pytest.MonkeyPatch, fault: TryAgainLater, is_told: bool
) -> None:
    """A strike that cannot look says so; only another job at work lets it end without a word."""

    def finish(_: object) -> None:
        raise fault

    monkeypatch.setattr(strikes, "finish_night", finish)
    with town.context() as context, pytest.raises(TryAgainLater) if is_told else nullcontext():
        assert strikes.finish(context, lambda _: None) is None
