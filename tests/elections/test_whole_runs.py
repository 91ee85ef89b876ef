"""Whole runs while Mailchimp is slow, or reviews what it has accepted: the end is as it should be.

Sources: as in tests/flows/test_slow_recipients and test_letters_held. Nothing here waits: where the
program does, the clock is moved.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import tenacity.nap

from connectors.sandbox.invented import invent, second_day
from connectors.sandbox.server import Sandbox
from flows.context import open_chapter
from flows.demo.election import election_story
from flows.nightly.night import SyncOptions
from flows.nightly.sync import sync
from flows.service.due_steps import run_due_steps
from flows.votes.emails.bring_again import of_vote
from flows.votes.tally.audit import audit
from models.errors import TryAgainLater
from models.votes.election import ElectionState
from tests.conftest import Clock
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, OPENS, REMINDERS, Poll, ranks

pytestmark = pytest.mark.slow(minutes=2)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SLOW = timedelta(seconds=20)
HELD = ((HOUR, "paused"), (2 * DAY, "sent"))


@pytest.fixture
def pauses(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the connectors wait, the clock goes on by."""

    def wait(seconds: float) -> None:
        clock.at += timedelta(seconds=seconds)

    monkeypatch.setattr(tenacity.nap, "time", SimpleNamespace(sleep=wait))


def moments() -> Iterator[datetime]:
    """Each moment of the calendar, strikes after it, and one a day."""
    planned = (OPENS, *REMINDERS, CLOSES, COUNTS)
    soon = [at + minutes * MINUTE for at in planned for minutes in (0, 5, 70, 200)]
    regular = [OPENS + hours * HOUR for hours in range(2, 16 * 24, 24)]
    yield from sorted({*soon, *regular})


def live(poll: Poll, until: datetime) -> list[str]:
    """Let the clock strike as it does, and one after the other vote, half of those invited.

    Returns:
        What the log says.
    """
    said: list[str] = []
    voted: set[str] = set()
    for at in moments():
        if not poll.clock.at <= at <= until:
            continue
        poll.clock.at = at
        with poll.context() as context:
            try:
                run_due_steps(context, said.append)
            except TryAgainLater as later:
                said.append(str(later))
        invited = sorted(poll.invited())
        if at < CLOSES and (rest := set(invited[::2]) - voted):
            voted.add(somebody := min(rest))
            poll.votes(somebody, ranks("Ada Park"))
    return said


def told_officers(poll: Poll) -> list[str]:
    """The officers' news of the vote, letter by letter; the nights, which nobody runs, aside."""
    box = poll.town.sandbox.mailchimp.test_outbox
    news = [letter.text for letter in box if "news for the officers" in letter.title]
    return [text for text in news if "did not take place." not in text]


def ends_well(poll: Poll) -> None:
    """Counted and published, nobody written to twice, no code left, the record whole."""
    with suppress(TryAgainLater):
        poll.published()
    poll.at(poll.clock.at + 5 * MINUTE)
    assert poll.vote.state is ElectionState.PUBLISHED
    assert set(poll.letters().values()) == {1}
    assert poll.codes_on_the_list == set()
    ballots = ("invitation", "reminder")
    late = [one for one in poll._mine() if one.at >= CLOSES and one.title.split()[2] in ballots]
    assert late == []
    with poll.context() as context:
        assert audit(context)


def page(poll: Poll) -> str:
    return (poll.folder("pages") / "index.html").read_text()


def test_a_vote_while_mailchimp_takes_its_time(poll: Poll) -> None:
    poll.approved()
    poll.town.network(attempts=5, timeout=5)
    mailchimp = poll.town.sandbox.mailchimp
    mailchimp.settling, mailchimp.delivery = SLOW, 30 * MINUTE
    said = live(poll, COUNTS + 2 * DAY)
    assert f"{NAME}: invited {len(poll.invited())}" in said
    assert {kind for _, kind in poll.letters()} >= {"invitation", "reminder 1", "reminder 2"}
    late = "A reminder of the election “spring” should have been sent and has not."
    waits = "The result waits for an officer to publish it."
    assert [text for text in told_officers(poll) if late not in text and waits not in text] == []
    assert "(EN-10, EN-R13)" not in page(poll)
    ends_well(poll)


