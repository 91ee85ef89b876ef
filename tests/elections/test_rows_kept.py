"""No row goes that the record date of a vote still counts, nor what new bylaws count again."""

from datetime import date, datetime, time, timedelta

import pytest

from connectors import elections
from flows.nightly.keeping import counted_from
from flows.privacy import retention
from models.votes.election import ElectionState
from tests.elections.polls import CLOSES, COUNTS, OPENS, RACES, TZ, Poll

MARGIN = timedelta(days=456)
"""How long this chapter keeps rows beyond which nothing is asked."""


def horizon(poll: Poll, on: datetime) -> date:
    """Rows from before this day would go."""
    poll.clock.at = on
    with poll.context() as context:
        return retention.due(context).horizon


def asked_of(poll: Poll, record_date: date) -> date:
    """From when on the bylaws count rows on a record date."""
    with poll.context() as context:
        return context.bylaws.looks_back_to(record_date)


@pytest.mark.parametrize("approved", [True, False], ids=["open", "only in its folder"])
def test_what_the_record_date_of_a_vote_counts_is_kept(poll: Poll, approved: bool) -> None:
    """DP-6, VM-R3: the vote may be moved, and stay open, as long as it likes."""
    file = poll.town.folder / "elections" / poll.name / "election.toml"
    late = datetime.combine(CLOSES.date() + timedelta(days=300), time(21))
    file.write_text(file.read_text().replace(CLOSES.date().isoformat(), late.date().isoformat()))
    if approved:
        poll.opened()
    on = late.replace(tzinfo=TZ) - timedelta(days=1)
    asked = asked_of(poll, OPENS.date())
    assert horizon(poll, on) == asked < on.date() - MARGIN


def test_a_vote_that_is_counted_keeps_no_rows(poll: Poll) -> None:
    """DP-6"""
    poll.opened()
    poll.at(COUNTS)
    assert poll.vote.state is ElectionState.COUNTED
    later = COUNTS + timedelta(days=300)
    assert horizon(poll, later) == later.date() - MARGIN


def test_a_folder_that_is_half_written_keeps_its_rows(poll: Poll) -> None:
    """DP-6: it has no contest yet; once its window is over it keeps none."""
    opens = OPENS.replace(tzinfo=None) + timedelta(days=240)
    table = {"title": "Later", "opens": opens, "closes": opens + timedelta(days=10)}
    folder = poll.town.folder
    elections.write_new(folder, "later", {**table, "record_date": date(2025, 2, 1)}, RACES)
    for contest in (folder / "elections/later/contests").iterdir():
        contest.unlink()
    assert horizon(poll, opens.replace(tzinfo=TZ)) == asked_of(poll, date(2025, 2, 1))
    after = (opens + timedelta(days=11)).replace(tzinfo=TZ)
    assert horizon(poll, after) == after.date() - MARGIN
    (folder / "elections/later/election.toml").write_text("title = ")
    with poll.context() as context:
        assert counted_from(context) == context.bylaws.looks_back_to(context.today)
