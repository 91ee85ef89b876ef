"""The committee's own votes"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.committee.members import Committee, Member
from models.committee.terms import Leave
from models.contests.contest import Approval, CommitteeDecision
from models.intake.people import Person, PersonId
from models.membership.reasons import Reason
from models.privacy import Email, Name
from models.tally.count import count
from models.tally.cross_check import check
from models.tally.outcome import OutcomeKind
from models.tally.rankings import Rankings
from models.votes.windows import committee_window
from models.year.electorate import Electorate, electorate, frozen_committee, strangers, with_numbers
from tests.cases.reading import EDITION

RULES = EDITION.committee
CONFIRMED, TODAY = date(2026, 1, 20), date(2026, 4, 2)
OPENS = datetime(2026, 4, 2, 13, tzinfo=UTC)


def person(name: str, *addresses: str) -> Person:
    known = tuple(map(Email.parse, addresses))
    return Person(PersonId(f"{name} {addresses}"), Name.parse(name), known)


def seat(name: str, **facts: Any) -> Member:
    return Member(name=name, confirmed=CONFIRMED, **facts)


def found(*members: Member, people: list[Person]) -> Electorate:
    return electorate(Committee(members=members), TODAY, RULES, people)


def decision(**facts: Any) -> CommitteeDecision:
    return CommitteeDecision(id="budget", title="The budget", **facts)


def test_the_active_members_vote_and_those_on_leave_do_not() -> None:
    """SC-4"""
    away = seat("Cy", leaves=(Leave(first=date(2026, 3, 1), last=date(2026, 5, 1)),))
    left = seat("Di", left=date(2026, 3, 1))
    people = [person(name, f"{name}@example.org") for name in ("Ann", "Cy", "Di")]
    assert found(seat("Ann"), away, left, people=people).people.keys() == {"Ann"}


def test_a_member_is_found_by_address_before_name() -> None:
    """SC-4: two people can have one name."""
    two = [person("Ann", "ann@example.org"), person("Ann", "other@example.org")]
    known = found(seat("Ann", address=Email.parse("other@example.org")), people=two)
    assert known.people == {"Ann": two[1].id}
    assert found(seat("Ann"), people=two).unknown == ("Ann",)


def test_two_seats_are_never_one_persons() -> None:
    """BA-1: they would have one vote between them."""
    both = Email.parse("house@example.org")
    people = [person("Ann", "house@example.org")]
    known = found(seat("Ann", address=both), seat("Ben", address=both), people=people)
    assert (dict(known.people), known.unknown) == ({}, ("Ann", "Ben"))


def test_who_steps_aside_has_a_line_and_no_vote_on_that_item() -> None:
    """SC-5, SC-R2: recusal is from one item."""
    people = [person("Ann", "ann@example.org"), person("Ben", "ben@example.org")]
    known = found(seat("Ann"), seat("Ben"), people=people)
    recused = decision(recused_members=("ann",))
    roll = frozen_committee(known, [recused], dict.fromkeys(known.people, CONFIRMED))
    assert {line.aside for line in roll} == {("budget",), ()}
    numbered = with_numbers(recused, roll)
    assert isinstance(numbered, CommitteeDecision)
    assert (numbered.active, numbered.recused) == (2, 1)


def test_only_active_members_step_aside_or_chair() -> None:
    """SC-3, SC-5"""
    chairs = Approval(id="chairs", title="Co-chairs", candidates=("Ann", "Zoe"))
    assert strangers([chairs, decision(recused_members=("ann",))], ["Ann"]) == {"chairs": ("Zoe",)}


@pytest.mark.parametrize(("minutes", "holds"), [(29, False), (30, True), (60 * 24 * 12, True)])
def test_fast_action_is_half_an_hour_at_least(minutes: int, holds: bool) -> None:
    """SC-4"""
    (window,) = committee_window(OPENS, OPENS + timedelta(minutes=minutes))
    assert (window.rule, window.holds) == ("SC-4", holds)
    assert isinstance(window, Reason)


@pytest.mark.parametrize(("cast", "kind"), [(6, OutcomeKind.NO_QUORUM), (7, OutcomeKind.ELECTED)])
def test_co_chairs_need_a_quorum_too(cast: int, kind: OutcomeKind) -> None:
    """SC-3, SC-4: seven of ten are 70%."""
    chairs = Approval(id="chairs", title="Co-chairs", candidates=("Ann", "Ben"), active=10)
    ballots: Rankings = {(frozenset({0, 1}),): cast}
    result = count(chairs, ballots, EDITION)
    assert result.outcome.kind is kind
    assert not check(chairs, ballots, EDITION, result)
    assert result.rounds[0].elected == (("Ann", "Ben") if cast == 7 else ())
