"""A stand-alone count: a file of ballots and a contest → a result that anyone can count again.

Read the contest and the ballots, count, count a second time apart, write the report. No account,
no ledger, no Prefect: any group can use it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import models.bylaws
from connectors.ballot_files import BallotFile, ContestFile, read_ballots, read_contest
from connectors.files.old_names import renewed
from connectors.files.toml_files import read_toml
from connectors.reports import (
    REPORT,
    About,
    as_text,
    detailed_report,
    earlier_report,
    has_rounds,
    published,
    rcvis_report,
    remove_report,
    write_published,
    write_tellers,
)
from models.bylaws.counting import CountingRules, counting_rules_from
from models.bylaws.rules import bylaws_from
from models.contests.contest import Advisory, Approval, CommitteeDecision, RatifyOrPrefer
from models.errors import ClerkError, FixTheSettings, Refused
from models.faults import shown
from models.old_names import BYLAWS
from models.tally.count import count
from models.tally.count_committee import committee_vote, quorum_of
from models.tally.digests import ballots_digest, contest_digest, edition_digest
from models.tally.outcome import Result
from models.tally.ratify import ratifying
from models.tally.settings import choose, is_ranked

EDITION = Path(models.bylaws.__file__).parent / "editions" / "jp-progressives.toml"
"""The built-in bylaws."""

AGREES = "agrees"
"""What a report says of a second count that found the same."""

TWIN_AT_ONCE = 20_000
"""Distinct rankings up to which the second count is made at once; it is deliberately slow."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A contest with its ballots, its result, and what a second count says of it.

    `disagreements` is None while no second count was made, and () when it agrees.
    """

    file: ContestFile
    ballots: BallotFile
    edition: CountingRules
    result: Result
    disagreements: tuple[str, ...] | None = None


def count_files(
    ballots: Path, contest: Path, bylaws: Path | None = None, on: date | None = None
) -> Counted:
    """Read, count, and count again where that takes no time.

    Args:
        on: by the edition in force on this day; without it, on that of the contest's report, or
            else today.

    Raises:
        FixTheSettings: the contest or the bylaws contradict themselves.
        FixTheData: the ballots cannot be read or counted.
        ClerkError: the two counts disagree, which is a bug.
    """
    file = read_contest(contest)
    edition = read_edition(bylaws or EDITION, on or day_of(file))
    cast = read_cast(ballots, file, edition)
    try:
        counted = count_once(file, cast, edition)
    except FixTheSettings as exc:
        exc.where = f"{contest.name}, {exc.where}"
        raise
    if len(counted.ballots.rankings) > TWIN_AT_ONCE:
        return counted
    counted = second_count(counted)
    if counted.disagreements:
        raise ClerkError(
            "two independent counts of the same ballots disagree: "
            f"{'; '.join(counted.disagreements)}",
            where=f"contest {file.contest.id}",
            next_step="do not publish anything; report this bug with the contest file",
        )
    return counted


def read_cast(ballots: Path, file: ContestFile, edition: CountingRules) -> BallotFile:
    """The ballots of a contest; the edition says whether voters rank in it."""
    ranked = is_ranked(file.contest, edition)
    return read_ballots(ballots, file.contest, file.ballots, ranked=ranked)


def count_once(file: ContestFile, ballots: BallotFile, edition: CountingRules) -> Counted:
    """Count without a second count."""
    result = count(
        file.contest,
        ballots.rankings,
        edition,
        unreadable=ballots.unreadable,
        decisions=file.decisions,
        digests=_digests(file, ballots, edition),
    )
    return Counted(file, ballots, edition, result)


def second_count(counted: Counted) -> Counted:
    """Let the twin count the same ballots."""
    from models.tally.cross_check import check

    file = counted.file
    found = check(
        file.contest, counted.ballots.rankings, counted.edition, counted.result, file.decisions
    )
    return replace(counted, disagreements=tuple(found))


def report_of(counted: Counted) -> dict[str, Any]:
    """`detailed_report.json` for everybody: without the numbers that BA-6 keeps back."""
    return published(whole_report_of(counted), counted.result, counted.file.contest)


def whole_report_of(counted: Counted) -> dict[str, Any]:
    """The tellers' `detailed_report.json`; both carry what a re-count needs beside the ballots."""
    recount = {
        "edition": counted.edition.name,
        "contest": counted.file.table(),
        "secondCount": _second(counted),
    }
    return detailed_report(counted.result, _about(counted.file), recount)


