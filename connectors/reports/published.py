"""What a report says to everybody: the numbers that BA-6 keeps back are `null`, and named.

RCTab's keys stay, so that its readers find their places. The tellers' report keeps every number,
and the ballots' digest, by which these could be tried.
"""

from collections.abc import Mapping
from typing import Any

from models.contests.contest import Contest
from models.tally.outcome import Result
from models.votes.withheld import (
    bar_shows_ballots,
    ends_few,
    is_confidential,
    is_race_of_few,
    notes_told,
    ratified_by_few,
    readings_told,
    splits_off_few,
)


def published(report: Mapping[str, Any], result: Result, contest: Contest) -> dict[str, Any]:
    """A report without the numbers that could point at somebody (BA-6).

    Args:
        report: the whole one, of `detailed_report`.
    """
    told: dict[str, Any] = dict(report)
    if not is_confidential(contest):
        return told
    clerk = dict(told["clerk"])
    clerk["digests"] = {k: v for k, v in clerk["digests"].items() if k != "ballots"}
    clerk["withheld"] = ["digests.ballots"]
    told["clerk"], told["summary"] = clerk, dict(told["summary"])
    if is_race_of_few(result):
        _hide_race(told, result, contest)
        return told
    if ends_few(result):
        _hide_causes(told)
    if hides_ballots(contest):
        _hide_ballots(told, result, contest)
    elif splits_off_few(result.sums):
        _hide_blank(told)
    if ratified_by_few(result, contest):
        clerk["withheld"].append("ratified")
        clerk["ratified"] = None
    return told


def hides_ballots(contest: Contest) -> bool:
    """Whether the number of ballots is withheld.

    A count of its own cannot tell how many voted outside a contest's districts (EN-R10).
    """
    return bool(contest.voting_districts) and is_confidential(contest)


def _hide_race(told: dict[str, Any], result: Result, contest: Contest) -> None:
    clerk = told["clerk"]
    clerk["withheld"].append("every number, note and reading: fewer than ten ballots")
    told["results"], clerk["bases"], clerk["ties"], clerk["readings"] = [], [], [], []
    clerk["notes"] = _notes(result, contest)
    told["summary"] |= dict.fromkeys(("finalThreshold", "totalNumBallots", "undervotes"))
    clerk |= {"sums": dict.fromkeys(clerk["sums"]), "ratified": None}


def _hide_causes(told: dict[str, Any]) -> None:
    told["clerk"]["withheld"].append("results.inactiveBallots")
    told["results"] = [
        one | {"inactiveBallots": dict.fromkeys(one["inactiveBallots"])} for one in told["results"]
    ]


def _hide_blank(told: dict[str, Any]) -> None:
    clerk = told["clerk"]
    clerk["withheld"].append("sums.blank, sums.unreadable")
    told["summary"] |= dict.fromkeys(("totalNumBallots", "undervotes"))
    clerk["sums"] = clerk["sums"] | dict.fromkeys(("blank", "unreadable"))


def _hide_ballots(told: dict[str, Any], result: Result, contest: Contest) -> None:
    """Also what tells how many ballots there were, where blank ones count: base, bar, readings."""
    _hide_blank(told)
    clerk, readings = told["clerk"], readings_told(result, contest, hides_ballots=True)
    clerk["withheld"].append("sums.ballots, readings of all ballots cast")
    clerk["sums"] = clerk["sums"] | {"ballots": None}
    clerk["readings"] = [
        told_of
        for told_of, reading in zip(clerk["readings"], result.readings, strict=True)
        if reading in readings
    ]
    if not bar_shows_ballots(result):
        return
    clerk["withheld"].append("bases, results.threshold, ties.branches")
    clerk["ties"] = [tie | {"branches": {}} for tie in clerk["ties"]]
    clerk["bases"], clerk["notes"] = [], _notes(result, contest)
    told["summary"]["finalThreshold"] = None
    told["results"] = [one | {"threshold": None} for one in told["results"]]


def _notes(result: Result, contest: Contest) -> list[str]:
    hidden = hides_ballots(contest)
    return [str(note) for note in notes_told(result, contest, hides_ballots=hidden)]


def has_rounds(result: Result, contest: Contest) -> bool:
    """Whether the rounds may be published with the bar, for RCVis say."""
    few = is_confidential(contest) and is_race_of_few(result)
    return not few and not (hides_ballots(contest) and bar_shows_ballots(result))
