"""contest.toml of a stand-alone count: the contest, how to read its ballots, ties decided.

The contest's own keys stand at the top (`models.contests.contest`); `[ballots]`, `[report]` and
`[[decisions]]` are this file's.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from connectors.ballot_files.settings import BallotSettings
from connectors.files.own_files import is_there
from connectors.files.toml_files import read_toml
from models.base import Value
from models.contests.contest import ABOUT_PEOPLE, Contest, contest_from
from models.errors import FixTheSettings
from models.faults import faults
from models.tally.outcome import Decision


def _a_day(written: object) -> str:
    """A day as TOML's own date or as text."""
    try:
        return date.fromisoformat(str(written)).isoformat() if written else ""
    except ValueError:
        raise ValueError("write the day as 2024-11-05") from None


class Heading(Value):
    """`[report]`: what the report says of the election around the contest."""

    date: Annotated[str, BeforeValidator(_a_day)] = ""
    jurisdiction: str = ""


class RecordedDecision(Value):
    """One of `[[decisions]]`: a tie decided outside the count (EN-R5)."""

    tied: tuple[str, ...]
    picked: str
    how: Annotated[str, Field(min_length=1)]  # the lot and its seed, the committee and the day

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.picked not in self.tied:
            raise ValueError("the choice that is picked is not among those tied")
        return self


class _Tables(Value):
    ballots: BallotSettings = BallotSettings()
    report: Heading = Heading()
    decisions: tuple[RecordedDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class ContestFile:
    """A contest and all that its count needs beside the ballots."""

    contest: Contest
    ballots: BallotSettings
    heading: Heading
    recorded: tuple[RecordedDecision, ...]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The recorded decisions as the count takes them."""
        return tuple(Decision(frozenset(d.tied), d.picked, d.how) for d in self.recorded)

    def table(self) -> dict[str, Any]:
        """The file again, without what it left out; a report carries it for a re-count."""
        tables = {
            "ballots": self.ballots,
            "report": self.heading,
        }
        told = {name: _dump(value) for name, value in tables.items() if _dump(value)}
        decided = [_dump(decision) for decision in self.recorded]
        kept = {k: v for k, v in _dump(self.contest).items() if k not in ABOUT_PEOPLE}
        return kept | told | ({"decisions": decided} if decided else {})


def read_contest(path: Path) -> ContestFile:
    """Read contest.toml.

    Raises:
        FixTheSettings: no such file, no TOML, or settings that are unknown, missing or
            contradictory; all at once, each with its place.
    """
    if not is_there(path):
        raise FixTheSettings(
            "there is no such file", where=str(path), next_step="see docs/count.md for an example"
        )
    return contest_file_from(read_toml(path), path.name)


def contest_file_from(table: dict[str, Any], where: str) -> ContestFile:
    """Check a parsed contest.toml.

    Raises:
        FixTheSettings: as for `read_contest`.
    """
    own = {name: table[name] for name in _Tables.model_fields if name in table}
    contest = contest_from({n: value for n, value in table.items() if n not in own}, where)
    try:
        tables = _Tables.model_validate(own)
    except ValidationError as exc:
        raise FixTheSettings(
            "; ".join(faults(exc, _Tables)),
            where=where,
            next_step="fix the keys; docs/count.md lists them",
        ) from None
    return ContestFile(contest, tables.ballots, tables.report, tables.decisions)


def _dump(value: Value) -> dict[str, Any]:
    return value.model_dump(mode="json", exclude_unset=True)
