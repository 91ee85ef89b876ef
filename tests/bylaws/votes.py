"""Votes in a few words: `vote("40 A; 35 B>A; 25 C>No endorsement")`."""

from collections import Counter
from typing import Any

from models.ballots.layouts import rows_are_ranks
from models.contests.contest import Contest, contest_from
from models.tally.count import count
from models.tally.outcome import Decision, Result
from models.tally.rankings import Ranking, Rankings
from tests.cases.reading import EDITION


def contest(kind: str, **table: Any) -> Contest:
    """A contest of a kind; candidates A, B, C where it has some and the test names none."""
    if kind in ("ranked", "ratify-or-prefer", "approval"):
        table.setdefault("candidates", ["A", "B", "C"])
    elif kind == "single-choice":
        table.setdefault("candidates", ["A", "B"])
    return contest_from({"kind": kind, "id": "race", "title": "A race", **table}, "race.toml")


def ballots(asked: Contest, votes: str) -> Rankings:
    """`40 A; 35 B>A`: how many, first rank > second rank; `-` is blank, `_` an empty rank."""
    read: Counter[Ranking] = Counter()
    for part in filter(None, map(str.strip, votes.split(";"))):
        how_many, _, ranks = part.partition(" ")
        cells = [] if ranks == "-" else [rank.strip(" _") for rank in ranks.split(">")]
        answer = rows_are_ranks(cells, asked.places())
        assert not answer.unreadable, part
        read[answer.ranking] += int(how_many)
    return read


def vote(votes: str, kind: str = "ranked", **table: Any) -> Result:
    """Count votes in a contest of a kind; `decisions` are the recorded ones."""
    decisions: tuple[Decision, ...] = table.pop("decisions", ())
    asked = contest(kind, **table)
    return count(asked, ballots(asked, votes), EDITION, decisions=decisions)


def outcome(votes: str, kind: str = "ranked", **table: Any) -> str:
    """How the vote ends, in words."""
    return str(vote(votes, kind, **table).outcome)


def other_readings(result: Result) -> dict[str, str]:
    """The other readings that would have ended otherwise: `EN-R3 2` → outcome."""
    return {f"{r.rule} {r.value}": str(r.outcome) for r in result.readings if r.differs}
