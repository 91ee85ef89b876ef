"""The seats tab: whom the members confirmed, to be copied into the committee's own (SC-1)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import WORKBOOK, address_of, name_of
from connectors.sandbox.server import Sandbox
from flows.nightly.facts import year_of
from flows.privacy import person
from flows.tabs.keep import after_a_night, at_a_strike
from flows.votes.tally.audit import audit
from flows.votes.voiding import Decided, void
from models.votes.election import ElectionState
from tests.conftest import Clock
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, Poll
from tests.elections.test_slate import NOMINEES, SLATE, adds
from tests.flows.test_tabs import LINK, NAMED

SEATS = "Clerk – committee"
READY = NOMINEES.replace("dues_paid = false", "dues_paid = true").replace("Nominee 2", name_of(1))


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """An open vote on a slate of five, of whom the sheets know the second."""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", races=[SLATE])
    poll.town.rewrite(NAMED, f'{NAMED}seats = "{SEATS}"\n')
    adds(poll, READY.replace("2025 = 3", "2024 = 3"))
    return poll.opened()


def strike(poll: Poll) -> list[str]:
    said: list[str] = []
    with poll.context() as context:
        at_a_strike(context, said.append)
    return said


def counted(poll: Poll, mark: str = "Yes") -> Poll:
    for address in poll.invited():
        poll.votes(address, {"Steering Committee": mark})
    for moment in (CLOSES, COUNTS):
        poll.at(moment)
    assert poll.vote.result
    strike(poll)
    return poll


def adopted(poll: Poll, mark: str = "Yes") -> Poll:
    """After the publication."""
    counted(poll, mark).published()
    strike(poll)
    return poll


def rows(poll: Poll) -> list[list[Any]]:
    return poll.town.rows(SEATS)


NONE = [["No published vote of the members that adopted a slate is on record."]]


def test_nobody_stands_there_before_the_vote_or_without_a_majority(poll: Poll) -> None:
    strike(poll)
    assert rows(poll) == NONE
    adopted(poll, "No")
    assert rows(poll) == NONE


def test_nobody_stands_there_between_the_count_and_the_publication(poll: Poll) -> None:
    """EN-R8"""
    counted(poll)
    assert poll.vote.state is ElectionState.COUNTED
    assert rows(poll) == NONE
    poll.published()
    strike(poll)
    assert len(rows(poll)) == 6


def test_after_an_adopted_slate_it_says_who_from_when_until_when(poll: Poll) -> None:
    """SC-1, SC-R5"""
    header, *lines = rows(adopted(poll))
    assert header == ["Name", "Confirmed", "Seat ends", "In the committee's tab"]
    until = "with the next slate, due by March 31, 2027"
    assert lines[0] == ["Nominee 1", "April 12, 2026", until, "missing"]
    assert [line[0] for line in lines] == [
        "Nominee 1", name_of(1), "Nominee 3", "Nominee 4", "Nominee 5",
    ]  # fmt: skip


def test_its_lines_can_be_copied_into_the_committees_tab_as_they_are(poll: Poll) -> None:
    _, *lines = rows(adopted(poll))
    copied: list[list[Cell]] = [[line[0], None, line[1]] for line in lines[:4]]
    poll.town.add_tab("committee", *copied)
    poll.town.night()
    with poll.context() as context:
        committee = year_of(context).committee
        after_a_night(context, lambda _: None)
    assert committee
    assert {one.confirmed for one in committee.members} == {date(2026, 4, 12)}
    assert [line[3] for line in rows(poll)[1:]] == ["yes"] * 4 + ["missing"]


def test_a_slate_that_the_committee_voids_confirms_nobody(poll: Poll) -> None:
    """EN-R11"""
    adopted(poll)
    with poll.context() as context:
        decided = Decided("Meeting of April 14", yes=7, no=0, abstained=0, active=9)
        void(context, NAME, "slate", OFFICER, "The form left a nominee out.", "", decided)
    strike(poll)
    assert len(rows(poll)) == 1


def test_it_names_nobody_while_others_can_open_it(poll: Poll) -> None:
    """DP-7: closed first, and filled again once it is closed."""
    grants = poll.town.sandbox.google.workbooks[WORKBOOK].grants
    adopted(poll)
    grants.append(LINK)
    with poll.context() as context:
        after_a_night(context, lambda _: None)
    (only,) = rows(poll)
    assert str(only[0]).startswith("Empty, because this spreadsheet is open to everyone")
    grants.remove(LINK)
    with poll.context() as context:
        after_a_night(context, lambda _: None)
    assert len(rows(poll)) == 6


def test_a_strike_writes_nothing_twice(poll: Poll) -> None:
    adopted(poll)
    before = len(poll.town.writes())
    strike(poll)
    assert len(poll.town.writes()) == before


def test_a_tab_that_is_named_no_more_is_emptied(poll: Poll) -> None:
    adopted(poll)
    poll.town.rewrite(f'seats = "{SEATS}"\n', "")
    strike(poll)
    assert rows(poll) in ([], [[]])


def test_who_is_erased_is_gone_from_it_and_was_told_of_it(poll: Poll) -> None:
    """DP-6"""
    adopted(poll)
    with poll.context() as context:
        found = person.find(context, address_of(1))
        assert any(SEATS in one.where for one in person.held_on(context, found))
        gone = person.forget(context, found, OFFICER)
        audit(context)
    assert name_of(1) not in str(rows(poll))
    assert len(rows(poll)) == 5
    assert any(SEATS in one for one in gone.remains)
