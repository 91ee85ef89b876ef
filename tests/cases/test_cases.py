"""Every golden case comes out as written down, and the twin agrees with it."""

from pathlib import Path
from typing import Any

import pytest

from models.bylaws.tally_rules import in_words
from models.tally.cross_check import check
from models.tally.outcome import Result, Round, Tie
from tests.cases.reading import (
    EDITION,
    FOLDERS,
    ballots_of,
    contest_of,
    counted,
    decisions_of,
    expected_of,
)


def case_name(folder: Path) -> str:
    """The rule and the case."""
    return f"{folder.parent.name}/{folder.name}"


folders = pytest.mark.parametrize("folder", FOLDERS, ids=case_name)
CAUSES = ("exhausted", "overvotes", "repeated", "skipped", "undervotes")


@folders
def test_the_case_comes_out_as_written_down(folder: Path) -> None:
    """EN-*, BA-3, SC-*"""
    expected, result = expected_of(folder), counted(folder)
    assert str(result.outcome) == expected["outcome"]
    told = [
        _told(one, wanted) for one, wanted in zip(result.rounds, expected["rounds"], strict=True)
    ]
    nothing: dict[str, Any] = {"eliminated": [], "elected": [], "inactive": {}}
    assert told == [nothing | wanted for wanted in expected["rounds"]]
    differing = {
        f"{r.rule} {r.setting} {in_words(r.value)}": str(r.outcome)
        for r in result.readings
        if r.differs
    }
    assert differing == expected["readings_that_differ"]
    for name, value in expected.items():
        if name in OTHERS:
            assert OTHERS[name](result, value) == value, name


def _told(one: Round, wanted: dict[str, Any]) -> dict[str, Any]:
    """The round in the words of the case: always who and why, the numbers that it names."""
    causes = {cause: getattr(one.inactive, cause) for cause in CAUSES}
    told: dict[str, Any] = {
        "tally": dict(one.tally),
        "eliminated": sorted(one.eliminated),
        "elected": list(one.elected),
        "inactive": {cause: votes for cause, votes in causes.items() if votes},
    }
    extra = {"threshold": one.threshold, "base": one.base, "transfers": one.transfers}
    return told | {name: extra[name] for name in wanted if name in extra}


def _ties(result: Result, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_tie(tie, w) for tie, w in zip(result.ties, wanted, strict=True)]


def _tie(tie: Tie, wanted: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "round": tie.round,
        "tied": list(tie.tied),
        "picked": tie.picked,
        "settled_by": tie.settled_by or "",
    }
    if "branches" in wanted:
        told["branches"] = {name: str(end) for name, end in tie.branches.items()}
    return told


OTHERS: dict[str, Any] = {
    "sums": lambda r, _: [r.sums.ballots, r.sums.counted, r.sums.blank, r.sums.unreadable],
    "ratified": lambda r, _: r.ratified,
    "notes": lambda r, _: [str(note) for note in r.notes],
    "ties": _ties,
}


@folders
def test_the_twin_agrees(folder: Path) -> None:
    """EN-*, BA-3, SC-*"""
    result = counted(folder)
    told = check(contest_of(folder), ballots_of(folder), EDITION, result, decisions_of(folder))
    assert told == ()


@pytest.mark.parametrize(
    "folder", [f for f in FOLDERS if f.parent.name[:2] in ("EN", "BA", "pu")], ids=case_name
)
def test_every_ballot_is_active_or_inactive_in_every_round(folder: Path) -> None:
    """BA-2"""
    result = counted(folder)
    read = result.sums.ballots - result.sums.unreadable
    assert [one.active + one.inactive.total for one in result.rounds] == [read] * len(result.rounds)
