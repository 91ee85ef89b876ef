"""The window: the trailing year that ends on the day asked about."""

import copy
from datetime import date

import pytest

from models.bylaws.conditions import Events
from models.bylaws.rules import Bylaws
from models.bylaws.windows import last_day
from models.membership.voting_status import Status
from tests.models.invented import (
    BY_CALENDAR_YEAR,
    JPP,
    TOML,
    amended,
    entry,
    event,
    gathered,
    held,
    helped,
    judged,
    signed_in,
)

ANN = "ann@example.org"


def ever() -> Bylaws:
    """JP Progressives' bylaws, with the widest reading of the window."""
    membership = copy.deepcopy(TOML["editions"][0]["membership"])
    membership["paths"][0]["conditions"][0]["window"]["value"] = "ever"
    return amended(membership=membership)


def test_an_event_counts_from_its_own_day() -> None:
    """VM-R1"""
    assert len(judged(event("2025-03-04"), on="2025-03-04").counted) == 1
    assert judged(event("2025-03-04"), on="2025-03-03").counted == ()


def test_an_event_counts_through_its_first_anniversary_and_no_longer() -> None:
    """VM-R1"""
    assert len(judged(event("2025-03-04"), on="2026-03-04").counted) == 1
    assert judged(event("2025-03-04"), on="2026-03-05").counted == ()


def test_an_event_of_february_29_has_its_anniversary_on_february_28() -> None:
    """VM-R1"""
    assert len(judged(event("2024-02-29"), on="2025-02-28").counted) == 1
    assert judged(event("2024-02-29"), on="2025-03-01").counted == ()


def test_an_event_of_february_28_lasts_to_february_28_of_a_leap_year() -> None:
    """VM-R1"""
    assert len(judged(event("2023-02-28"), on="2024-02-28").counted) == 1
    assert judged(event("2023-02-28"), on="2024-02-29").counted == ()


def test_an_event_of_march_1_covers_the_leap_day_of_the_year_after() -> None:
    """VM-R1"""
    assert len(judged(event("2023-03-01"), on="2024-02-29").counted) == 1
    assert len(judged(event("2023-03-01"), on="2024-03-01").counted) == 1
    assert judged(event("2023-03-01"), on="2024-03-02").counted == ()


@pytest.mark.parametrize(
    ("event_day", "last"),
    [
        ("2023-12-31", "2024-12-31"),
        ("2024-01-01", "2025-01-01"),
        ("2024-02-28", "2025-02-28"),
        ("2024-02-29", "2025-02-28"),
        ("2024-03-01", "2025-03-01"),
        ("2096-02-29", "2097-02-28"),
        ("2099-02-28", "2100-02-28"),
    ],
)
def test_the_last_day_of_an_event_is_the_same_date_a_year_on(event_day: str, last: str) -> None:
    """VM-R1"""
    assert str(last_day(date.fromisoformat(event_day), "trailing year")) == last


def test_three_events_within_one_year_count_across_new_year() -> None:
    """VM-R1"""
    three = event("2025-02-10"), event("2025-11-10"), event("2026-02-10")
    assert judged(*three, on="2026-02-10").can_vote
    assert not judged(*three, on="2026-02-11").can_vote


def test_three_events_over_more_than_a_year_do_not_count_together() -> None:
    """VM-R1"""
    three = event("2025-02-10"), event("2025-11-10"), event("2026-02-11")
    assert judged(*three, on="2026-02-11").status is Status.ONE_AWAY


def test_by_the_calendar_year_an_event_counts_through_december_31() -> None:
    """VM-R1"""
    three = event("2025-01-05"), event("2025-06-05"), event("2025-12-05")
    assert judged(*three, on="2025-12-31", bylaws=BY_CALENDAR_YEAR).can_vote
    assert not judged(*three, on="2026-01-01", bylaws=BY_CALENDAR_YEAR).can_vote


def test_by_the_calendar_year_events_of_two_years_do_not_count_together() -> None:
    """VM-R1"""
    three = event("2025-11-05"), event("2025-12-05"), event("2026-01-05")
    assert not judged(*three, on="2026-01-05", bylaws=BY_CALENDAR_YEAR).can_vote
    assert judged(*three, on="2026-01-05").can_vote


def test_by_the_calendar_year_a_volunteer_activity_still_counts_for_the_past_year() -> None:
    """VM-1, VM-R1"""
    assert judged(helped("2025-10-18"), on="2026-10-18", bylaws=BY_CALENDAR_YEAR).can_vote
    assert not judged(helped("2025-10-18"), on="2026-10-19", bylaws=BY_CALENDAR_YEAR).can_vote


def test_the_other_readings_of_the_window_are_named_beside_the_ruling() -> None:
    """VM-R1"""
    (events,) = JPP.editions[-1].membership.paths[0].conditions
    assert isinstance(events, Events)
    assert (events.window.rule, events.window.value) == ("VM-R1", "trailing year")
    assert events.window.alternatives == ("calendar year", "ever")


