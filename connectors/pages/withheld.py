"""BA-6 on a page: `models.votes.withheld` says what is kept back.

A teller's page keeps nothing back.
"""

from collections.abc import Sequence

from connectors.pages.report import ElectionSums, RaceReport
from models.contests.contest import RatifyOrPrefer
from models.tally.outcome import Interpretation, Note
from models.votes import withheld
from models.votes.withheld import FEWEST as FEWEST


def hides_causes(report: RaceReport, *, tellers: bool) -> bool:
    """Whether a contest withholds why its ballots became inactive.

    This holds also where only an earlier round had few: the page shows how many ended in each.
    """
    return withheld.ends_few(report.result) and report.confidential and not tellers


def hides_reasons(sums: ElectionSums, *, tellers: bool) -> bool:
    """Whether an election keeps back why rows were set aside; how many were is a total."""
    return withheld.has_few(sums.set_aside.values()) and not tellers


def hides_race(report: RaceReport, *, tellers: bool) -> bool:
    """Whether a race says only how it ended."""
    return withheld.is_race_of_few(report.result) and report.confidential and not tellers


def notes(report: RaceReport, *, tellers: bool) -> tuple[Note, ...]:
    """What is said beside the numbers."""
    result = report.result
    if tellers:
        return result.notes
    hidden = hides_ballots(report, tellers=tellers)
    return withheld.notes_told(result, report.contest, hides_ballots=hidden)


def readings(report: RaceReport, *, tellers: bool) -> tuple[Interpretation, ...]:
    """The other readings whose outcome is shown."""
    result = report.result
    if tellers:
        return result.readings
    hidden = hides_ballots(report, tellers=tellers)
    return withheld.readings_told(result, report.contest, hides_ballots=hidden)


def hides_readings(report: RaceReport, *, tellers: bool) -> bool:
    """Whether some other reading is left out, so that nothing can be said of all of them."""
    return len(readings(report, tellers=tellers)) < len(report.result.readings)


def hides_digest(report: RaceReport, *, tellers: bool) -> bool:
    """Whether the ballots' digest is kept back: numbers that are could be tried by it."""
    return report.confidential and not tellers


def hides_ballots(report: RaceReport, *, tellers: bool) -> bool:
    """Whether a race of some districts keeps back how many ballots it had, blank ones included.

    An empty group is withheld like a small one. Otherwise, withholding a number would reveal that
    the group is not empty.
    """
    few = bool(report.contest.voting_districts) and report.elsewhere < FEWEST
    return (few or report.kept_back) and report.confidential and not tellers


def hides_bar(report: RaceReport, *, tellers: bool) -> bool:
    """Whether a contest withholds its base, the threshold in votes, and the percentages.

    They would show how many ballots it had.
    """
    return withheld.bar_shows_ballots(report.result) and hides_ballots(report, tellers=tellers)


def joins_blank_and_unreadable(report: RaceReport, *, tellers: bool) -> bool:
    """Whether blank and unreadable ballots are told together."""
    return withheld.splits_off_few(report.result.sums) and report.confidential and not tellers


def hides_ratified(report: RaceReport, *, tellers: bool) -> bool:
    """Whether the part of the recommendation's votes that ratified it is kept back (EN-6)."""
    asked = isinstance(report.contest, RatifyOrPrefer)
    return asked and withheld.ratified_by_few(report.result, report.contest) and not tellers


def of_race(report: RaceReport, *, tellers: bool) -> list[str]:
    """What the page of a race leaves out, as keys of `withheld.what`: its readers are told once."""
    if hides_race(report, tellers=tellers):
        return ["race"]
    hidden = {
        "blank": hides_ballots(report, tellers=tellers),
        "needed": hides_bar(report, tellers=tellers),
        "percentages": hides_bar(report, tellers=tellers),
        "readings": hides_readings(report, tellers=tellers),
        "branches": hides_bar(report, tellers=tellers) and report.result.question is not None,
        "causes": hides_causes(report, tellers=tellers),
        "ratified": hides_ratified(report, tellers=tellers),
    }
    return [name for name, is_hidden in hidden.items() if is_hidden]


def of_election(
    reports: Sequence[RaceReport], sums: ElectionSums | None, *, tellers: bool
) -> list[str]:
    """What the page of an election leaves out, likewise."""
    few = any(hides_race(report, tellers=tellers) for report in reports)
    reasons = sums is not None and hides_reasons(sums, tellers=tellers)
    return ["races"] * few + ["reasons"] * reasons
