"""What a report says to everybody: the numbers that BA-6 keeps back are `null`, and named.

RCTab's keys stay, so that its readers find their places. The tellers' report keeps every number,
and the ballots' digest, by which these could be tried.
"""

from collections.abc import Mapping
from typing import Any

from models.contests import Contest
from models.tally.outcome import Result
from models.withheld import (
    ends_few,
    is_confidential,
    is_race_of_few,
    notes_told,
    ratified_by_few,
    splits_off_few,
)


def published(report: Mapping[str, Any], result: Result, contest: Contest) -> dict[str, Any]:
    """A report without the numbers that could point at somebody (BA-6).

    Args:
        report: the whole one, of `detailed_report`.
    """
    told = dict(report)
    if not is_confidential(contest):
        return told
    clerk, summary, withheld = dict(told["clerk"]), dict(told["summary"]), ["digests.ballots"]
    clerk["digests"] = {k: v for k, v in clerk["digests"].items() if k != "ballots"}
    if is_race_of_few(result):
        withheld.append("every number, note and reading: fewer than ten ballots")
        told["results"], clerk["bases"], clerk["ties"] = [], [], []
        clerk["notes"] = [str(note) for note in notes_told(result, contest)]
        clerk["readings"] = []
        summary |= dict.fromkeys(("finalThreshold", "totalNumBallots", "undervotes"))
        clerk |= {"sums": dict.fromkeys(clerk["sums"]), "ratified": None}
    else:
        if ends_few(result):
            withheld.append("results.inactiveBallots")
            told["results"] = [
                one | {"inactiveBallots": dict.fromkeys(one["inactiveBallots"])}
                for one in told["results"]
            ]
        if splits_off_few(result.sums):
            withheld.append("sums.blank, sums.unreadable")
            summary |= dict.fromkeys(("totalNumBallots", "undervotes"))
            clerk["sums"] = clerk["sums"] | dict.fromkeys(("blank", "unreadable"))
        if ratified_by_few(result, contest):
            withheld.append("ratified")
            clerk["ratified"] = None
    told["summary"], told["clerk"] = summary, clerk | {"withheld": withheld}
    return told


def has_rounds(result: Result, contest: Contest) -> bool:
    """Whether the rounds may be published, for RCVis say."""
    return not (is_confidential(contest) and is_race_of_few(result))
