"""The report has RCTab's layout and sums; RCVis' own validator takes the variant for it."""

from pathlib import Path

import pytest
from rcvformats.schemas.universaltabulator import SchemaV0

from connectors.reports import About, detailed_report, rcvis_report
from models.contests.contest import Contest
from models.tally.outcome import Result
from models.tally.rankings import Rankings
from tests.connectors.reports.counted import (
    COUNCIL,
    COUNCIL_BALLOTS,
    MAYOR,
    MAYOR_BALLOTS,
    counted,
)

ABOUT = About("Chapter Clerk 1", office="Mayor", date="2024-11-05", jurisdiction="Boston")
races = pytest.mark.parametrize(
    ("contest", "ballots"), [(COUNCIL, COUNCIL_BALLOTS), (MAYOR, MAYOR_BALLOTS)]
)


def test_the_report_of_a_public_election() -> None:
    """Round by round in RCTab's keys and types: ballots are texts, the round's number is not."""
    report = detailed_report(counted(MAYOR, MAYOR_BALLOTS), ABOUT, {})
    assert report["config"] == {
        "contest": "Mayor",
        "date": "2024-11-05",
        "generatedBy": "Chapter Clerk 1",
        "jurisdiction": "Boston",
        "office": "Mayor",
    }
    assert report["jsonFormatVersion"] == "1"
    assert report["summary"] == {
        "finalThreshold": "10",
        "numCandidates": 5,
        "numWinners": 1,
        "totalNumBallots": "21",
        "undervotes": 2,
    }
    nobody = {"exhaustedChoices": "0", "overvotes": "0"}
    assert report["results"][0] == {
        "inactiveBallots": nobody | {"repeatedRankings": "0", "skippedRankings": "0"},
        "round": 1,
        "tally": {"Ann": "6", "Bob": "4", "Cal": "8", "Undeclared Write-ins": "1"},
        "tallyResults": [{"eliminated": "Undeclared Write-ins", "transfers": {"Ann": "1"}}],
        "threshold": "10",
    }
    assert [one["tallyResults"] for one in report["results"][1:]] == [
        [{"eliminated": "Bob", "transfers": {"Ann": "4"}}],
        [{"elected": "Ann", "transfers": {}}],
    ]


def test_the_report_of_an_endorsement() -> None:
    """EN-R1 to EN-R4: what RCTab has no place for stands under a key of its own."""
    clerk = detailed_report(counted(COUNCIL, COUNCIL_BALLOTS), ABOUT, {"edition": "E"})["clerk"]
    assert clerk["outcome"] == {"kind": "endorsed", "choices": ["Ana"]}
    assert clerk["sums"] == {"ballots": 100, "counted": 100, "blank": 0, "unreadable": 0}
    assert (clerk["bar"], clerk["base"], clerk["bases"]) == ("more than 60%", "marked", [100] * 3)
    assert clerk["edition"] == "E"
    differing = [reading for reading in clerk["readings"] if reading["differs"]]
    assert [reading["rule"] for reading in differing] == ["EN-R3"]
    assert {"rule", "setting", "value", "cite"} == set(clerk["rules"][0])


@races
def test_every_round_adds_up(contest: Contest, ballots: Rankings) -> None:
    """BA-2: tally and inactive ballots are all ballots; transfers are the next tally."""
    report = detailed_report(counted(contest, ballots), ABOUT, {})
    undervotes = report["summary"]["undervotes"]
    for one in report["results"]:
        stand = sum(map(int, one["tally"].values()))
        gone = sum(map(int, one["inactiveBallots"].values()))
        assert stand + gone + undervotes == int(report["summary"]["totalNumBallots"])
    for one, following in zip(report["results"], report["results"][1:], strict=False):
        moved = {name: int(votes) for name, votes in one["tally"].items()}
        for move in one["tallyResults"]:
            left = moved.pop(move["eliminated"]) if "eliminated" in move else 0
            assert sum(map(int, move["transfers"].values())) == left
            for name, votes in move["transfers"].items():
                moved[name] = moved.get(name, 0) + int(votes)
        moved.pop("exhausted", None)
        assert moved == {name: int(votes) for name, votes in following["tally"].items()}


@races
@pytest.mark.parametrize("date", ["", "2024-11-05"])
def test_rcvis_takes_its_variant(contest: Contest, ballots: Rankings, date: str) -> None:
    """The validator that refuses RCTab's own layout finds nothing to refuse."""
    schema = SchemaV0()
    result = counted(contest, ballots)
    assert schema.validate(rcvis_report(result, About("clerk", date=date))), schema.last_error()
    assert not schema.validate(detailed_report(result, ABOUT, {})), "the variant is needed"


def unanimous() -> Result:
    """A race in which every ballot says the same."""
    return counted(COUNCIL, {(0,): 12})


def test_that_a_result_is_unanimous_is_for_the_tellers(tmp_path: Path) -> None:
    """BA-6: published, it would say how each voter voted."""
    assert "tellers" in " ".join(map(str, unanimous().notes))
    assert "tellers" not in str(detailed_report(unanimous(), ABOUT, {})["clerk"]["notes"])
