"""BA-6 on a page: `models.withheld` says what is kept back; a teller's page keeps nothing back."""

from connectors.pages.report import ElectionSums, RaceReport
from models import withheld
from models.withheld import FEWEST as FEWEST
from models.withheld import is_small


def hides_causes(report: RaceReport, *, tellers: bool) -> bool:
    """Whether a race keeps back why its ballots ended without a choice: also where only a round
    before the last ended few, for its page tells how many ended in each."""
    return withheld.ends_few(report.result) and report.confidential and not tellers


def hides_boxes(sums: ElectionSums, *, tellers: bool) -> bool:
    """Whether an election keeps back which rows were superseded and why others were set aside: one
    breakdown, for the rows received would show the one part by the other."""
    return withheld.has_few((sums.superseded, *sums.set_aside.values())) and not tellers


def hides_rows_not_counted(sums: ElectionSums, *, tellers: bool) -> bool:
    """Whether an election keeps back how many rows arrived."""
    return is_small(sums.received - sums.counted) and not tellers


def hides_race(report: RaceReport, *, tellers: bool) -> bool:
    """Whether a race says only how it ended."""
    return withheld.is_race_of_few(report.result) and report.confidential and not tellers


def hides_digest(report: RaceReport, *, tellers: bool) -> bool:
    """Whether the ballots' digest is kept back: numbers that are could be tried by it."""
    return report.confidential and not tellers


def hides_ballots(report: RaceReport, *, tellers: bool) -> bool:
    """Whether a race of some districts keeps back how many ballots it had, blank ones included.

    Nobody elsewhere is kept back as a few are: what is kept back must not tell that there is one.
    """
    few = bool(report.contest.districts) and report.elsewhere < FEWEST
    return (few or report.kept_back) and report.confidential and not tellers


def joins_blank_and_unreadable(report: RaceReport, *, tellers: bool) -> bool:
    """Whether blank and unreadable ballots are told together."""
    return withheld.splits_off_few(report.result.sums) and report.confidential and not tellers


def hides_ratified(report: RaceReport, *, tellers: bool) -> bool:
    """Whether the part of the recommendation's votes that ratified it is kept back (EN-6)."""
    return withheld.ratified_by_few(report.result, report.contest) and not tellers


def hides_roll(sums: ElectionSums, *, tellers: bool) -> bool:
    """Whether an election keeps back how many could have voted: with the turnout it would show how
    few did not, or that everybody did."""
    return sums.voters is not None and sums.voters - sums.counted < FEWEST and not tellers


def hides_turnout(sums: ElectionSums, *, tellers: bool) -> bool:
    """Whether an election keeps back how many voted."""
    return is_small(sums.counted) and not tellers
