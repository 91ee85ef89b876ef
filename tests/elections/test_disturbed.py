"""What goes wrong in one step of one vote stops nothing else; what changes meanwhile doubles none.

A job dies between two steps, the data are corrected, the next strike finishes: nobody gets two.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from connectors.ledger.mailings import Mailings
from connectors.ledger.votes import Votes
from connectors.mailchimp import Campaigns
from connectors.sandbox.mailchimp.campaign_state import Campaign
from flows.service import election_flow as vote_clock
from flows.votes import publish as publishing
from flows.votes.publish import groups
from flows.votes.roll_exceptions import correct_roll
from flows.votes.schedule import ElectionEvent, tick
from flows.votes.sending import Reach
from models.errors import AskAPerson, ClerkError, FixTheData, Refused, TryAgainLater, combined
from models.intake.people import PersonId
from models.votes.events import LetterStopped
from models.votes.history import each
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, OPENS, REMINDERS, TZ, Poll, ranks
from tests.elections.test_exceptions import merge
from tests.elections.test_overlaps import second

MINUTE = timedelta(minutes=1)
YES = ranks("Ada Park") | {"Question 6": "Yes"}


class Killed(BaseException):
    """Nothing of ours catches it."""


@contextmanager
def dying(place: Any, name: str, after: int = 0) -> Iterator[None]:
    """A job that dies instead of the call that comes after so many."""
    real, calls = getattr(place, name), 0

    def call(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > after:
            raise Killed
        return real(*arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, name, call)
        with pytest.raises(Killed):
            yield


def fails(fault: Exception) -> Callable[..., None]:
    """A function that does nothing but fail."""

    def failing(*_: object, **__: object) -> None:
        raise fault

    return failing


# Data that change between a kill and the next strike


@pytest.mark.parametrize("after", [0, 1])
def test_a_district_corrected_meanwhile_brings_nobody_two_announcements_and_nobody_none(
    poll: Poll, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll.opened()
    poll.everybody_votes(YES)
    poll.at(COUNTS)
    everybody = poll.people()
    with dying(publishing, "send", after):
        poll.published()
    moved = {everybody[to] for to, _ in poll.letters("announcement")} or set(everybody.values())
    monkeypatch.setattr(publishing, "groups", _elsewhere(moved))
    poll.at(COUNTS + MINUTE)
    told = [to for to, _ in poll.letters("announcement").elements()]
    assert sorted(told) == sorted(everybody)
    assert poll.record().count("announced the result") == 1


def test_a_group_that_was_left_before_anything_went_out_gets_no_letter(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job dies while it settles who reads what; afterwards a group has nobody any more."""
    poll.opened()
    poll.at(COUNTS)
    everybody = poll.people()
    with dying(Votes, "note"):
        poll.published()
    assert poll.segment("announcement to all")
    assert poll.segment("announcement question-6")
    monkeypatch.setattr(publishing, "groups", lambda vote, reached: groups(vote, reached)[:1])
    poll.at(COUNTS + MINUTE)
    assert len({kind for _, kind in poll.letters("announcement")}) == 1
    assert set(poll.letters().values()) == {1}
    assert {to for to, _ in poll.letters("announcement")} < set(everybody)
    assert not poll.segment("announcement to all")
    assert not poll.segment("announcement question-6")


def _elsewhere(moved: set[PersonId]) -> Callable[..., Any]:
    """The groups, after the districts of these people were corrected."""

    def corrected(vote: Any, reached: Reach) -> Any:
        entries = dict(reached.roll.entries)
        for person in moved:
            entry = entries[person]
            district = "" if entry.person.district in vote.election.districts else "10th Suffolk"
            entries[person] = replace(entry, person=replace(entry.person, district=district))
        return groups(vote, replace(reached, roll=replace(reached.roll, entries=entries)))

    return corrected


def test_who_is_struck_or_merged_meanwhile_is_invited_as_it_is_then(poll: Poll) -> None:
    poll.approved()
    with dying(Campaigns, "fill"):
        poll.at(OPENS)
    with poll.context() as context:
        roll = [v.person for v in context.ledger.votes.roll(NAME)]
    who = {person: to for to, person in poll.people().items() if person in roll}
    struck, old, kept, *_ = sorted(who)
    with poll.context() as context:
        correct_roll(context, NAME, struck, OFFICER, "moved away", remove=True)
    merge(poll, old, kept)
    poll.at(OPENS + MINUTE)
    assert who[struck] not in poll.invited()
    assert set(poll.letters().values()) == {1}
    poll.everybody_votes(YES)
    poll.at(COUNTS)
    result = poll.vote.result
    assert result
    assert (result.counted, result.set_aside) == (len(poll.invited()), {})


