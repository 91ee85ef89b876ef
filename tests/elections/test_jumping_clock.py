"""Letters keep their distance, whatever the machine's clock does (EN-R7)."""

from collections.abc import Container
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.votes.history import SET_BACK
from flows.votes.lifecycle import extend
from flows.votes.roll_exceptions import correct_roll
from models.votes.election import ElectionState
from tests.conftest import Clock
from tests.elections.polls import CLOSES, NAME, OFFICER, OPENS, REMINDERS, TZ, Poll

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
APART = timedelta(hours=12)


def each_got(poll: Poll) -> dict[str, int]:
    """Kind of letter → how many the one who got most of it got."""
    found: dict[str, int] = {}
    for (_, kind), many in poll.letters().items():
        found[kind] = max(many, found.get(kind, 0))
    return found


def strikes(
    poll: Poll,
    since: datetime,
    until: datetime,
    every: timedelta,
    hours: Container[int] = range(24),
) -> list[datetime]:
    """Let the clock strike again and again; when a letter to all went, by the machine's clock.

    Args:
        hours: of the day in UTC, in which it strikes.
    """
    moments, moment = list[datetime](), since
    before = sum(poll.letters().values())
    while moment < until:
        if moment.hour in hours:
            poll.at(moment)
        if (after := sum(poll.letters().values())) > before:
            before = after
            moments.append(moment)
        moment += every
    return moments


def test_a_clock_that_jumps_over_all_reminders_sends_one(poll: Poll) -> None:
    """Seen: three reminders went to 112 people within a minute."""
    poll.opened()
    poll.at(OPENS + DAY)
    went = strikes(poll, CLOSES - HOUR, CLOSES, 5 * MINUTE)
    assert went == [CLOSES - HOUR]
    assert each_got(poll) == {"invitation": 1, "reminder 1": 1}


@pytest.mark.parametrize(("late", "sent"), [(APART - MINUTE, 1), (APART, 2)])
def test_a_late_reminder_goes_half_a_day_after_the_one_before(
    poll: Poll, late: timedelta, sent: int
) -> None:
    """Both sides of the boundary."""
    poll.opened()
    back = CLOSES - APART - HOUR
    poll.at(back)
    poll.at(back + late)
    assert len(each_got(poll)) == 1 + sent


def test_what_was_missed_is_sent_while_there_is_time(poll: Poll) -> None:
    """EN-10: three are owed."""
    poll.opened()
    went = strikes(poll, CLOSES - 2 * DAY, CLOSES, HOUR)
    assert len(went) == 3
    assert all(two - one >= APART for one, two in pairwise(went))


def test_a_late_invitation_and_a_reminder_do_not_go_together(poll: Poll) -> None:
    poll.approved()
    back = REMINDERS[0]
    assert strikes(poll, back, back + 2 * DAY, 4 * HOUR) == [back, back + DAY]
    assert each_got(poll) == {"invitation": 1, "reminder 1": 1}


def test_a_clock_that_jumps_over_all_reminders_and_back_sends_three_in_all(poll: Poll) -> None:
    poll.opened()
    poll.at(REMINDERS[2])  # a week too soon
    real = OPENS + DAY
    for _ in range(3):
        poll.at(real)
        poll.at(REMINDERS[2] + MINUTE)
        real += 5 * MINUTE
    assert each_got(poll) == {"invitation": 1, "reminder 1": 1}
    assert poll.record().count(SET_BACK) == 1
    went = strikes(poll, REMINDERS[0], CLOSES, 6 * HOUR)
    assert len(went) == 2
    assert [one.date() for one in went] == [REMINDERS[1].date(), REMINDERS[2].date()]
    assert set(each_got(poll).values()) == {1}


def test_a_clock_set_back_and_forth_again_does_not_bring_a_letter_closer(poll: Poll) -> None:
    """The wrong time is the one in between: the letter went when it was said to have gone."""
    poll.opened()
    back = REMINDERS[1] - HOUR  # the first was missed, and goes an hour before the second is due
    poll.at(back)
    poll.at(OPENS + DAY)
    assert poll.record()[-1] == SET_BACK
    poll.at(REMINDERS[1])
    assert set(each_got(poll)) == {"invitation", "reminder 1"}
    poll.at(back + DAY)
    assert "reminder 2" in each_got(poll)


