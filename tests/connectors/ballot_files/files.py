"""Ballot files for these tests, read for one small contest."""

from pathlib import Path
from typing import Any

from connectors.ballot_files import BallotFile, BallotSettings, read_ballots
from models.contests.contest import contest_from
from models.tally.rankings import Rankings

NAMES = ["Ana Álvarez", "Ben Baker, Jr.", "Cam “Cy” Côté"]
ANA, BEN, CAM, NOBODY = 0, 1, 2, 3
RANKED: dict[str, Any] = {
    "kind": "ranked",
    "id": "council",
    "title": "City Council",
    "candidates": NAMES,
}


def read(path: Path, contest: dict[str, Any] | None = None, **settings: Any) -> BallotFile:
    """What the file holds for a contest, under settings of `[ballots]`."""
    chosen = contest_from(contest or RANKED, "contest.toml")
    return read_ballots(path, chosen, BallotSettings.model_validate(settings))


def rankings(
    path: Path, text: str | bytes, contest: dict[str, Any] | None = None, **settings: Any
) -> Rankings:
    """The rankings of a file with this text."""
    file = path / "ballots.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(file, contest, **settings).rankings
