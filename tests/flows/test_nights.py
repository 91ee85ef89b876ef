"""The nightly job from end to end: what a chapter sees of it, night after night."""

from connectors.sandbox.invented import second_day
from models.membership.voting_status import Status
from tests.conftest import Clock
from tests.flows.town import MARKS, REVIEW, Town


def test_a_plan_writes_nothing(town: Town) -> None:
    """Without --apply neither the services nor the ledger learn of it."""
    night = town.night(apply=False)
    assert not night.applied
    assert night.plan.changes
    assert town.writes() == []
    with town.context() as context:
        assert context.ledger.is_new()
        assert context.ledger.audience() == ({}, None)


def test_the_first_night_tags_everybody_and_tells_nobody(town: Town) -> None:
    """VM-4, VM-R4: the first sync is a baseline."""
    night = town.night()
    assert night.told_nobody == 7
    voting = {
        e.person.id for e in night.roll.voting() if e.person.id not in night.wanted.unreachable
    }
    assert len(town.tagged(MARKS.voting_tag)) == len(voting)
    assert town.letters() == {}
    assert town.rows(REVIEW)[0][0] == "Where"


def test_the_next_night_writes_nothing(town: Town, clock: Clock) -> None:
    town.night()
    clock.go(days=1)  # one day more, and the oldest event leaves the window
    town.sandbox.reset()
    night = town.night()
    assert night.plan.is_empty()
    assert town.writes() == []


def test_a_night_with_changes_tells_whom_they_concern(town: Town, clock: Clock) -> None:
    town.night()
    clock.go(days=1)
    second_day(town.sandbox, clock.today)
    night = town.night()
    assert night.roll.counts()[Status.VOTING] == 11
    assert set(town.letters().values()) == {1}
    assert dict(night.sent) == {"voting-member": len(town.letters())}
