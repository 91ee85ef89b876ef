"""The golden cases as a user's files: the same ballots as by the cases' own plain reading."""

from pathlib import Path

import pytest

from connectors.ballot_files import BallotSettings, read_ballots
from tests.cases.reading import FOLDERS, ballots_of, contest_of


@pytest.mark.parametrize(
    "folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}"
)
def test_the_same_ballots(folder: Path) -> None:
    """BA-4: names with commas, quotes and accents, over-votes, skipped ranks, blanks."""
    found = read_ballots(folder / "ballots.csv", contest_of(folder), BallotSettings())
    assert found.rankings == ballots_of(folder)
    assert found.unreadable == 0