def write(counted: Counted, folder: Path, *, replace: bool = False) -> list[Path]:
    """Write the report, its pages, and for the tellers the ballots (BA-6).

    Args:
        replace: another count's report may go.

    Returns:
        The files, those for everybody first.

    Raises:
        Refused: this folder contains the report of other ballots or of another contest.
    """
    _make_room(counted, folder, replace=replace)
    from connectors.pages import LANGUAGES, RaceReport, race_file, race_page
    from connectors.reports import rankings as export

    file, result = counted.file, counted.result
    contest, votes = file.contest, counted.ballots.rankings
    if isinstance(contest, RatifyOrPrefer):
        votes, _ = ratifying(votes, len(contest.choices), contest.recommended)
    read = votes
    if not isinstance(contest, Approval | Advisory | CommitteeDecision):
        read = export.resolved(votes, choose(contest, counted.edition).rules)
    race = RaceReport(result, contest, counted.edition.name)
    pages = {
        race_file(contest.id, tongue): race_page(race, language=tongue) for tongue in LANGUAGES
    }
    rcvis = {"rcvis.json": as_text(rcvis_report(result, _about(file)))}
    has = has_rounds(result, contest)
    for_everybody = {
        REPORT: as_text(report_of(counted)),
        **(rcvis if has else {}),
        **pages,
    }
    tellers = {
        REPORT: [as_text(whole_report_of(counted))],
        **({} if has else rcvis),
        "ballots.blt": export.blt(result.title, contest.race, read, _seats(file)),
        "ballots.csv": export.generic_csv(contest.choices, votes),
        race_file(contest.id, "en"): [race_page(race, tellers=True)],
    }
    # The tellers' digests first: after a full disk they tell that it was the same count.
    for_tellers = write_tellers(folder, tellers)
    withdrawn = () if has else rcvis
    return [*write_published(folder, for_everybody, without=withdrawn), *for_tellers]


def _make_room(counted: Counted, folder: Path, *, replace: bool) -> None:
    """Let no report be lost in silence: only the same input is counted into a folder again."""
    old = earlier_report(folder)
    same = ("ballots", "contest")
    if old is None or all(old.get(what) == counted.result.digests[what] for what in same):
        return
    if not replace:
        raise Refused(
            "this folder contains the report of other ballots or of another contest",
            where=str(folder),
            next_step="choose another folder with --out, or add --replace",
        )
    remove_report(folder)


def taken_part(counted: Counted) -> str:
    """Participation and quorum of a committee's decision; "" for other contests."""
    contest, result = counted.file.contest, counted.result
    if not isinstance(contest, CommitteeDecision):
        return ""
    tally = result.rounds[0].tally
    vote = committee_vote(contest, tally[contest.yes], tally[contest.no], result.sums)
    return vote.took_part(quorum_of(counted.edition))


def read_edition(path: Path, on: date | None = None, *, told: str = "") -> CountingRules:
    """The counting rules of a bylaws file, or of the second file of a chapter that has two.

    Args:
        on: a day on which the edition was in force; without it, today.
        told: the digest of the edition that a report was counted by; it is taken if it is there.

    Raises:
        FixTheSettings: no such file, or rules that are unknown, missing or mistyped.
    """
    table = read_toml(path)
    if "editions" not in table:
        return counting_rules_from(table, path.name)
    bylaws = bylaws_from(renewed(table, BYLAWS, shown(path.name)), path.name)
    in_force = bylaws.closest(on or datetime.now(UTC).date()).counting
    each = [edition.counting for edition in bylaws.editions] if told else []
    return next((one for one in each if edition_digest(one) == told), in_force)


def day_of(file: ContestFile) -> date | None:
    """The day that a contest's file says its vote was held on."""
    return date.fromisoformat(file.heading.date) if file.heading.date else None


def _digests(file: ContestFile, ballots: BallotFile, edition: CountingRules) -> Mapping[str, str]:
    return {
        "ballots": ballots_digest(ballots.rankings, ballots.unreadable),
        "contest": contest_digest(file.contest),
        "edition": edition_digest(edition),
    }


def _about(file: ContestFile) -> About:
    return About(
        generated_by=f"Chapter Clerk {version('chapter-clerk')}",
        office=file.contest.office,
        date=file.heading.date,
        jurisdiction=file.heading.jurisdiction,
        seats=_seats(file),
    )


def _seats(file: ContestFile) -> int:
    return file.contest.seats if isinstance(file.contest, Approval) else 1


def _second(counted: Counted) -> str:
    if counted.disagreements is None:
        return "not done; `clerk recount` does it"
    return "; ".join(counted.disagreements) or AGREES
