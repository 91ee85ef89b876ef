"""docs/count.md says everything that contest.toml may say, and its examples come out as shown."""

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from connectors.ballot_files import BallotSettings, Heading
from connectors.ballot_files.contest_file import RecordedDecision
from flows.cli.count import count
from flows.counting.count import EDITION, count_files, read_edition
from models import errors
from models.base import Value
from models.bylaws.tally_rules import Base, Overvotes, StopLine, TieRule
from models.contests import contest as contests
from models.contests.contest import Ranked
from models.tally.settings import PUBLIC

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "count.md").read_text(encoding="utf-8")
EXAMPLES = ROOT / "docs" / "examples"
KINDS: list[type[Value]] = [
    *(contests.Ranked, contests.SingleChoice, contests.RatifyOrPrefer, contests.UpOrDown),
    *(contests.Question, contests.CommitteeDecision, contests.Approval),
]
SETTINGS = contests.Settings


@pytest.mark.parametrize("told", [*KINDS, SETTINGS, BallotSettings, Heading, RecordedDecision])
def test_every_key_is_told(told: type[Value]) -> None:
    """A key nobody can read about is a key nobody can use."""
    missing = [name for name in told.model_fields if f"`{name}" not in PAGE]
    assert missing == []


def test_every_word_of_a_setting_is_told() -> None:
    """Kinds, bases, tie rules, over-vote rules."""
    words = [kind.model_fields["kind"].default for kind in KINDS]
    words += [*Base, *StopLine, *TieRule, *Overvotes]
    assert [word for word in words if word not in PAGE] == []


def test_every_exit_code_is_told() -> None:
    """The codes that a count can end with."""
    kinds = (errors.FixTheSettings, errors.FixTheData, errors.AskAPerson, errors.ClerkError)
    assert [kind for kind in kinds if f"| {kind.exit_code} |" not in PAGE] == []


def test_the_defaults_are_those_of_the_edition() -> None:
    """The table of settings names rule and value of the bylaws, and of public contests."""
    rows = {
        row[0].strip(" `"): [cell.strip(" `") for cell in row[1:]]
        for line in re.findall(r"^\| `.+ \|$", PAGE, re.MULTILINE)
        if len(row := line.strip("|").split("|")) == 5
    }
    edition = read_edition(EDITION)
    groups = (edition.endorsement, edition.ranked, edition.errors)
    ruled = {name: rule for group in groups for name, rule in group if name in rows}
    assert len(ruled) == 9
    for name, rule in ruled.items():
        assert rule.rule in rows[name][0], name
        assert _said(rule.value) == rows[name][1], name
        assert rows[name][2] in (_said(PUBLIC[name]), "the same"), name


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    words = {"True": "yes", "False": "no", "3/5": "60%", "1/2": "50%", "-1": "−1"}
    return words.get(str(value), str(value))


def test_the_example_comes_out_as_shown() -> None:
    """The text at the top of the page is what the command prints."""
    app = typer.Typer()
    app.command()(count)
    folder = EXAMPLES / "council"
    files = [str(folder / "ballots.csv"), "--contest", str(folder / "contest.toml")]
    assert f"```\n{CliRunner().invoke(app, files).stdout}```" in PAGE


@pytest.mark.parametrize(
    ("example", "outcome"),
    [
        ("mayor", "elected: Eli Evans"),
        ("form", "no consensus"),
        ("council", "endorsed: Ana Álvarez"),
    ],
)
def test_every_example_is_counted(example: str, outcome: str) -> None:
    """A public cast vote record, a form's export, a plain table."""
    folder = EXAMPLES / example
    counted = count_files(folder / "ballots.csv", folder / "contest.toml")
    assert str(counted.result.outcome) == outcome
    assert counted.disagreements == ()
    assert isinstance(counted.file.contest, Ranked)


def test_no_example_is_forgotten() -> None:
    """Every folder of examples is tried above."""
    assert {folder.name for folder in EXAMPLES.iterdir() if (folder / "contest.toml").exists()} == {
        *("council", "mayor", "form")
    }
