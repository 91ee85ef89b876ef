"""A race that nobody marked: it decides nothing"""

from typing import Any

import pytest

from models.tally.cross_check import check
from models.tally.outcome import OutcomeKind
from tests.bylaws.votes import ballots, contest, vote
from tests.cases.reading import EDITION

KINDS: dict[str, dict[str, Any]] = {
    "ranked": {},
    "single-choice": {},
    "ratify-or-prefer": {"recommendation": "A"},
    "question": {},
    "abbreviated": {"purpose": "abbreviated", "subject": "D"},
    "anti-endorsement": {"purpose": "anti-endorsement", "subject": "D"},
    "slate": {"purpose": "slate", "subject": "the slate"},
    "priorities": {"purpose": "priorities", "subject": "the priorities"},
    "approval": {"seats": 2},
    "advisory": {"proposals": ["A", "B"]},
    "public": {"rules": "public", "no_endorsement": ""},
    "committee": {"active": 10, "present": 8},
}
ONE_MARK = {
    "ranked": ("A", "endorsed: A"),
    "single-choice": ("A", "endorsed: A"),
    "ratify-or-prefer": ("A", "endorsed: A"),
    "question": ("Yes", "endorsed: Yes"),
    "abbreviated": ("Yes", "endorsed: D"),
    "anti-endorsement": ("Yes", "anti-endorsed: D"),
    "slate": ("No", "no confidence: the slate"),
    "priorities": ("Yes", "adopted: the priorities"),
    "approval": ("A", "elected: A"),
    "advisory": ("A", "advised: A"),
    "public": ("A", "elected: A"),
    "committee": ("Abstain", "not adopted"),
}
PURPOSES = [name for name, table in KINDS.items() if "purpose" in table]
each_kind = pytest.mark.parametrize("name", list(KINDS))


def kind_of(name: str) -> str:
    """The kind of contest behind a name."""
    return "up-or-down" if name in PURPOSES else {"public": "ranked"}.get(name, name)


def ended(name: str, votes: str) -> str:
    """How a vote ends, which the second count finds as well."""
    kind = kind_of(name)
    asked = contest(kind, **KINDS[name])
    result = vote(votes, kind, **KINDS[name])
    assert check(asked, ballots(asked, votes), EDITION, result) == ()
    return str(result.outcome)


@each_kind
def test_a_race_without_a_ballot_decides_nothing(name: str) -> None:
    """EN-R12"""
    assert ended(name, "") == OutcomeKind.NOBODY_VOTED


@each_kind
def test_one_blank_ballot_decides_nothing(name: str) -> None:
    """EN-R12"""
    assert ended(name, "1 -") == OutcomeKind.NOBODY_VOTED


@each_kind
def test_no_other_reading_makes_it_decide(name: str) -> None:
    """EN-R12"""
    kind = kind_of(name)
    readings = vote("3 -", kind, **KINDS[name]).readings
    assert not any(reading.differs for reading in readings)


@each_kind
def test_one_marked_ballot_decides(name: str) -> None:
    """EN-R12"""
    mark, told = ONE_MARK[name]
    assert ended(name, f"1 {mark}") == told


def test_a_slate_that_nobody_marked_asks_for_no_ad_hoc_committee() -> None:
    """EN-R12, SC-8"""
    result = vote("12 -", "up-or-down", purpose="slate", subject="the slate")
    assert [str(note) for note in result.notes] == ["no ballot marks this race (EN-R12)"]


def test_a_public_contest_that_nobody_marked_asks_for_no_lot() -> None:
    """EN-R12, EN-R5"""
    result = vote("2 -", "ranked", candidates=["A", "B"], rules="public", no_endorsement="")
    assert (result.question, len(result.rounds)) == (None, 1)


def test_without_its_quorum_a_committee_decides_nothing_for_that_reason() -> None:
    """EN-R12, SC-4"""
    assert str(vote("", "committee", active=10, present=6).outcome) == "no quorum"