def test_a_vote_whose_letters_are_reviewed_for_two_days_each(poll: Poll) -> None:
    """The last reminder is out only after the close: it finds nobody, and is counted as missing."""
    poll.approved()
    mailchimp = poll.town.sandbox.mailchimp
    mailchimp.review = HELD  # type: ignore[assignment]
    live(poll, CLOSES)
    assert set(poll.letters("invitation").values()) == {1}
    news = told_officers(poll)
    assert "1 email of the election “spring” not sent" in news[0]
    assert any("OVER" in text for text in news)
    live(poll, COUNTS + 3 * DAY)
    assert {kind for _, kind in poll.letters("reminder")} == {"reminder 1", "reminder 2"}
    assert "2 of 3 required reminders were sent (EN-10, EN-R13)." in page(poll)
    mailchimp.review = ()
    ends_well(poll)


def test_a_vote_whose_letters_are_cancelled_until_an_officer_brings_them_again(poll: Poll) -> None:
    poll.approved()
    mailchimp = poll.town.sandbox.mailchimp
    mailchimp.review = ((HOUR, "canceled"),)
    live(poll, OPENS + 3 * DAY)
    assert poll.letters() == {}
    assert len(told_officers(poll)) == 1, "told once, and nothing is sent anew by itself"
    mailchimp.review = ()
    with poll.context() as context:
        assert list(of_vote(context, NAME, OFFICER)) == [
            "invitation: it is sent with the next scheduled check"
        ]
    live(poll, COUNTS + DAY)
    assert set(poll.letters("invitation").values()) == {1}
    assert "OVER" in told_officers(poll)[1]
    assert "(EN-10, EN-R13)" not in page(poll)
    assert "(EN-R13)" not in page(poll)
    ends_well(poll)


def test_a_vote_of_which_no_letter_ever_comes_out(poll: Poll) -> None:
    """It is counted all the same, and says so."""
    poll.approved()
    poll.town.sandbox.mailchimp.review = ((HOUR, "canceled"),)
    live(poll, COUNTS + DAY)
    assert poll.letters() == {}
    assert "0 of 3 required reminders were sent" in page(poll)
    assert (
        "1 email of this election was not sent, or was sent to fewer people than planned"
        in page(poll)
    )
    assert poll.codes_on_the_list == set()


def demo(sandbox: Sandbox, clock: Clock, chapter: Path) -> str:
    """Both nights and the vote of the demo, on the stand-in's own clock; its published page."""
    invent(sandbox, chapter, clock.today)
    with open_chapter(chapter, clock) as context:
        sync(context, SyncOptions(apply=True))
    clock.go(days=1)
    second_day(sandbox, clock.today)
    for _ in range(3):
        clock.go(minutes=5)
        with open_chapter(chapter, clock) as context, suppress(TryAgainLater):
            sync(context, SyncOptions(apply=True))
    clock.go(days=1)
    page = election_story(sandbox, chapter, clock)  # type: ignore[arg-type]
    return page.read_text("utf-8")


@pytest.mark.usefixtures("pauses")
@pytest.mark.parametrize("how", ["slow", "reviewed"])
def test_the_demo_is_told_to_its_end(
    sandbox: Sandbox,
    clock: Clock,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    how: str,
) -> None:
    mailchimp = sandbox.mailchimp
    if how == "slow":
        mailchimp.settling, mailchimp.delivery = SLOW, 30 * MINUTE
    else:
        mailchimp.review = HELD  # type: ignore[assignment]
    page = demo(sandbox, clock, tmp_path / "chapter")
    said = capsys.readouterr().out
    assert "endorsed: Ayanna Pressley" in said
    assert "Ayanna Pressley" in page
    letters = Counter((one.to, one.title) for one in mailchimp.outbox)
    assert letters
    assert set(letters.values()) == {1}
    assert any("voting-member" in title for _, title in letters)
