"""General membership: anyone may attend, ask, and join the mailing list."""

from models.mail.notices import WELCOME, occasion
from models.membership.voting_status import Status
from tests.models.invented import entry, gathered, held, registered, signed_in

ANN, BEN = "ann@example.org", "ben@example.org"
THREE = [held(f"2025-{month}-10", f"Meeting {month}") for month in ("09", "10", "11")]


def test_somebody_who_only_registered_is_on_the_roll_without_a_vote() -> None:
    """VM-5"""
    facts = gathered(today="2025-12-01", registrations=[registered("Ann Alder", ANN)])
    assert entry(facts, ANN).standing.status is Status.NOT_YET


def test_somebody_who_only_came_once_is_on_the_roll_without_a_vote() -> None:
    """VM-5"""
    facts = gathered(today="2025-12-01", events=THREE, sign_ins=[signed_in("Meeting 09", ANN)])
    assert entry(facts, ANN).standing.status is Status.NOT_YET


def test_a_vote_does_not_depend_on_being_registered() -> None:
    """VM-5, VM-1"""
    facts = gathered(
        today="2025-12-01",
        events=THREE,
        sign_ins=[signed_in(f"Meeting {month}", ANN) for month in ("09", "10", "11")],
    )
    assert entry(facts, ANN).standing.can_vote
    assert not entry(facts, ANN).person.registered


def test_registering_later_keeps_what_was_attended_before() -> None:
    """VM-5"""
    facts = gathered(
        today="2025-12-01",
        events=THREE,
        sign_ins=[signed_in(f"Meeting {month}", ANN) for month in ("09", "10", "11")],
        registrations=[registered("Ann Alder", ANN, at="2025-11-30")],
    )
    assert entry(facts, ANN).standing.can_vote


def test_joining_the_mailing_list_is_a_choice_and_not_a_condition() -> None:
    """VM-5"""
    facts = gathered(
        today="2025-12-01",
        registrations=[
            registered("Ann Alder", ANN, wants_email="Yes, please"),
            registered("Ben Birch", BEN),
        ],
    )
    assert entry(facts, ANN).person.wants_email
    assert not entry(facts, BEN).person.wants_email


def test_who_registers_can_be_welcomed_by_an_email_for_a_month() -> None:
    """VM-5"""
    facts = gathered(
        today="2025-12-01",
        registrations=[
            registered("Ann Alder", ANN, at="2025-11-01", wants_email="Yes, please"),
            registered("Ben Birch", BEN, at="2025-10-31", wants_email="Yes, please"),
        ],
    )
    assert occasion(WELCOME, entry(facts, ANN))
    assert not occasion(WELCOME, entry(facts, BEN))


def test_who_is_one_event_away_or_can_vote_is_not_welcomed_beside_that_email() -> None:
    """VM-5, VM-R5"""
    facts = gathered(
        today="2025-12-01",
        events=THREE,
        sign_ins=[signed_in(f"Meeting {month}", ANN) for month in ("09", "10", "11")]
        + [signed_in(f"Meeting {month}", BEN) for month in ("09", "10")],
        registrations=[
            registered("Ann Alder", ANN, at="2025-11-30"),
            registered("Ben Birch", BEN, at="2025-11-30"),
        ],
    )
    assert not occasion(WELCOME, entry(facts, ANN))
    assert not occasion(WELCOME, entry(facts, BEN))
