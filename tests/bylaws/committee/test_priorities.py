"""Annual priorities, and what follows where the members do not agree"""

import pytest

from models.ballots.received import Code
from models.intake.locations import ReviewItem
from models.intake.people import PersonId
from models.intake.tables import Cell
from models.privacy import Email
from models.tally.outcome import NoteKind
from models.year.ad_hoc import AdHocMember, Standing, reasons
from models.year.moderation import moderate
from models.year.proposals import accepted
from tests.bylaws.votes import vote
from tests.models.year.reading import read

ANN, CODE = PersonId("p1"), Code("ANNSCODE2345")
VOTING = {Email.parse("ann@example.org"): ANN}
PRIORITIES = {"purpose": "priorities", "subject": "the priorities", "recommendation": "Yes"}


def counted(*row: Cell) -> list[str]:
    book = read("proposals", ["2027-01-02", *row])
    found = accepted(book.proposals, VOTING, lambda _: CODE, [])
    return [one.text for one in found]


def test_each_voting_member_can_propose_priorities() -> None:
    """SC-7"""
    assert counted("ann@example.org", "Rents", "ANNSCODE2345") == ["Rents"]


def test_nobody_else_can_propose_and_nobody_in_anothers_name() -> None:
    """SC-7"""
    assert counted("eve@example.org", "Rents", "ANNSCODE2345") == []
    assert counted("ann@example.org", "Rents") == []
    assert counted("ann@example.org", "Rents", "EVESCODE2345") == []


def test_the_committee_keeps_merges_or_drops_each_proposal_by_its_number() -> None:
    """SC-7"""
    review: list[ReviewItem] = []
    book = read("priorities", [1, "keep", None, "Rents we can pay"], [2, "merge", 1], [3, "drop"])
    made = moderate(book.moderated, {1: "Rents", 2: "Rent", 3: "Trees", 4: "Buses"}, review)
    assert [(one.text, one.merged) for one in made.kept] == [("Rents we can pay", (2,))]
    assert (made.dropped, made.waiting, review) == ((3,), (4,), [])


@pytest.mark.parametrize(
    ("votes", "end"),
    [
        ("6 Yes; 4 No", "adopted: the priorities"),
        ("59 Yes; 41 No", "no confidence: the priorities"),
        ("6 Yes; 1 No; 4 -", "no confidence: the priorities"),
    ],
)
def test_priorities_are_ratified_by_60_percent_of_the_ballots_cast(votes: str, end: str) -> None:
    """SC-7, SC-R3"""
    assert str(vote(votes, "up-or-down", **PRIORITIES).outcome) == end


def test_priorities_without_60_percent_call_for_an_ad_hoc_committee() -> None:
    """SC-8"""
    kinds = [note.kind for note in vote("5 Yes; 5 No", "up-or-down", **PRIORITIES).notes]
    assert NoteKind.AD_HOC_COMMITTEE in kinds


def test_priorities_on_which_nobody_voted_call_for_none() -> None:
    """SC-8, EN-R12"""
    for votes in ("", "9 -"):
        result = vote(votes, "up-or-down", **PRIORITIES)
        assert str(result.outcome) == "nobody voted"
        assert NoteKind.AD_HOC_COMMITTEE not in [note.kind for note in result.notes]


def lacks(*rows: list[Cell], stands: Standing = "holds") -> list[str]:
    def belongs(_: AdHocMember) -> Standing:
        return stands

    held = read("ad_hoc", *rows).ad_hoc
    return [one.fact for one in reasons(held, belongs) if not one.holds]


def test_an_ad_hoc_committee_has_members_of_the_committee_and_voting_members() -> None:
    """SC-8"""
    ann: list[Cell] = ["Ann", None, "committee"]
    ben: list[Cell] = ["Ben", None, "voting members"]
    assert lacks(ann, ben) == []
    assert lacks(ann) == ["the ad hoc committee has nobody from the voting members"]
    assert lacks(ben) == ["the ad hoc committee has nobody from the committee"]
    assert lacks(ann, ben, stands="fails") == [
        "Ann sits for the committee, and is not on it",
        "Ben sits for the voting members, and is not one",
    ]
