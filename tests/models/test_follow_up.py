"""What becomes of a letter on record after a night: decided here, and only written down elsewhere.

Rules: VM-4 (no letter without its occasion), VM-R4 (once a transition).
"""

from datetime import date

import pytest

from models.intake.people import PersonId
from models.mail.notices import LAPSE, ONE_AWAY, VOTING, FollowUp, Notice, NoticeKind, doubled
from models.membership.status_periods import StatusPeriod
from models.membership.voter_roll import VoterRoll
from tests.connectors.ledger.nights import ANN, AUTUMN, BEN, SPRING, TODAY, not_yet, voting

LONGER = StatusPeriod(SPRING.since, date(2027, 3, 3))
YESTERDAY = date(2026, 3, 9)


def tonight(spell: StatusPeriod = SPRING) -> FollowUp:
    """Ann votes, Ben does not yet, and others are named by no source any more."""
    entries = (voting(ANN, spell), not_yet(BEN))
    return FollowUp(VoterRoll(TODAY, {entry.person.id: entry for entry in entries}))


def of(person: PersonId, kind: NoticeKind = VOTING, spell: StatusPeriod = SPRING) -> Notice:
    return Notice(person, kind, spell)


@pytest.mark.parametrize("waits", [True, False])
def test_while_its_occasion_lasts_a_letter_follows_it(waits: bool) -> None:
    assert tonight(LONGER).verdict(of(ANN), waits=waits) == LONGER


@pytest.mark.parametrize("letter", [of(BEN), of(PersonId("p-gone")), of(ANN, ONE_AWAY)])
def test_one_that_waits_goes_with_its_occasion(letter: Notice) -> None:
    assert tonight().verdict(letter, waits=True) is None


def test_one_that_went_ends_the_day_before() -> None:
    """So that qualifying again is a new transition."""
    assert tonight().verdict(of(BEN), waits=False) == StatusPeriod(SPRING.since, YESTERDAY)


def test_one_that_waits_for_another_spell_than_the_present_is_withdrawn() -> None:
    assert tonight().verdict(of(ANN, spell=AUTUMN), waits=True) is not None
    before = StatusPeriod(date(2025, 1, 1), date(2025, 6, 1))
    assert tonight().verdict(of(ANN, spell=before), waits=True) is None


def test_two_people_who_are_one_tonight_are_told_once() -> None:
    """Whoever went first, or waited first."""
    follow_up = tonight()
    assert not follow_up.is_told(of(ANN))
    assert follow_up.verdict(of(ANN), waits=False) == SPRING
    assert follow_up.verdict(of(ANN), waits=True) is None
    assert follow_up.is_told(of(ANN))
    assert not follow_up.is_told(of(ANN, LAPSE))
    both_wait = tonight()
    assert both_wait.verdict(of(ANN), waits=True) == SPRING
    assert both_wait.verdict(of(ANN), waits=True) is None


def test_a_kind_that_is_no_more_waits_for_nobody_and_is_remembered() -> None:
    gone = NoticeKind("spring-picnic")
    assert tonight().verdict(of(ANN, gone), waits=True) is None
    assert tonight().verdict(of(ANN, gone), waits=False) == StatusPeriod(SPRING.since, YESTERDAY)


def test_who_has_another_letter_for_the_present_spell_needs_no_second() -> None:
    """Of an earlier spell, or of a status that is over or of nobody on the roll, is no other."""
    before = StatusPeriod(date(2025, 1, 1), date(2025, 6, 1))
    roll = VoterRoll(TODAY, {entry.person.id: entry for entry in (voting(ANN), not_yet(BEN))})
    gone = PersonId("p-gone")
    assert doubled(VOTING, roll, {ANN: [before, SPRING], BEN: [SPRING], gone: [SPRING]}) == {ANN}
    assert doubled(VOTING, roll, {ANN: [before]}) == set()
