"""A tie stops the count with its question, and a recorded decision lets it go on (EN-R5)."""

import hashlib

import pytest

from flows.votes.history import question
from flows.votes.tally.count import decide, tally
from models.bylaws import tally_rules as rules
from models.errors import AskAPerson, Refused
from models.tally.drawing import pick
from models.votes.election import ElectionState
from tests.elections.polls import COUNTS, NAME, OFFICER, Poll, ranks

BALLOTS = (
    [("Ada Park", "Bea Stone")] * 4
    + [("Bea Stone", "Ada Park")] * 3
    + ([("Cy Rivers", "Bea Stone")] * 3)
)
"""If Bea goes, Ada is endorsed; if Cy goes, Bea is."""


@pytest.fixture
def tied(poll: Poll) -> Poll:
    poll.opened()
    for address, ranked in zip(sorted(poll.invited()), BALLOTS, strict=False):
        poll.votes(address, ranks(*ranked))
    poll.at(COUNTS)
    return poll


def test_the_count_stops_and_says_what_each_branch_gives(tied: Poll) -> None:
    assert tied.vote.state is ElectionState.CLOSED
    assert tied.vote.result is None
    asked = (tied.vote.question or {})["mayor"]
    assert set(asked.tied) == {"Bea Stone", "Cy Rivers"}
    assert {picked: str(ends) for picked, ends in asked.branches.items()} == {
        "Bea Stone": "endorsed: Ada Park",
        "Cy Rivers": "endorsed: Bea Stone",
    }
    assert not tied.folder("pages").exists()
    with tied.context() as context, pytest.raises(AskAPerson, match="which one is eliminated"):
        tally(context, tied.vote)


def test_a_tie_of_more_ways_than_are_counted_says_so(poll: Poll) -> None:
    poll.opened()
    names = ("Ada Park", "Bea Stone", "Cy Rivers")
    for address, first in zip(sorted(poll.invited()), names, strict=False):
        poll.votes(address, ranks(first))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "MOST_POSITIONS", 1)
        poll.at(COUNTS)
    assert poll.vote.question
    assert "there are too many possibilities to list each result" in question(
        poll.vote.question["mayor"]
    )


def test_the_question_is_written_down_once(tied: Poll) -> None:
    for _ in range(3):
        assert tied.strike() == []
    assert tied.record().count("stopped at a tie") == 1


def test_a_recorded_decision_is_counted_by(tied: Poll) -> None:
    with tied.context() as context:
        decide(context, NAME, "mayor", "Cy Rivers", "the committee, 5 to 2, on April 14", OFFICER)
    assert "counted" in [one.what for one in tied.strike()]
    assert tied.vote.result
    assert tied.vote.result.races["mayor"].outcome.choices == ("Bea Stone",)
    page = (tied.folder("tellers") / "mayor.html").read_text()
    assert "the committee, 5 to 2, on April 14" in page
    assert "decided a tie" in tied.record()


def test_only_one_of_the_tied_is_decided_for(tied: Poll) -> None:
    with tied.context() as context, pytest.raises(Refused, match="not one of the tied"):
        decide(context, NAME, "mayor", "Ada Park", "a coin", OFFICER)


def test_what_is_not_tied_is_not_decided(tied: Poll) -> None:
    with (
        tied.context() as context,
        pytest.raises(Refused, match="this contest has no tie to decide"),
    ):
        decide(context, NAME, "question-6", "Yes", "a coin", OFFICER)


def test_a_lot_can_be_drawn_again_by_anybody() -> None:
    """By the sentence in docs/elections.md, without this program."""
    tied, seed = ["Bea Stone", "Cy Rivers"], "Lottery of April 14: 3 9 21 33 40"
    lots = {hashlib.sha256((seed + "\n" + name).encode()).hexdigest(): name for name in tied}
    assert pick(tied, seed) == lots[min(lots)] == pick(tied[::-1], seed)


def test_lots_fall_on_everybody_about_equally() -> None:
    fallen = [pick(["Bea", "Cy"], f"seed {number}") for number in range(1000)]
    assert 400 < fallen.count("Bea") < 600
