"""A report and its ballots → whether the same comes out again, by the count and by its twin."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.ballot_files import contest_file_from
from connectors.reports import REPORT, read_report, reports_in
from flows.counting.count import (
    AGREES,
    EDITION,
    count_once,
    day_of,
    read_cast,
    read_edition,
    report_of,
    second_count,
    whole_report_of,
)
from models.errors import FixTheData

NEEDED = {"contest": dict, "digests": dict, "outcome": dict, "sums": dict}
"""What a recount looks at in a report, besides its rounds."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that a recount compares, and whether it is the same.

    None where the report withholds what would show it.
    """

    what: str
    same: bool | None


def recount(report: Path, ballots: Path, bylaws: Path | None = None) -> tuple[Proof, ...]:
    """Count the ballots of a report again, twice: by the count and by its twin.

    The contest is the report's own; the bylaws are this installation's or the file named. In a
    folder the tellers' report is held to its ballots too: it says what the public one keeps back.

    Raises:
        FixTheSettings: the contest in the report contradicts itself.
        FixTheData: no report, or ballots that cannot be read.
    """
    same: dict[str, list[bool]] = {}
    _no_election(report)
    for one in reports_in(report):
        for proof in _recount(one, ballots, bylaws):
            said = same.setdefault(proof.what, [])
            said += [] if proof.same is None else [proof.same]
    return tuple(Proof(what, all(said) if said else None) for what, said in same.items())


def _recount(report: Path, ballots: Path, bylaws: Path | None) -> tuple[Proof, ...]:
    said = read_report(report)
    clerk = said["clerk"]
    if isinstance(clerk, dict) and "contest" not in clerk:
        raise _of_an_election(report, "the report of one contest of an election")
    if not (
        isinstance(clerk, dict) and all(isinstance(clerk.get(k), t) for k, t in NEEDED.items())
    ):
        raise FixTheData(
            "this report is incomplete or was changed: it lacks what a recount needs",
            where=str(report),
            next_step=f"use the {REPORT} that `clerk count --out` wrote",
        )
    file = contest_file_from(clerk["contest"], where=report.name)
    told = str(clerk["digests"].get("edition", ""))
    edition = read_edition(bylaws or EDITION, day_of(file), told=told)
    counted = count_once(file, read_cast(ballots, file, edition), edition)
    counted = second_count(counted)
    again = report_of(counted) if "withheld" in clerk else whole_report_of(counted)
    return (
        *(_input(what, digest, clerk) for what, digest in counted.result.digests.items()),
        Proof("every round", said["results"] == again["results"]),
        Proof("the outcome", clerk["outcome"] == again["clerk"]["outcome"]),
        Proof("its notes", _said(clerk) == _said(json.loads(json.dumps(again["clerk"])))),
        Proof("a second, independent count", again["clerk"]["secondCount"] == AGREES),
    )


def _input(what: str, digest: str, clerk: Mapping[str, Any]) -> Proof:
    """Whether the same was counted; a public report does not tell of the ballots (BA-6)."""
    told = clerk["digests"].get(what)
    kept = told is None and f"digests.{what}" in clerk.get("withheld", ())
    return Proof(f"the {what}", None if kept else told == digest)


def _said(clerk: Mapping[str, Any]) -> dict[str, Any]:
    """Sums, bar, rules, readings, notes: all but the proofs that stand for themselves."""
    apart = ("digests", "outcome", "secondCount")
    return {key: value for key, value in clerk.items() if key not in apart}


def _no_election(folder: Path) -> None:
    """Refuse a folder that an election's count left, with what can be counted again."""
    if not folder.is_dir() or (folder / REPORT).exists():
        return
    if (folder / "election.toml").exists() or (folder.parent / "election.toml").exists():
        raise _of_an_election(folder, "an election's folder")


def _of_an_election(where: Path, what: str) -> FixTheData:
    """Its ballots are bound to the roll by their codes: which rows count is not in the report."""
    return FixTheData(
        f"this is {what}; only a report of `clerk count` contains its contest",
        where=str(where),
        next_step="to recount it from its form, run `clerk election recount NAME`",
    )
