"""The committee's own votes: who votes, for how long, with which quorum, and who is told."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.committee.roll import electorate_of
from flows.votes.check import check
from flows.votes.committee_result import attendance
from flows.votes.lifecycle import approve, extend
from flows.votes.roll_exceptions import correct_roll
from flows.votes.what_next import what_next
from models.errors import Refused
from models.tally.outcome import OutcomeKind
from models.votes.election import ElectionState, failing
from tests.conftest import Clock
from tests.elections.committees import BUDGET, CHAIRS, CLOSES, CODE, COUNTS, OPENS, Board, beside
from tests.elections.polls import NAME, OFFICER


def outcome(board: Board, race: str = "budget") -> OutcomeKind:
    """How an item ended."""
    result = board.vote.result
    assert result
    return result.races[race].outcome.kind


def test_a_decision_is_made_and_told_to_the_committee_alone(board: Board) -> None:
    """SC-4, BA-6: totals and who took part go to the committee, whatever their size."""
    board.opened()
    assert board.codes().keys() == {who for _, who in board.members}
    for place in range(6):
        board.decides(place, "Yes" if place else "No")
    board.at(CLOSES)
    board.at(COUNTS)
    assert board.vote.state is ElectionState.PUBLISHED
    assert outcome(board) is OutcomeKind.ADOPTED
    told = board.mine("announcement")
    assert {letter.to for letter in told} == {who for _, who in board.members}
    text = told[0].text
    assert "Yes: 5, No: 1, Abstain: 0" in text
    assert "6 of 8 active members took part: " in text
    there = text.partition("took part: ")[2].partition(".")[0]
    for place, (name, _) in enumerate(board.members):
        assert (name in there) is (place < 6)
    assert not (board.town.folder / "public").exists(), "no page of it is public"
    assert board.codes_in("CLCOMMIT") == set()
    looks = board.vote.result and board.vote.result.look_at
    assert looks == ("The budget: 6/8: not every active member took part (SC-4)",)


def test_whoever_has_not_voted_is_reminded(board: Board) -> None:
    """SC-4: participation strives for all; reminders go to those whose ballot is missing."""
    board.opened()
    board.decides(0, "Yes")
    board.at(OPENS + timedelta(minutes=30))
    reminded = {letter.to for letter in board.mine("reminder")}
    assert reminded == {who for _, who in board.members[1:]}


def test_without_quorum_it_is_held_and_may_be_extended(board: Board) -> None:
    """SC-4: 70% of 8 are 6; at the close there are 5."""
    board.opened()
    for place in range(5):
        board.decides(place, "Yes")
    board.at(CLOSES)
    board.at(COUNTS)
    assert board.vote.state is ElectionState.OPEN
    assert "found that quorum was not met, and held voting open" in board.record()
    board.decides(5, "Yes", at=CLOSES + timedelta(minutes=20))
    board.clock.at = CLOSES + timedelta(hours=23)
    later = CLOSES + timedelta(hours=25)
    with board.context() as context:
        with pytest.raises(Refused, match="closed"):
            extend(context, NAME, CLOSES + timedelta(hours=22), OFFICER, "Two were asleep")
        extend(context, NAME, later, OFFICER, "Two were asleep")
    board.strike()
    assert {letter.to for letter in board.mine("extension")} == {who for _, who in board.members}
    board.at(later)
    board.at(later + timedelta(minutes=10))
    assert outcome(board) is OutcomeKind.ADOPTED


def test_nobody_extended_it_and_nothing_is_decided(board: Board) -> None:
    """SC-4: without quorum there is no decision, however many were for it."""
    board.opened()
    for place in range(5):
        board.decides(place, "Yes")
    board.at(CLOSES)
    board.at(COUNTS)
    board.at(COUNTS + timedelta(hours=24) - timedelta(seconds=1))
    assert board.vote.state is ElectionState.OPEN
    with board.context() as context:
        assert "quorum is not met" in what_next(context, board.vote_in(context.ledger))
    board.at(COUNTS + timedelta(hours=24))
    assert outcome(board) is OutcomeKind.NO_QUORUM
    with board.context() as context, pytest.raises(Refused):
        extend(context, NAME, CLOSES + timedelta(hours=30), OFFICER, "Too late")


def test_with_quorum_to_the_very_member_it_closes_in_time(board: Board) -> None:
    board.opened()
    for place in range(6):
        board.decides(place, "Abstain" if place < 3 else "Yes")
    board.at(CLOSES)
    board.at(COUNTS)
    assert outcome(board) is OutcomeKind.ADOPTED


def test_who_steps_aside_leaves_both_sides(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    """SC-5, SC-R2: two step aside: quorum is 5 of 6, and their marks do not count on it."""
    recused = BUDGET | {"recused_members": [0, 1]}
    other = BUDGET | {"id": "other", "title": "Another matter"}
    board = Board.seated(sandbox, clock, tmp_path / "chapter", recused, other)
    board.opened()
    board.decides(0, "No", "Yes")
    for place in range(2, 7):
        board.decides(place, "Yes", "Yes")
    board.at(CLOSES)
    board.at(COUNTS)
    assert (outcome(board), outcome(board, "other")) == (OutcomeKind.ADOPTED, OutcomeKind.ADOPTED)
    result = board.vote.result
    assert result
    assert [dict(result.races[race].rounds[0]) for race in ("budget", "other")] == [
        {"Yes": 5, "No": 0, "Abstain": 0},
        {"Yes": 6, "No": 0, "Abstain": 0},
    ]
    assert any("steps aside" in line for line in result.look_at or ())


def test_co_chairs_are_chosen_by_approval(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    """SC-3: up to three of the committee, each by two thirds."""
    board = Board.seated(sandbox, clock, tmp_path / "chapter", CHAIRS)
    board.opened()
    names = [name for name, _ in board.members]
    for place in range(6):
        board.decides(place, names[:3] if place else names[0])
    board.at(CLOSES)
    board.at(COUNTS)
    result = board.vote.result
    assert result
    assert result.races["chairs"].outcome.choices == tuple(names[:3])


@pytest.mark.parametrize(("minutes", "enough"), [(29, False), (30, True)])
def test_half_an_hour_is_the_least(
    sandbox: Sandbox, clock: Clock, tmp_path: Path, minutes: int, enough: bool
) -> None:
    """SC-4: EN-9's days are for the members; the program looks every few minutes."""
    closes = (OPENS + timedelta(minutes=minutes)).replace(tzinfo=None)
    board = Board.seated(sandbox, clock, tmp_path / "chapter", closes=closes)
    with board.context() as context:
        found = failing(check(context, board.election(context)))
    assert [one for one in found if "30 minutes are the least" in one] == (
        []
        if enough
        else ["the committee can vote for less than an hour; 30 minutes are the least (SC-4)"]
    )
    assert not [one for one in found if "EN-" in one]


