"""The status tab during an election: the calendar, turnout as counts, and nothing of a ballot."""

from datetime import timedelta
from typing import Any

import pytest

from flows.service.due_steps import run_due_steps
from tests.elections.polls import CLOSES, COUNTS, NAME, OPENS, Poll, ranks
from tests.elections.test_ties import tied as tied
from tests.flows.test_tabs import NAMED, STATUS

TITLE = "“Spring endorsements”"


@pytest.fixture
def shown(poll: Poll) -> Poll:
    poll.town.rewrite(NAMED, f'{NAMED}status = "{STATUS}"\n')
    return poll


def strike(poll: Poll, at: Any = None) -> str:
    """Let the clock strike, and read the tab."""
    poll.clock.at = at or poll.clock.at
    with poll.context() as context:
        run_due_steps(context, lambda _: None)
    lines = (" | ".join(map(str, row)) for row in poll.town.rows(STATUS))
    return "\n".join(lines).replace("\u00a0", " ")


def test_an_approved_election_is_there_with_its_calendar(shown: Poll) -> None:
    shown.approved()
    said = strike(shown)
    assert f"{TITLE}: approved." in said
    assert "opens: Thursday, April 2, at 9:00 AM" in said
    assert "closes: Sunday, April 12, at 9:00 PM" in said
    said = strike(shown, OPENS)
    assert f"{TITLE}: open." in said
    assert "opens: " not in said


def test_turnout_is_a_count_and_none_while_it_is_small(shown: Poll) -> None:
    shown.opened()
    invited = sorted(shown.invited())
    assert len(invited) >= 10
    for address in invited[:9]:
        shown.votes(address, ranks("Ada Park"))
    later = OPENS + timedelta(hours=2)
    assert "Fewer than 10 people have voted." in strike(shown, later)
    shown.votes(invited[9], ranks("Ada Park"))
    said = strike(shown, later + timedelta(hours=1, minutes=7))
    with shown.town.ledger() as ledger:
        voters = len(ledger.votes.roll(NAME))
    assert f"10 of {voters} voters have voted (Thu, Apr 2, 2026, 12:00 PM)." in said
    assert "Ada Park" not in said


def test_turnout_is_looked_at_once_an_hour(shown: Poll) -> None:
    shown.opened()
    strike(shown, OPENS + timedelta(hours=2))
    before = strike(shown, OPENS + timedelta(hours=2, minutes=5))
    for address in sorted(shown.invited())[:12]:
        shown.votes(address, ranks("Ada Park"))
    shown.town.sandbox.reset()
    assert strike(shown, OPENS + timedelta(hours=2, minutes=10)) == before
    asked = [each for each in shown.town.sandbox.journal if "/responses" in each.path]
    assert asked == []
    assert shown.town.writes() == []


def test_a_form_that_does_not_answer_leaves_the_turnout_out(
    shown: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.opened()

    def down(*_: object) -> set[int]:
        raise OSError

    monkeypatch.setattr("flows.tabs.status.arrived_numbers", down)
    assert f"{TITLE}: open. | " in strike(shown, OPENS + timedelta(hours=2))


def test_a_tie_is_told_without_its_race(tied: Poll) -> None:
    tied.town.rewrite(NAMED, f'{NAMED}status = "{STATUS}"\n')
    said = strike(tied)
    assert f"{TITLE}: the count stopped at a tie and needs a decision." in said
    assert not [word for word in ("Mayor", "Ada", "Bea", "Cy ") if word in said]


def test_a_result_that_waits_is_told_without_what_it_is(shown: Poll) -> None:
    shown.opened()
    shown.everybody_votes(ranks("Ada Park"))
    said = strike(shown, CLOSES + timedelta(minutes=1))
    assert f"{TITLE}: closed." in said
    said = strike(shown, COUNTS)
    assert f"{TITLE}: the result waits to be published." in said
    assert "Ada" not in said
    shown.published()
    said = strike(shown)
    assert TITLE not in said
    assert "No election is running." in said
