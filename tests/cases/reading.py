"""Reads a case's folder; the ballots one line each, in the columns rank1, rank2, …"""

import csv
import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from models.ballots.layouts import rows_are_ranks
from models.contests.contest import Contest, contest_from
from models.tally.count import count
from models.tally.outcome import Decision, Result
from models.tally.rankings import Ranking, Rankings
from tests.models.invented import JPP

CASES = Path(__file__).parent
FOLDERS = sorted(file.parent for file in CASES.glob("*/*/expected.json"))
EDITION = JPP.editions[-1].counting


def contest_of(folder: Path) -> Contest:
    """The case's contest."""
    return contest_from(tomllib.loads((folder / "contest.toml").read_text()), str(folder.name))


def ballots_of(folder: Path) -> Rankings:
    """The case's ballots, equal ones together."""
    places = contest_of(folder).places()
    ballots: Counter[Ranking] = Counter()
    with (folder / "ballots.csv").open(newline="") as file:
        for cells in list(csv.reader(file))[1:]:
            answer = rows_are_ranks(cells, places)
            assert not answer.unreadable, f"{folder}: {cells}"
            ballots[answer.ranking] += 1
    return ballots


def decisions_of(folder: Path) -> list[Decision]:
    """The case's recorded decisions, if it has any."""
    file = folder / "decisions.json"
    table = json.loads(file.read_text()) if file.exists() else []
    return [Decision(frozenset(d["tied"]), d["picked"], d["how"]) for d in table]


def expected_of(folder: Path) -> dict[str, Any]:
    """What must come out."""
    loaded: dict[str, Any] = json.loads((folder / "expected.json").read_text())
    return loaded


def counted(folder: Path) -> Result:
    """The case, counted."""
    return count(contest_of(folder), ballots_of(folder), EDITION, decisions=decisions_of(folder))
