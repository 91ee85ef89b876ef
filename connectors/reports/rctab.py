"""`detailed_report.json` in the layout of RCTab 2.x, and the variant that RCVis reads.

Numbers of ballots are texts there, as in RCTab. What RCTab has no place for – the outcome in the
bylaws' words, sums, rules, other readings, ties, digests, who withdrew – stands under
`clerk`, which its readers skip; RCVis refuses unknown keys, so its variant is written apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.bylaws.tally_rules import in_words
from models.tally.outcome import NoteKind, Result, Round, Tie

FORMAT_VERSION = "1"
"""RCTab's `jsonFormatVersion` for this layout."""


@dataclass(frozen=True, slots=True)
class About:
    """What a report says of itself and of the election around the contest."""

    generated_by: str
    office: str = ""
    date: str = ""
    jurisdiction: str = ""
    seats: int = 1


def detailed_report(result: Result, about: About, recount: Mapping[str, Any]) -> dict[str, Any]:
    """The whole report.

    Args:
        result: the counted race.
        about: the report's heading.
        recount: what a re-count needs beside the ballots: the contest's file and the edition.
    """
    last = result.rounds[-1]
    return {
        "config": {
            "contest": result.title,
            "date": about.date,
            "generatedBy": about.generated_by,
            "jurisdiction": about.jurisdiction,
            "office": about.office,
        },
        "jsonFormatVersion": FORMAT_VERSION,
        "results": [_round(one) for one in result.rounds],
        "summary": {
            "finalThreshold": str(last.threshold),
            "numCandidates": len(result.choices),
            "numWinners": about.seats,
            "totalNumBallots": str(result.sums.counted + result.sums.blank),
            "undervotes": last.inactive.undervotes,
        },
        "clerk": _clerk(result) | dict(recount),
    }


def rcvis_report(result: Result, about: About) -> dict[str, Any]:
    """The same rounds for RCVis (`rcvformats`' universal tabulator): no other key is allowed."""
    config = {
        "contest": result.title,
        "jurisdiction": about.jurisdiction,
        "office": about.office,
        "threshold": str(result.rounds[-1].threshold),
    }
    return {
        "config": config | ({"date": about.date} if about.date else {}),
        "results": [
            {
                "round": one.number,
                "tally": _texts(one.tally),
                "tallyResults": _moves(one),
            }
            for one in result.rounds
        ],
    }


def _round(one: Round) -> dict[str, Any]:
    gone = one.inactive
    return {
        "inactiveBallots": {
            "exhaustedChoices": str(gone.exhausted),
            "overvotes": str(gone.overvotes),
            "repeatedRankings": str(gone.repeated),
            "skippedRankings": str(gone.skipped),
        },
        "round": one.number,
        "tally": _texts(one.tally),
        "tallyResults": _moves(one),
        "threshold": str(one.threshold),
    }


def _moves(one: Round) -> list[dict[str, Any]]:
    """Who was elected, who was eliminated, and where their ballots went."""
    return [{"elected": name, "transfers": {}} for name in one.elected] + [
        {"eliminated": name, "transfers": _texts(one.transfers.get(name, {}))}
        for name in one.eliminated
    ]


def _texts(numbers: Mapping[str, int]) -> dict[str, str]:
    return {name: str(number) for name, number in numbers.items()}


def _clerk(result: Result) -> dict[str, Any]:
    """What the bylaws ask a result to say."""
    sums = result.sums
    return {
        "outcome": {"kind": str(result.outcome.kind), "choices": list(result.outcome.choices)},
        "kind": result.kind,
        "bar": str(result.bar),
        "base": str(result.base),
        "stopLine": result.stop_line,
        "sums": {
            "ballots": sums.ballots,
            "counted": sums.counted,
            "blank": sums.blank,
            "unreadable": sums.unreadable,
        },
        "bases": [one.base for one in result.rounds],
        "ratified": result.ratified,
        "rules": [
            {
                "rule": r.rule,
                "setting": str(r.setting),
                "value": in_words(r.value),
                "cite": r.cite,
            }
            for r in result.rules
        ],
        "readings": [
            {
                "rule": r.rule,
                "setting": str(r.setting),
                "value": in_words(r.value),
                "outcome": str(r.outcome),
                "differs": r.differs,
            }
            for r in result.readings
        ],
        # BA-6: the warning of a unanimous result is the tellers' alone.
        "notes": [str(note) for note in result.notes if note.kind is not NoteKind.UNANIMOUS],
        "ties": [_tie(tie) for tie in result.ties],
        "digests": dict(result.digests),
        **({"void": str(result.void.why)} if result.void else {}),
        **({"candidates": _candidates(result)} if result.excluded else {}),
    }


def _candidates(result: Result) -> list[dict[str, Any]]:
    """Who stood and who was passed over, in the keys of RCTab's own configuration.

    Its report has none; with this list in its configuration it counts the same ballots the same.
    """
    return [{"name": name, "excluded": name in result.excluded} for name in result.choices]


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        "round": tie.round,
        "for": "election" if tie.for_election else "elimination",
        "tied": list(tie.tied),
        "picked": tie.picked,
        "settledBy": str(tie.settled_by or ""),
        "explanation": tie.explanation,
        "branches": {name: str(outcome) for name, outcome in tie.branches.items()},
    }
