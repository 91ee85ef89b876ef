"""Everybody votes on everything, unless a contest says that its districts alone do (EN-R10)."""

from pathlib import Path

import pytest

from flows.votes.check import check
from flows.votes.roll_exceptions import correct_roll
from models.contests.contest import contest_from
from models.errors import Refused
from models.votes.election import ElectionState, failing
from tests.elections.polls import COUNTS, NAME, OFFICER, OPENS, Poll

YES = {"Question 6": "Yes"}
DISTRICT = 5
"""The column of the registrations."""


def question(poll: Poll) -> Path:
    return poll.folder("contests") / "02-question-6.toml"


def alone(poll: Poll) -> None:
    """The contest says so."""
    file = question(poll)
    file.write_text(file.read_text() + "only_these_districts_vote = true\n")


def moves(poll: Poll, address: str, district: str = "") -> None:
    """Somebody's district is changed in the sheet, and read."""
    with poll.town.edit("Registrations") as rows:
        for row in rows[1:]:
            if str(row[2]).strip().lower() == address:
                row[DISTRICT] = district
    poll.town.night()


def missing(poll: Poll) -> list[str]:
    with poll.context() as context:
        return [one for one in failing(check(context, poll.election(context))) if "EN-R10" in one]


def ballots(poll: Poll) -> tuple[int, int]:
    """Counted on the question, and in all."""
    result = poll.vote.result
    assert result
    (tally,) = result.races["question-6"].rounds
    return tally["Yes"], result.counted


def test_every_voting_member_votes_on_a_question_of_some_districts(poll: Poll) -> None:
    """Whoever wrote no district was dropped without a word."""
    poll.town.night()
    moves(poll, "bao.haddad@example.org")
    poll.opened()
    assert "bao.haddad@example.org" in poll.invited()
    poll.everybody_votes(YES)
    poll.at(COUNTS)
    everybody = len(poll.invited())
    assert ballots(poll) == (everybody, everybody)
    page = poll.folder("pages").joinpath("question-6.html").read_text("utf-8")
    assert "Here, every voting member could vote on it (EN-R10)" in page


def test_a_contest_can_say_that_its_districts_alone_vote(poll: Poll) -> None:
    alone(poll)
    poll.opened()
    poll.everybody_votes(YES)
    poll.at(COUNTS)
    on_it, everybody = ballots(poll)
    assert 0 < on_it < everybody == len(poll.invited())
    pages, tellers = (
        poll.folder(kind).joinpath("question-6.html").read_text("utf-8")
        for kind in ("pages", "tellers")
    )
    assert "Only members in these districts could vote on this (EN-R10)" in pages
    said = f"who cannot vote on this contest: {everybody - on_it}. Of these, from members whose "
    assert f"{said}district we do not know: 0 (EN-R10)" in tellers


def test_voters_without_a_district_are_asked_about_before_the_opening(poll: Poll) -> None:
    voter = "bao.haddad@example.org"
    moves(poll, voter)
    assert missing(poll) == []
    alone(poll)
    (fact,) = missing(poll)
    assert (
        "Question 6: only for voters in some districts; the district of 1 voters is not known"
        in fact
    )
    assert "enter it in the registrations" in fact
    with pytest.raises(Refused, match="EN-R10"):
        poll.approved()
    moves(poll, voter, "15th Suffolk")
    assert missing(poll) == []
    poll.approved()
    moves(poll, voter)
    with pytest.raises(Refused, match="EN-R10"):
        poll.at(OPENS)
    assert poll.vote.state is ElectionState.DRAFT
    moves(poll, voter, "15th Suffolk")
    poll.strike()
    assert poll.vote.state is ElectionState.OPEN


def test_nobody_without_a_district_is_added_to_such_a_roll(poll: Poll) -> None:
    alone(poll)
    newcomer = poll.opened().stranger()
    moves(poll, newcomer)
    with poll.context() as context, pytest.raises(Refused, match="district is not known"):
        correct_roll(context, NAME, poll.people()[newcomer], OFFICER, "at the door", remove=False)
    moves(poll, newcomer, "10th Suffolk")
    with poll.context() as context:
        correct_roll(context, NAME, poll.people()[newcomer], OFFICER, "at the door", remove=False)


def test_a_vote_of_before_is_counted_as_it_was_approved() -> None:
    """EN-R6: in it the districts alone voted, and nothing said so."""
    table = {"kind": "question", "id": "q", "title": "Q", "districts": ["10th"]}
    before = contest_from(table, "a record")
    assert before.voting_districts == ("10th",)
    assert "only_these" not in before.model_dump_json()
    assert contest_from(before.model_dump(), "again") == before
    for said, districts in ((True, ("10th",)), (False, ())):
        made = contest_from({**table, "only_these_districts_vote": said}, "a file")
        assert made.voting_districts == districts
        assert contest_from(made.model_dump(), "again") == made


def test_it_needs_districts(poll: Poll) -> None:
    alone(poll)
    file = question(poll)
    file.write_text(file.read_text().replace("districts = ", "# districts = ", 1))
    with (
        poll.context() as context,
        pytest.raises(Exception, match="needs the `districts` that vote"),
    ):
        poll.election(context)
