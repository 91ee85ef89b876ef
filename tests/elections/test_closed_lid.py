"""A laptop's lid closes over a moment: what is late, what is lost (docs/running.md).

The lid opens, and the timers run what they missed: `clerk tick --night`, which is a tick too.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.service.due_steps import run_due_steps
from models.ballots.boxes import RejectionReason
from models.errors import ClerkError
from models.mail.alerts import AlertKind
from models.unmask import reveal
from models.votes.election import ElectionState
from tests.conftest import Clock
from tests.elections.lids import ROWS
from tests.elections.polls import CLOSES, COUNTS, NAME, OPENS, REMINDERS, Poll, ranks
from tests.flows.test_letters import EVENTS, joins
from tests.flows.test_scheduled_backups import names, schedule
from tests.flows.town import Town
from tests.house.kept import DOCS

NIA = "nia.new@example.org"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
TESTED: dict[str, Callable[..., None]] = {}


def row(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """This is the test of a row of the docs."""

    def held(test: Callable[..., None]) -> Callable[..., None]:
        TESTED[name] = test
        return test

    return held


def wake(town: Town, at: datetime, *, night: bool = True) -> list[str]:
    """The lid opens at a moment; what the jobs say that were missed."""
    town.clock.at = at  # type: ignore[attr-defined]  # a clock moved by hand
    said: list[str] = []
    with town.context() as context:
        try:
            run_due_steps(context, said.append, night=night)
        except ClerkError as fault:
            said.append(str(fault))
    return said


def mail_of(town: Town, address: str) -> list[str]:
    return sorted(kind for (to, kind), _ in town.letters().items() if to == address)


def standing_of(town: Town, address: str) -> object:
    """Since when and through which day; not when it was found out."""
    with town.ledger() as ledger:
        known = {reveal(claim[0]): person for claim, person in ledger.ids().items()}
        return ledger.standings()[known[address]].spell


def test_each_row_of_the_docs_has_its_test() -> None:
    assert TESTED.keys() == ROWS.keys()


@row("over a night")
@pytest.mark.slow
def test_over_a_night(town: Town, tmp_path: Path) -> None:
    wake(town, town.clock())
    joins(town, NIA, "Nia New", EVENTS[:3])
    kept = town.keep(tmp_path / "kept")
    start = town.clock()
    wake(town, start + DAY)
    on_time = (standing_of(town, NIA), mail_of(town, NIA))
    late = kept.restore()
    assert mail_of(late, NIA) == []
    wake(late, start + DAY + 10 * HOUR)
    assert (standing_of(late, NIA), mail_of(late, NIA)) == on_time
    assert on_time[1]
    wake(late, start + 2 * DAY)
    assert mail_of(late, NIA) == on_time[1]
    assert late.letters()[NIA, on_time[1][0]] == 1


@row("over several nights")
def test_over_several_nights(town: Town) -> None:
    wake(town, town.clock())
    joins(town, NIA, "Nia New", EVENTS[:3])
    start = town.clock()
    assert wake(town, start + 27 * HOUR - MINUTE, night=False) == []
    assert wake(town, start + 27 * HOUR, night=False) == ["emailed the officers: 1 thing to check"]
    said = wake(town, start + 4 * DAY)
    assert "emailed the officers: 1 over" in said
    assert len(mail_of(town, NIA)) == 1
    assert sum(many for (to, _), many in town.letters().items() if to == NIA) == 1


@row("over an opening")
def test_over_an_opening(poll: Poll, tmp_path: Path) -> None:
    poll.approved()
    kept = poll.keep(tmp_path / "kept")
    wake(poll.town, OPENS)
    on_time = roll(poll)
    late = kept.restore()
    said = wake(late.town, OPENS + 20 * HOUR)
    assert f"{NAME}: opened" in said
    assert f"{NAME}: invited {len(late.invited())}" in said
    assert roll(late) == on_time
    assert late.vote.election.closes == CLOSES
    assert late.vote.opened == OPENS + 20 * HOUR


def roll(poll: Poll) -> list[tuple[str, bool]]:
    with poll.context() as context:
        return sorted((str(one.person), one.on_roll) for one in context.ledger.votes.roll(NAME))


def reminders(poll: Poll) -> list[str]:
    return sorted({kind for _, kind in poll.letters("reminder")})


@row("over a reminder")
def test_over_a_reminder(poll: Poll) -> None:
    poll.opened()
    wake(poll.town, REMINDERS[0] + DAY)
    assert reminders(poll) == ["reminder 1"]
    wake(poll.town, REMINDERS[0] + DAY + 12 * HOUR - MINUTE)
    assert reminders(poll) == ["reminder 1"]
    for moment in REMINDERS[1:]:
        wake(poll.town, moment)
    assert reminders(poll) == ["reminder 1", "reminder 2", "reminder 3"]


@row("over two reminders")
@pytest.mark.slow
def test_over_two_reminders(poll: Poll) -> None:
    poll.opened()
    said = wake(poll.town, REMINDERS[2] + 3 * HOUR + 30 * MINUTE)
    assert any("there is no time left for 2 of the 3 reminders" in line for line in said)
    assert reminders(poll) == ["reminder 1"]
    poll.everybody_votes(ranks("Ada Park"))
    wake(poll.town, COUNTS)
    page = (poll.folder("pages") / "index.html").read_text()
    assert "1 of 3 required reminders were sent (EN-10, EN-R13)." in page


@row("over a close")
def test_over_a_close(poll: Poll) -> None:
    poll.opened()
    first, second = sorted(poll.invited())[:2]
    poll.votes(first, ranks("Ada Park"), at=CLOSES - MINUTE)
    poll.votes(second, ranks("Bea Stone"), at=CLOSES + MINUTE)
    said = wake(poll.town, CLOSES + DAY)
    assert f"{NAME}: closed" in said
    assert f"{NAME}: counted" in said
    assert poll.vote.state is ElectionState.COUNTED
    result = poll.vote.result
    assert result
    assert (result.received, result.counted) == (2, 1)
    assert result.set_aside == {RejectionReason.LATE: 1}


@row("over a whole election")
def test_over_a_whole_election(poll: Poll) -> None:
    poll.approved()
    wake(poll.town, CLOSES + HOUR)
    assert poll.vote.state is ElectionState.DRAFT
    assert poll.letters() == {}
    with poll.context() as context:
        kinds = {one.alert.kind for one in context.ledger.alerts.still_so()}
    assert AlertKind.NEVER_OPENED in kinds


@row("over the hour that comes twice")
@pytest.mark.slow
def test_over_the_hour_that_comes_twice(town: Town, clock: Clock, tmp_path: Path) -> None:
    """November 1, 2026, in New York: 1 AM comes twice, and the day has 25 hours."""
    (shelf := tmp_path / "shelf").mkdir()
    schedule(town, shelf, keep=9)
    before = datetime(2026, 10, 31, 8, 22, tzinfo=UTC)  # 4:22, in summer time
    after = datetime(2026, 11, 1, 9, 22, tzinfo=UTC)  # 4:22, 25 hours later
    wake(town, before)
    joins(town, NIA, "Nia New", EVENTS[:3])
    assert wake(town, after - MINUTE, night=False) == []  # it is not late yet
    wake(town, datetime(2026, 11, 1, 5, 22, tzinfo=UTC))  # a schedule at 1:22 comes twice
    wake(town, datetime(2026, 11, 1, 6, 22, tzinfo=UTC))
    sent = town.letters()
    assert len(names(shelf)) == 2
    wake(town, after + 6 * HOUR)  # and the lid opens at 10:22
    assert town.letters() == sent
    assert len(names(shelf)) == 2
    wake(town, after + DAY)
    assert len(names(shelf)) == 3


@pytest.mark.parametrize("name", ROWS)
def test_the_docs_say_so(name: str) -> None:
    late, lost = ROWS[name]
    assert f"| {name} | {late} | {lost} |" in (DOCS / "running.md").read_text()
