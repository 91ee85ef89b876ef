"""The nightly job from end to end: what a chapter sees of it, night after night."""

import json

import pytest

from connectors.sandbox.invented import second_day
from flows.views.roll import show_plan
from models.membership.voting_status import Status
from models.unmask import reveal
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
    voting = {
        e.person.id for e in night.roll.voting() if e.person.id not in night.wanted.unreachable
    }
    assert night.told_nobody == len(voting)
    assert len(town.tagged(MARKS.voting_tag)) == len(voting)
    assert town.letters() == {}
    assert town.rows(REVIEW)[0][0] == "Where"


def test_the_numbers_of_a_plan_add_up(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """What the roll counts, less those whom no email reaches, is what the first night changes."""
    first = town.night(apply=False)
    voting = {entry.person.id for entry in first.roll.voting()}
    contacts = first.wanted.contacts.values()
    gone = next(one.address for one in contacts if one.person in voting and not one.new)
    town.member(reveal(gone)).status = "unsubscribed"
    night = town.night(apply=False)
    show_plan(night, who=False)
    shown = capsys.readouterr().out
    changes, on = night.plan.counts(), night.roll.counts()
    listed = night.on_the_list
    for status, tag in ((Status.VOTING, MARKS.voting_tag), (Status.ONE_AWAY, MARKS.one_away_tag)):
        assert f"{listed[status]} of {on[status]} " in shown
        assert changes[f"add tag {tag}"] == listed[status]
    assert listed.total() == changes["subscribe"] + changes["update fields"]
    assert listed[Status.VOTING] < on[Status.VOTING]
    assert "We cannot email the others." in shown
    assert f"To email {listed[Status.VOTING]} voting members, add --tell-everyone." in shown


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


def test_a_new_kind_of_news_starts_with_the_next_news(town: Town, clock: Clock) -> None:
    """Its first night would email everybody whom it ever concerned: it notes them as told."""
    town.night()
    with town.context() as context:  # as if the program had only now learned of the other
        context.ledger.set_note("kinds of news", '["one-event-away"]')
    clock.go(days=1)
    second_day(town.sandbox, clock.today)
    assert town.night().sent == ()
    clock.go(days=1)
    assert town.night().sent == ()
    assert town.letters() == {}
    with town.context() as context:
        known = json.loads(context.ledger.note("kinds of news") or "")
    assert known == ["voting-member", "one-event-away", "welcome", "chapter-near-you"]
