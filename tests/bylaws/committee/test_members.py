"""Who sits on the Steering Committee"""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models.committee import (
    Leave,
    Member,
    Nominee,
    Recusal,
    Waiver,
    co_chairs_due,
    in_first_quarter,
    months_after,
    nomination,
    sitting,
    size_faults,
)
from models.people import PersonId
from tests.cases.reading import EDITION

RULES = EDITION.committee
CONFIRMED = date(2026, 2, 10)
READY: dict[str, Any] = {
    "events_by_year": {2025: 3},
    "active_in": ("Elections",),
    "dues_paid": True,
    "registered_voter": True,
    "bio": True,
    "summary": True,
}


def member(name: str, **facts: Any) -> Member:
    """A member confirmed in February."""
    return Member(person=PersonId(name), confirmed=CONFIRMED, **facts)


def failing(**change: Any) -> list[str]:
    """The criteria a nominee misses."""
    return [r.fact for r in nomination(Nominee(**(READY | change)), RULES) if not r.holds]


@pytest.mark.parametrize(("nominees", "fits"), [(4, False), (5, True), (15, True), (16, False)])
def test_a_slate_has_five_to_fifteen_members(nominees: int, fits: bool) -> None:
    """SC-1"""
    assert [reason.holds for reason in size_faults(nominees, RULES)] == [fits]


def test_a_term_lasts_one_year() -> None:
    """SC-1"""
    days = (date(2026, 2, 9), CONFIRMED, date(2027, 2, 9), date(2027, 2, 10))
    assert [member("p").sits(day, RULES) for day in days] == [False, True, True, False]


def test_a_seat_ends_with_resignation_or_recall() -> None:
    """SC-6"""
    gone = member("p", left=date(2026, 6, 1))
    assert gone.sits(date(2026, 5, 31), RULES)
    assert not gone.sits(date(2026, 6, 1), RULES)


def test_the_annual_meeting_is_in_the_first_quarter() -> None:
    """SC-1"""
    assert in_first_quarter(date(2026, 3, 31))
    assert not in_first_quarter(date(2026, 4, 1))


def test_co_chairs_are_chosen_every_other_year() -> None:
    """SC-3"""
    assert co_chairs_due(date(2025, 2, 1), RULES) == 2027


def test_a_nominee_who_meets_every_criterion_qualifies() -> None:
    """SC-2"""
    assert failing() == []


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"events_by_year": {2024: 2, 2025: 2}}, "2 events within a calendar year, 3 needed"),
        ({"events_by_year": {}}, "0 events within a calendar year, 3 needed"),
        ({"active_in": ()}, "active in no committee"),
        ({"dues_paid": False}, "dues not paid"),
        ({"registered_voter": False}, "no registered voter"),
        ({"bio": False}, "no bio"),
        ({"summary": False}, "no summary"),
    ],
)
def test_each_criterion_is_asked_for(change: dict[str, Any], fact: str) -> None:
    """SC-2"""
    assert failing(**change) == [fact]


def test_an_exception_is_named_reasoned_and_recorded() -> None:
    """SC-2"""
    waiver = Waiver(
        criterion="dues", reason="greater diversity", by="the committee", on=date(2026, 1, 5)
    )
    assert failing(dues_paid=False, waivers=(waiver,)) == []
    facts = [
        r.fact
        for r in nomination(Nominee(**(READY | {"dues_paid": False}), waivers=(waiver,)), RULES)
    ]
    assert "dues not paid; waived on 2026-01-05 by the committee: greater diversity" in facts


def test_a_member_on_leave_is_not_active() -> None:
    """SC-4"""
    away = Leave(first=date(2026, 5, 1), last=date(2026, 5, 31))
    days = (date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1))
    one = member("p", leaves=(away,))
    assert [one.is_active(day, RULES) for day in days] == [True, False, False, True]


def test_a_leave_lasts_six_months_at_most() -> None:
    """SC-4"""
    months = RULES.longest_leave_months.value
    assert not Leave(first=date(2026, 8, 31), last=date(2027, 2, 27)).longer_than(months)
    assert Leave(first=date(2026, 8, 31), last=date(2027, 2, 28)).longer_than(months)
    assert months_after(date(2026, 8, 31), months) == date(2027, 2, 28)


def test_a_leave_ends_after_it_begins() -> None:
    """SC-4"""
    with pytest.raises(ValidationError, match="on or after its first day"):
        Leave(first=date(2026, 5, 2), last=date(2026, 5, 1))


def test_who_is_recused_is_active_and_steps_aside_from_that_item_alone() -> None:
    """SC-5, SC-R2"""
    away = Leave(first=CONFIRMED, last=date(2026, 12, 31))
    members = [member("a"), member("b"), member("c", leaves=(away,))]
    recusals = [
        Recusal(person=PersonId("a"), item="d6", by="own accord"),
        Recusal(person=PersonId("c"), item="d6", by="two thirds of the committee"),
    ]
    on = date(2026, 7, 1)
    here = sitting(members, recusals, "d6", on, RULES)
    assert (here.active, here.recused) == (2, 1)
    assert sitting(members, recusals, "mayor", on, RULES).recused == 0