def test_what_the_committee_cannot_vote_on(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    """SC-3, SC-5, SC-R4: a recall of nobody, four co-chairs."""
    recall = BUDGET | {"id": "recall", "title": "Recall", "needs": "recall"}
    chairs = CHAIRS | {"seats": 4}
    board = Board.seated(sandbox, clock, tmp_path / "chapter", recall, chairs)
    with board.context() as context:
        found = failing(check(context, board.election(context)))
    assert "Recall: a recall names the person concerned under recused_members (SC-R4)" in found
    assert "Co-chairs: 4 co-chairs; 3 at most (SC-3)" in found


def test_approving_it_needs_every_member_to_be_known(board: Board) -> None:
    with board.town.edit("Committee") as rows:
        rows[1][1] = "nobody@example.org"
    board.town.night()
    with board.context() as context, pytest.raises(Refused) as refused:
        approve(context, NAME, OFFICER)
    assert "1 of its active members are not found among the registered people" in str(refused.value)
    assert board.members[0][0] not in str(refused.value)


def test_attendance_is_known_after_the_count(board: Board) -> None:
    board.opened()
    for place in range(6):
        board.decides(place, "Yes")
    board.at(CLOSES)
    with board.context() as context:
        assert attendance(context, board.vote_in(context.ledger)).active == 0, "not before"
    board.at(COUNTS)
    with board.context() as context:
        found = attendance(context, board.vote_in(context.ledger))
    assert found.there == tuple(sorted(name for name, _ in board.members[:6]))
    assert found.missing == tuple(sorted(name for name, _ in board.members[6:]))


def test_attendance_keeps_its_names_when_the_members_confirm_the_seats_anew(board: Board) -> None:
    """BA-6: the next slate begins after the vote, and took its part in it under the same names."""
    board.opened()
    for place in range(6):
        board.decides(place, "Yes")
    board.at(CLOSES)
    board.at(COUNTS)
    with board.town.edit("Committee") as rows:
        for row in rows[1:]:
            row[2] = "2026-04-03"
    board.town.night()
    with board.context() as context:
        found = attendance(context, board.vote_in(context.ledger))
    assert found.there == tuple(sorted(name for name, _ in board.members[:6]))
    assert found.missing == tuple(sorted(name for name, _ in board.members[6:]))


def test_the_committee_decides_while_the_members_vote(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """SC-4, BA-1: fast action; each letter carries the code of its own vote."""
    board = Board.seated(sandbox, clock, tmp_path / "chapter")
    poll = beside(board)
    poll.approved()
    board.opened()
    invited = {letter.to: letter.values for letter in board.mine("invitation")}
    theirs = {letter.to: letter.values for letter in poll.sent("invitation")}
    both = invited.keys() & theirs.keys()
    assert both
    assert all(invited[who][CODE] != theirs[who]["CLBALLOT"] for who in both)
    for place in range(6):
        board.decides(place, "Yes")
    board.at(CLOSES)
    board.at(COUNTS)
    assert outcome(board) is OutcomeKind.ADOPTED
    assert board.codes_in(CODE) == set()
    assert board.codes_in("CLBALLOT"), "the members go on voting"


def test_two_votes_of_the_committee_do_not_overlap(board: Board) -> None:
    """BA-1: their codes would stand in one field."""
    board.approved()
    other = board.town.folder / "elections" / "other"
    shutil.copytree(board.folder("contests").parent, other)
    with board.context() as context:
        found = failing(check(context, context.election("other")))
    assert any("needs the mailing list's field for codes" in one for one in found)


def test_who_disclosed_a_tie_and_does_not_step_aside_is_counted(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """SC-5: asked about, and never by name: logs carry it."""
    race = BUDGET | {"recommends_for": "Mayor", "recommends": "Ada Park"}
    board = Board.seated(sandbox, clock, tmp_path / "chapter", race)
    name = board.members[0][0]
    row = ["2026-03-01", name, None, "Ada Park", "volunteer work"]
    board.town.add_tab("disclosures", row)
    board.town.night()

    def told() -> list[str]:
        with board.context() as context:
            found = check(context, board.election(context))
        return [one.fact for one in found if one.rule == "SC-5" and one.look]

    (said,) = told()
    assert said.startswith("The budget: 1 of those who vote disclosed a tie to it")
    assert name not in said
    file = board.folder("contests") / "01-budget.toml"
    file.write_text(f'{file.read_text()}recused_members = ["{name}"]\n')
    assert told() == []


def test_no_vote_opens_while_a_seat_cannot_be_read(board: Board) -> None:
    """SC-4: quorum was taken of seven, and the eighth had no code."""
    with board.town.edit("Committee") as rows:
        rows[3][2] = "soon"
    board.town.night()
    with board.context() as context:
        found = failing(check(context, board.election(context)))
    assert any("1 rows of tab “Committee” cannot be used" in one for one in found)


def test_whoever_was_struck_is_not_told_the_result(board: Board) -> None:
    """BA-6"""
    board.opened()
    name, struck = board.members[7]
    with board.context() as context:
        person = electorate_of(context, board.election(context)).people[name]
        correct_roll(context, NAME, person, OFFICER, "resigned", remove=True)
    for place in range(6):
        board.decides(place, "Yes")
    board.at(CLOSES)
    board.at(COUNTS)
    assert struck not in {letter.to for letter in board.mine("announcement")}
    assert len(board.mine("announcement")) == 7


def test_the_last_rows_are_waited_for_before_quorum_is_judged(board: Board) -> None:
    """SC-4, BA-2: the sixth was sent in time, and arrived a minute after the close."""
    board.opened()
    for place in range(5):
        board.decides(place, "Yes")
    board.at(CLOSES)
    board.decides(5, "Yes", at=CLOSES - timedelta(seconds=1))
    board.at(COUNTS)
    assert outcome(board) is OutcomeKind.ADOPTED


def test_a_row_that_arrives_while_it_is_held_ends_the_wait(board: Board) -> None:
    board.opened()
    for place in range(5):
        board.decides(place, "Yes")
    board.at(COUNTS)
    board.decides(5, "Yes", at=CLOSES - timedelta(seconds=1))
    board.at(COUNTS + timedelta(minutes=5))
    assert outcome(board) is OutcomeKind.ADOPTED


def test_a_program_that_was_off_holds_it_for_a_day_all_the_same(board: Board) -> None:
    board.opened()
    late = CLOSES + timedelta(hours=30)
    board.at(late)
    assert board.vote.state is ElectionState.OPEN
    board.at(late + timedelta(hours=24))
    assert outcome(board) is OutcomeKind.NO_QUORUM
