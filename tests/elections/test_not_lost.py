"""What a mistyped day, an officer's command, a restored ledger, or a lost key must not do."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import tomlkit

from connectors.mailchimp.campaigns import Campaigns
from connectors.sandbox.server import Sandbox
from connectors.settings import load_chapter
from flows.privacy.backup import backup
from flows.privacy.restore import restore
from flows.votes import schedule
from flows.votes.lifecycle import approve, extend, extension
from flows.votes.publish import publish
from flows.votes.roll_exceptions import correct_roll
from flows.votes.tally.count import close_and_count
from models.errors import AskAPerson, ClerkError, FixTheData, KeyRefused, Refused
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import QuorumNotMet
from tests.conftest import Clock
from tests.elections import committees
from tests.elections.committees import Board
from tests.elections.polls import (
    CLOSES,
    COUNTS,
    NAME,
    OFFICER,
    OPENS,
    REMINDERS,
    TZ,
    Poll,
    ranks,
)  # fmt: skip
from tests.elections.test_edition import by_its_own
from tests.elections.test_guide import OWN, supply
from tests.elections.test_recommendations import MAYOR, RACES, draft, file_of
from tests.elections.test_two_officers import OFFICERS, TWO

MINUTES = timedelta(minutes=5)


def test_a_mistyped_year_moves_no_close(poll: Poll) -> None:
    poll.opened()
    far = datetime(2226, 4, 14, 21, tzinfo=TZ)
    with poll.context() as context, pytest.raises(Refused, match="between 1900 and 2199"):
        extend(context, NAME, far, OFFICER, "No power in Jamaica Plain")
    with poll.context() as context:
        assert context.ledger.votes.all()[0].election.closes == CLOSES


@pytest.mark.parametrize(("by", "reason"), [("", "No power"), (OFFICER, "  ")])
def test_an_officers_act_is_named_and_reasoned(poll: Poll, by: str, reason: str) -> None:
    """VM-R3, EN-R6: it is sealed, and the voters read it."""
    poll.opened()
    person = poll.people()[min(poll.invited())]
    with poll.context() as context:
        with pytest.raises(FixTheData):
            extend(context, NAME, CLOSES + MINUTES, by, reason)
        with pytest.raises(FixTheData):
            correct_roll(context, NAME, person, by, reason, remove=True)


def test_nobody_counts_what_is_held_open_for_quorum(board: Board, clock: Clock) -> None:
    """SC-4: the committee has a day to extend it."""
    board.opened()
    for place in range(5):
        board.decides(place, "Yes")
    board.at(committees.CLOSES)
    with board.context() as context, pytest.raises(Refused, match="may arrive until"):
        close_and_count(context, NAME, tell=print, by=OFFICER)
    board.at(committees.COUNTS)
    clock.at = committees.COUNTS + MINUTES
    with board.context() as context, pytest.raises(Refused, match="held open until"):
        close_and_count(context, NAME, tell=print, by=OFFICER)
    assert board.vote.state is ElectionState.OPEN


def test_to_look_at_an_extension_writes_nothing(board: Board, clock: Clock) -> None:
    board.opened()
    clock.at = committees.CLOSES + timedelta(minutes=1)
    with board.context() as context:
        extension(context, NAME, committees.CLOSES + timedelta(days=2), "Too few came")
        lines = [one.event for one in context.ledger.votes.lines(NAME)]
    assert not any(isinstance(one, QuorumNotMet) for one in lines)


def test_two_officers_approve_one_set_of_rules(poll: Poll) -> None:
    file = poll.town.folder / "chapter.toml"
    file.write_text(file.read_text() + TWO + OFFICERS)
    by_its_own(poll)
    with poll.context() as context, pytest.raises(AskAPerson):
        approve(context, NAME, "Thea Novak")
    own = poll.town.folder / "bylaws.toml"
    text = own.read_text()
    own.write_text(text.replace('value = "3/5"', 'value = "9/10"'))
    with poll.context() as context, pytest.raises(AskAPerson):
        approve(context, NAME, "Omar Ray")
    own.write_text(text)
    with poll.context() as context:
        approve(context, NAME, "Omar Ray")


def test_two_officers_publish_one_guide(poll: Poll) -> None:
    file = poll.town.folder / "chapter.toml"
    file.write_text(file.read_text() + "\n[approvals]\npublish = 2\n" + OFFICERS)
    poll.opened()
    poll.everybody_votes(ranks("Bea Stone") | {"Question 6": "Yes"})
    poll.at(COUNTS)
    for officer, words in (
        ("Thea Novak", OWN),
        ("Omar Ray", OWN.replace("the buses", "all buses")),
    ):
        supply(poll, words)
        with poll.context() as context, pytest.raises(AskAPerson):
            publish(context, poll.vote, officer)


@pytest.mark.parametrize("how", ["by an officer", "killed behind the count"])
def test_a_recommendation_is_taken_over_whoever_counted_it(
    sandbox: Sandbox, clock: Clock, tmp_path: Path, how: str
) -> None:
    """EN-1"""
    board = Board.seated(sandbox, clock, tmp_path / "chapter", MAYOR)
    draft(board, {**RACES[0], "recommendation": ""})
    board.opened()
    for place in range(6):
        board.decides(place, "Yes")
    board.at(committees.CLOSES)
    clock.at = committees.COUNTS
    with board.context() as context, pytest.MonkeyPatch.context() as patch:
        if how == "by an officer":
            close_and_count(context, NAME, tell=print, by=OFFICER)
        else:
            patch.setattr(schedule, "take_over", _dies)
            with pytest.raises(KeyboardInterrupt):
                schedule.tick(context)
    board.at(committees.COUNTS + MINUTES)
    assert tomlkit.parse(file_of(board).read_text()).get("recommendation") == "Ada Park"


def _dies(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_key_that_mailchimp_refuses_stops_no_count(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(REMINDERS[-1])

    def refuses(*_: object) -> None:
        raise KeyRefused("Mailchimp refuses the key", where="Mailchimp")

    monkeypatch.setattr(Campaigns, "get", refuses)
    with suppress(ClerkError):  # of the letters; the count is another matter
        poll.at(COUNTS)
    assert poll.vote.state is ElectionState.COUNTED


def test_a_vote_whose_time_comes_during_a_strike_opens_after_a_sync_of_its_own(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VM-R3: its roll is fixed for good by what the sheets say at the opening."""
    poll.approved()
    synced = list[datetime]()
    monkeypatch.setattr(schedule, "sync_first", lambda context: _noted(context, synced))
    opens = schedule._opens_now

    def late(now: Clock, vote: ElectionRecord) -> bool:
        found = opens(now, vote)
        poll.clock.at = OPENS + timedelta(seconds=1)
        return found

    poll.clock.at = OPENS - timedelta(seconds=1)
    with monkeypatch.context() as patch, poll.context() as context:
        patch.setattr(schedule, "_opens_now", late)
        schedule.tick(context)
    assert (poll.vote.state, synced) == (ElectionState.DRAFT, [])
    with poll.context() as context:
        schedule.tick(context)
    assert (poll.vote.state, len(synced)) == (ElectionState.OPEN, 1)