def test_by_the_widest_reading_an_event_counts_for_ever() -> None:
    """VM-R1"""
    three = event("2017-01-05"), event("2019-06-05"), event("2025-12-05")
    standing = judged(*three, on="2025-12-05", bylaws=ever())
    assert standing.can_vote
    assert standing.spell is not None
    assert standing.spell.is_open
    assert not judged(*three, on="2025-12-04", bylaws=ever()).can_vote


# What day is it? Midnight is the chapter's, on the days the clocks change too.


@pytest.mark.parametrize(
    ("moment", "its_day"),
    [
        # The clocks go forward on 2026-03-08: midnight is 05:00 UTC before and 04:00 after.
        ("2026-03-08T04:59:59Z", "2026-03-07"),
        ("2026-03-08T05:00:00Z", "2026-03-08"),
        ("2026-03-09T03:59:59.999Z", "2026-03-08"),
        ("2026-03-09T04:00:00Z", "2026-03-09"),
        # They go back on 2026-11-01: midnight is 04:00 UTC before and 05:00 after.
        ("2026-11-01T03:59:59Z", "2026-10-31"),
        ("2026-11-01T04:00:00Z", "2026-11-01"),
        ("2026-11-02T04:59:59.999999999Z", "2026-11-01"),
        ("2026-11-02T05:00:00Z", "2026-11-02"),
    ],
)
def test_a_form_answer_belongs_to_the_day_it_was_in_the_chapters_own_zone(
    moment: str, its_day: str
) -> None:
    """VM-R1"""
    # Two meetings of one name: only the row's own day tells which was meant.
    days = "2026-03-07", "2026-03-08", "2026-03-09", "2026-10-31", "2026-11-01", "2026-11-02"
    facts = gathered(
        today="2026-12-01",
        events=[held(d, "Meeting") for d in days],
        sign_ins=[signed_in("Meeting", ANN, at=moment)],
    )
    assert [str(e.day) for e in entry(facts, ANN).standing.counted] == [its_day]


LOS_ANGELES_MIDNIGHTS = [
    # Serial numbers of a workbook in Los Angeles; 21:00 there is midnight in Boston, 46088 is
    # 2026-03-07. Both change their clocks on the same night, three hours apart.
    (46088 + 20.9999 / 24, "2026-03-07"),
    (46088 + 21 / 24, "2026-03-08"),
    (46089 + 20.9999 / 24, "2026-03-08"),
    (46089 + 21 / 24, "2026-03-09"),
    (46326 + 20.9999 / 24, "2026-10-31"),
    (46326 + 21 / 24, "2026-11-01"),
    (46327 + 20.9999 / 24, "2026-11-01"),
    (46327 + 21 / 24, "2026-11-02"),
]
LONDON_MIDNIGHTS = [
    # London changes its clocks three weeks later in spring and a week earlier in autumn.
    (46089 + 4.9999 / 24, "2026-03-07"),
    (46089 + 5 / 24, "2026-03-08"),
    (46090 + 3.9999 / 24, "2026-03-08"),
    (46090 + 4 / 24, "2026-03-09"),
    (46327 + 3.9999 / 24, "2026-10-31"),
    (46327 + 4 / 24, "2026-11-01"),
    (46328 + 4.9999 / 24, "2026-11-01"),
    (46328 + 5 / 24, "2026-11-02"),
]


@pytest.mark.parametrize(
    ("zone", "serial", "its_day"),
    [("America/Los_Angeles", *case) for case in LOS_ANGELES_MIDNIGHTS]
    + [("Europe/London", *case) for case in LONDON_MIDNIGHTS],
)
def test_a_sheet_kept_in_another_zone_is_read_in_the_chapters_own(
    zone: str, serial: float, its_day: str
) -> None:
    """VM-R1"""
    days = "2026-03-07", "2026-03-08", "2026-03-09", "2026-10-31", "2026-11-01", "2026-11-02"
    facts = gathered(
        today="2026-12-01",
        events=[held(d, "Meeting") for d in days],
        sign_ins=[signed_in("Meeting", ANN, at=serial)],
        sheet_zone=zone,
    )
    assert [str(e.day) for e in entry(facts, ANN).standing.counted] == [its_day]


def test_a_bare_date_is_the_same_day_in_every_zone() -> None:
    """VM-R1"""
    facts = gathered(
        today="2026-12-01",
        events=[held(46089, "By number"), held("2026-03-08", "By text")],
        sign_ins=[signed_in("By number", ANN), signed_in("By text", ANN)],
        sheet_zone="Asia/Tokyo",
    )
    assert {str(e.day) for e in entry(facts, ANN).standing.counted} == {"2026-03-08"}


def test_the_anniversary_does_not_move_when_the_clocks_change_on_it() -> None:
    """VM-R1"""
    # 2025-03-09 and 2026-11-01 are days on which the clocks change in Boston.
    assert len(judged(event("2025-03-09"), on="2026-03-09").counted) == 1
    assert len(judged(event("2025-11-01"), on="2026-11-01").counted) == 1
    assert judged(event("2025-11-01"), on="2026-11-02").counted == ()
