"""Letters in every order of events: told once a transition, by any history and any correction."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.intake.participation import Event
from models.mail.notices import LAPSE, ONE_AWAY, VOTING, due, occasion, remembered
from models.membership.status_periods import StatusPeriod
from tests.models.invented import day, event, helped
from tests.models.naive import Came, Text, spell, verdict
from tests.models.nights import ANN, Nights, roll_of

THE_THREE = VOTING, ONE_AWAY, LAPSE

START = day("2024-01-01")
KINDS = ("monthly meeting", "volunteer activity")
TEXTS = (Text(day("2016-01-01"), 3, 1, False, KINDS),)

moments = st.integers(0, 900).map(lambda n: START + timedelta(n))
attendance = st.lists(st.builds(Came, moments, st.sampled_from(KINDS)), max_size=8)
nights = st.lists(moments, min_size=1, max_size=25, unique=True).map(sorted)


def events_of(came: list[Came]) -> list[Event]:
    """As the program's events."""
    return [event(str(c.day), str(n), kind=c.kind) for n, c in enumerate(came)]


def beginning(came: list[Came], on: date) -> date | None:
    """Since when somebody votes on a day, by the naive judge; None when they do not."""
    if verdict(came, TEXTS, on) != "voting":
        return None
    found = spell(came, TEXTS, on)
    assert found is not None
    return found[0]


@given(attendance, nights)
def test_without_corrections_each_spell_is_told_on_the_first_night_that_sees_it(
    came: list[Came], runs: list[date]
) -> None:
    told = Nights([VOTING])
    expected, seen = [], set()
    for on in runs:
        told.night(str(on), *events_of(came))
        since = beginning(came, on)
        if since and since not in seen:
            seen.add(since)
            expected.append((str(on), VOTING))
    assert told.told == expected


@given(st.lists(st.tuples(moments, attendance), min_size=2, max_size=12, unique_by=lambda n: n[0]))
def test_with_corrections_nobody_is_told_twice_for_one_spell_nor_left_untold(
    history: list[tuple[date, list[Came]]],
) -> None:
    told = Nights([VOTING])
    before: tuple[date, date | None] | None = None
    for on, came in sorted(history):
        letters = told.night(str(on), *events_of(came))
        since = beginning(came, on)
        if letters:
            assert since is not None
            if before and before[1]:  # voted the night before: only a new spell is news
                assert since > before[0]
        elif since and before and before[1] is None:  # did not: then only a spell told of earlier
            assert since <= before[0]
        before = on, since


@given(attendance, moments)
def test_the_three_kinds_never_contradict_each_other(came: list[Came], on: date) -> None:
    entry = roll_of(*events_of(came), on=str(on)).entries[ANN]
    voting, away, lapse = (occasion(kind, entry) for kind in THE_THREE)
    assert not (voting and away)
    assert not lapse or voting
    if voting and lapse:
        assert lapse == StatusPeriod(voting.until, voting.until)


def test_the_letters_of_a_night_are_sorted_and_only_of_the_kinds_asked_for() -> None:
    roll = roll_of(helped("2025-10-18"), on="2026-10-01")
    everything = due(roll, {}, THE_THREE, {ANN})
    assert [letter.kind for letter in everything] == [LAPSE, VOTING]
    assert due(roll, {}, [], {ANN}) == ()
    assert due(roll, {}, THE_THREE, ()) == ()


def test_what_is_remembered_of_a_notice_follows_the_status() -> None:
    told = StatusPeriod(day("2025-01-01"), day("2025-06-01"))
    longer = StatusPeriod(day("2025-01-01"), day("2025-12-01"))
    assert remembered(told, longer, day("2025-03-01")) == longer
    assert remembered(told, None, day("2025-03-01")).until == day("2025-02-28")
    assert remembered(told, None, day("2025-09-01")) == told
    assert remembered(told, None, day("2025-01-01")) == StatusPeriod(told.since, told.since)
    assert (
        remembered(told, StatusPeriod(day("2025-08-01"), day("2026-08-01")), day("2025-08-01"))
        == told
    )