_sync_first = schedule.sync_first


def _noted(context: object, synced: list[datetime]) -> object:
    synced.append(OPENS)
    return _sync_first(context)  # type: ignore[arg-type]


def restored(poll: Poll, file: Path, at: datetime) -> None:
    """The ledger as it was six hours before the opening, put back at a moment."""
    poll.clock.at = at
    restore(load_chapter(poll.town.folder), file, replace=True)


def saved(poll: Poll, tmp_path: Path) -> Path:
    poll.approved()
    poll.clock.at = OPENS - timedelta(hours=6)
    file = tmp_path / "before.clerk"
    backup(load_chapter(poll.town.folder), file, poll.clock)
    return file


def test_ballots_are_not_counted_as_early_after_a_restore(poll: Poll, tmp_path: Path) -> None:
    """BA-1: they came to an open vote, of which the ledger knows nothing any more."""
    file = saved(poll, tmp_path)
    poll.at(OPENS)
    poll.clock.at = OPENS + timedelta(hours=3)
    poll.everybody_votes(ranks("Ada Park"))
    restored(poll, file, OPENS + timedelta(days=1))
    with pytest.raises(Refused, match="with codes of this election are there already"):
        poll.at(OPENS + timedelta(days=1, hours=1))
    assert poll.vote.state is ElectionState.DRAFT


@pytest.mark.parametrize("days", [1, 4])
def test_an_invitation_goes_once_though_the_ledger_is_restored(
    poll: Poll, tmp_path: Path, days: int
) -> None:
    file = saved(poll, tmp_path)
    poll.at(OPENS)
    restored(poll, file, OPENS + timedelta(days=days))
    poll.at(OPENS + timedelta(days=days, hours=1))
    assert set(poll.letters("invitation").values()) == {1}