def test_who_is_struck_after_the_letter_began_to_go_has_it_and_counts_nowhere(poll: Poll) -> None:
    poll.opened()
    newcomer = poll.stranger()
    person = poll.people()[newcomer]
    with poll.context() as context:
        correct_roll(context, NAME, person, OFFICER, "was at the door", remove=False)
    with dying(Mailings, "settle"):
        poll.at(OPENS + MINUTE)
    with poll.context() as context:
        correct_roll(context, NAME, person, OFFICER, "was not there", remove=True)
    poll.at(OPENS + 2 * MINUTE)
    assert set(poll.letters().values()) == {1}
    assert newcomer in poll.invited()
    assert poll.strike() == []


# A letter that somebody stopped at Mailchimp


@pytest.mark.parametrize("status", ["canceled", "canceling", "paused", "archived", "new word"])
def test_a_letter_that_somebody_stopped_keeps_back_no_later_one(poll: Poll, status: str) -> None:
    poll.opened()
    poll.at(REMINDERS[0])
    with dying(Campaigns, "send"):
        poll.at(REMINDERS[1])
    _campaign(poll, "reminder 2").status = status  # type: ignore[assignment]
    poll.at(REMINDERS[1] + MINUTE)
    poll.at(REMINDERS[2])
    assert {kind for _, kind in poll.letters("reminder")} == {"reminder 1", "reminder 3"}
    with poll.town.ledger() as ledger:
        (stopped,) = each(ledger.votes.lines(NAME), LetterStopped)
    assert stopped == LetterStopped(letter="reminder 2", campaign=status, people=0)


def test_one_letter_that_fails_keeps_back_no_other(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll.approved()
    monkeypatch.setattr(
        "flows.votes.schedule.invite", fails(FixTheData("no", where="the invitation"))
    )
    with pytest.raises(FixTheData, match="the invitation"):
        poll.at(REMINDERS[0] - MINUTE)
    with pytest.raises(FixTheData, match="the invitation"):
        poll.at(REMINDERS[0])
    assert poll.letters("reminder 1")


def _campaign(poll: Poll, kind: str) -> Campaign:
    campaigns = poll.town.sandbox.mailchimp.campaigns.values()
    (found,) = [one for one in campaigns if f" {kind} " in one.settings["title"]]
    return found


# Several votes, several faults


def test_a_bug_in_one_vote_keeps_no_other_from_its_opening(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    winter = second(poll, COUNTS + MINUTE * 50, name="winter").approved()
    poll.opened()
    poll.at(CLOSES)
    monkeypatch.setattr("flows.votes.schedule.tally", fails(TypeError("a payload of another type")))
    with pytest.raises(TypeError):
        poll.at(COUNTS + MINUTE * 50)
    assert poll.vote.result is None
    assert winter.invited()


def test_several_faults_are_told_together_and_a_curable_one_is_tried_again() -> None:
    data, busy = FixTheData("no", where="a form"), TryAgainLater("busy", where="Mailchimp")
    assert combined([data]) is data
    assert combined([data, FixTheData("no", where="a form")]) is data
    both = combined([data, busy])
    assert isinstance(both, TryAgainLater)
    assert str(both) == "Mailchimp: busy\na form: no"
    assert isinstance(combined([data, Refused("never")]), FixTheData)
    bug = combined([TypeError("ada@example.org"), AskAPerson("which?")])
    assert type(bug) is ClerkError
    assert str(bug) == "a bug, TypeError in ?\nwhich?"


# The strike


@pytest.fixture
def heard(poll: Poll, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the orchestrator is told, in order."""
    told: list[str] = []
    monkeypatch.setenv("CLERK_CHAPTER", str(poll.town.folder))
    monkeypatch.setattr(vote_clock, "announce", lambda event, _: told.append(event))
    monkeypatch.setattr(
        vote_clock, "plan", lambda run, _: told.append(f"plan {run.moment.astimezone(TZ):%H:%M}")
    )
    monkeypatch.setattr("time.sleep", lambda _: None)
    return told


def strike(poll: Poll, at: datetime, *, wait: bool = False) -> list[str]:
    said: list[str] = []
    poll.clock.at = at
    vote_clock._strike(poll.clock, wait, said.append)
    return said


def test_what_fails_after_the_close_unsays_neither_the_event_nor_the_plan(
    poll: Poll, heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    poll.opened()
    monkeypatch.setattr("flows.votes.schedule.clear", fails(FixTheData("no", where="the list")))
    with pytest.raises(FixTheData):
        strike(poll, CLOSES)
    assert heard == ["clerk.election.closed", "plan 21:10"]


def test_a_second_try_tells_only_what_is_new(
    poll: Poll, heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    poll.opened()
    monkeypatch.setattr(
        "flows.votes.schedule.clear", fails(TryAgainLater("busy", where="Mailchimp"))
    )
    with pytest.raises(TryAgainLater):
        strike(poll, CLOSES, wait=True)
    assert heard.count("clerk.election.closed") == 1


def test_every_thing_done_is_told_as_it_is_done(poll: Poll) -> None:
    told: list[ElectionEvent] = []
    poll.approved()
    poll.clock.at = OPENS
    with poll.context() as context:
        assert tick(context, told.append) == told
    assert [one.what.split()[0] for one in told] == ["opened", "invited"]