@pytest.mark.parametrize(("back", "lines"), [(MINUTE, 0), (MINUTE + SECOND, 1)])
def test_a_clock_that_is_off_by_no_more_than_a_minute_is_not_in_the_record(
    poll: Poll, back: timedelta, lines: int
) -> None:
    """Clocks are set by the network in small steps, and two workers' differ by a second."""
    poll.opened()
    poll.at(OPENS - back)
    assert poll.record().count(SET_BACK) == lines
    poll.at(REMINDERS[0])
    assert "reminder 1" in each_got(poll)


def test_a_jump_by_a_year_and_back_writes_to_nobody_twice(poll: Poll) -> None:
    """It closes the vote, which is never reopened (EN-R6); no reminder goes for it."""
    poll.opened()
    year = timedelta(days=365)
    poll.at(OPENS + year)
    for moment in (OPENS + DAY, REMINDERS[0], OPENS + year, REMINDERS[2]):
        poll.at(moment)
    assert poll.vote.state is not ElectionState.OPEN
    assert each_got(poll) == {"invitation": 1}


def test_back_by_a_year_nothing_is_sent_and_then_all_goes_on(poll: Poll) -> None:
    poll.opened()
    poll.at(OPENS - timedelta(days=365))
    assert each_got(poll) == {"invitation": 1}
    for moment in REMINDERS:
        poll.at(moment)
    assert each_got(poll) == {"invitation": 1} | {f"reminder {n}": 1 for n in (1, 2, 3)}


def test_a_letter_to_somebody_added_holds_up_no_reminder(poll: Poll) -> None:
    """It is to one person; the others are owed theirs on time."""
    poll.opened()
    person = poll.people()[poll.stranger()]
    with poll.context() as context:
        correct_roll(context, NAME, person, OFFICER, "was at the door", remove=False)
    poll.at(REMINDERS[0] - MINUTE)
    poll.at(REMINDERS[0])
    assert "reminder 1" in each_got(poll)


def test_a_later_close_announced_on_the_last_morning_takes_no_reminder_away(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """EN-10: three are owed; half a day after that letter the vote would be closed."""
    closes = CLOSES.replace(hour=16)
    window = {"closes": closes.replace(tzinfo=None)}
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", people=14, **window).opened()
    for moment in REMINDERS[:2]:
        poll.at(moment)
    poll.clock.at = morning = REMINDERS[2] - HOUR
    with poll.context() as context:
        extend(context, NAME, closes + 2 * HOUR, OFFICER, "The form was down.")
    went = strikes(poll, morning, closes + 2 * HOUR, HOUR)
    assert went == [morning, morning + 5 * HOUR]
    assert set(each_got(poll)) == {"invitation", "extension 1"} | {
        f"reminder {n}" for n in (1, 2, 3)
    }


def test_behind_two_letters_that_are_in_the_future_nothing_waits_for_ever(poll: Poll) -> None:
    """The clock was ahead when the close was moved, and when a reminder went."""
    poll.opened()
    poll.at(REMINDERS[2])
    with poll.context() as context:
        extend(context, NAME, CLOSES + HOUR, OFFICER, "The form was down.")
    poll.at(REMINDERS[2] + MINUTE)
    poll.at(OPENS + DAY)
    assert poll.record().count(SET_BACK) == 2
    went = strikes(poll, REMINDERS[0], CLOSES, 6 * HOUR)
    assert [one.date() for one in went] == [REMINDERS[1].date(), REMINDERS[2].date()]


@pytest.mark.parametrize(
    "hours",
    [range(12, 16), pytest.param(range(24), marks=pytest.mark.slow)],
    ids=["about nine", "all day"],
)
@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        (datetime(2026, 10, 26, 9, tzinfo=TZ), datetime(2026, 11, 2, 21, tzinfo=TZ)),
        (datetime(2027, 3, 8, 9, tzinfo=TZ), datetime(2027, 3, 15, 21, tzinfo=TZ)),
    ],
    ids=["autumn", "spring"],
)
def test_over_a_change_of_the_clocks_three_go_each_at_nine(
    sandbox: Sandbox,
    clock: Clock,
    tmp_path: Path,
    opens: datetime,
    closes: datetime,
    hours: range,
) -> None:
    """Nine in Boston is 13:00 UTC in summer and 14:00 in winter."""
    clock.at = opens - 2 * DAY
    window = {"opens": opens.replace(tzinfo=None), "closes": closes.replace(tzinfo=None)}
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", people=14, **window).approved()
    went = strikes(poll, opens.astimezone(UTC), closes.astimezone(UTC), HOUR, hours)
    assert [moment.astimezone(TZ).hour for moment in went] == [9, 9, 9, 9]
    assert all(two - one > APART for one, two in pairwise(went))
    assert set(each_got(poll).values()) == {1}
