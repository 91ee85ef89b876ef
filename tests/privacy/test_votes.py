"""What a vote leaves behind: no address, no code, no name, and after the contest window no roll.

Rules: BA-5, BA-6, DP-3, DP-6.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.privacy import person, retention
from flows.votes.roll_exceptions import correct_roll
from flows.votes.tally.audit import audit
from models.votes.election import ElectionState
from models.votes.events import VoterAdded, VoterStruck
from models.votes.history import each
from tests.conftest import Clock
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, REMINDERS, Poll, ranks

ADA = ranks("Ada Park", "Bea Stone") | {"Question 6": "Yes"}


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """An open vote, in a chapter of forty people."""
    return Poll.prepare(sandbox, clock, tmp_path / "chapter").opened()


@pytest.fixture
def published(poll: Poll) -> Poll:
    """After its whole life."""
    poll.everybody_votes(ADA)
    for moment in (*REMINDERS, CLOSES, COUNTS):
        poll.at(moment)
    poll.published()
    return poll


def texts(poll: Poll) -> list[str]:
    """Everything the vote wrote outside the ledger, and its result and record in the ledger."""
    written = [poll.town.folder / "public", poll.town.folder / "elections"]
    files = [file for folder in written for file in folder.rglob("*") if file.is_file()]
    assert any(file.suffix == ".html" for file in files)
    with poll.context() as context:
        lines = [line.model_dump_json() for line in context.ledger.votes.lines()]
    return [*(file.read_text() for file in files), *lines, repr(poll.vote.result)]


def test_neither_pages_nor_result_nor_record_hold_a_person_or_a_code(published: Poll) -> None:
    codes = published.invited()
    assert len(codes) > 20
    for text in texts(published):
        assert not [a for a, code in codes.items() if a in text.lower() or code in text]
        assert not [p for p in published.people().values() if p in text]


def test_a_code_leaves_the_mailing_list_when_the_vote_is_over(poll: Poll) -> None:
    assert poll.codes_on_the_list
    for moment in (CLOSES, COUNTS):
        poll.at(moment)
    assert poll.codes_on_the_list == set()


def test_within_the_contest_window_the_roll_is_kept(published: Poll, clock: Clock) -> None:
    clock.at = CLOSES + timedelta(days=29)
    with published.context() as context:
        assert retention.due(context).votes == ()


def test_after_the_contest_window_roll_codes_and_tellers_files_are_destroyed(
    published: Poll, clock: Clock
) -> None:
    result = published.vote.result
    digest = published.vote.roll_digest
    assert published.folder("tellers").is_dir()
    clock.at = CLOSES + timedelta(days=31)
    with published.context() as context:
        assert retention.due(context).votes == (published.name,)
        assert retention.apply(context)["lines of frozen rolls"] > 20
        assert context.ledger.votes.roll(published.name) == []
        assert retention.due(context).votes == ()
        audit(context)
    vote = published.vote
    assert (vote.secret, vote.result, vote.roll_digest) == (b"", result, digest)
    assert not published.folder("tellers").exists()
    assert "deleted the voter roll, the codes, and the tellers' files" in published.record()


def test_a_vote_that_is_not_counted_keeps_its_roll(poll: Poll, clock: Clock) -> None:
    clock.at = CLOSES + timedelta(days=300)
    with poll.context() as context:
        assert poll.vote.state is ElectionState.OPEN
        assert retention.due(context).votes == ()


def test_who_is_erased_while_a_vote_is_open_leaves_a_line_without_a_name(poll: Poll) -> None:
    address = min(poll.invited())
    with poll.context() as context:
        voters = len(context.ledger.votes.roll(poll.name))
        done = person.forget(context, person.find(context, address), "Thea Novak")
        assert any("the election needs it until it is counted" in line for line in done.remains)
        assert len(context.ledger.votes.roll(poll.name)) == voters
        audit(context)
    assert address not in {m.email_address for m in poll.town.audience.members.values()}
    for moment in (*REMINDERS, CLOSES, COUNTS):
        poll.at(moment)
    assert poll.vote.state is ElectionState.COUNTED
    assert not [to for to, kind in poll.letters("reminder") if to == address]


def test_an_exception_stands_in_the_record_without_the_voters_id(poll: Poll) -> None:
    """By the roll's line: once the roll is destroyed it is nobody's (VM-R3)."""
    added = poll.people()[poll.stranger()]
    struck = poll.people()[min(poll.invited())]
    with poll.context() as context:
        correct_roll(context, NAME, added, OFFICER, "was at the door", remove=False)
        correct_roll(context, NAME, struck, OFFICER, "moved away", remove=True)
        lines = context.ledger.votes.lines(NAME)
        roll = context.ledger.votes.roll(NAME)
        audit(context)
    corrections = *each(lines, VoterAdded), *each(lines, VoterStruck)
    assert [roll[(one.line or 0) - 1].person for one in corrections] == [added, struck]
    assert not [one for one in lines if added in str(one) or struck in str(one)]
    poll.strike()
    assert poll.letters("invitation ").total() == 1
