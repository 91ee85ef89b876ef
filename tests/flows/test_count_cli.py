"""`clerk count` and `clerk recount` as a person or a script uses them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from flows.count_cli import count, recount
from models.errors import AskAPerson, FixTheData

CONTEST = 'kind = "single-choice"\nid = "da"\ntitle = "DA"\ncandidates = ["Ann", "Bob"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A contest and 10 ballots."""
    (tmp_path / "contest.toml").write_text(CONTEST)
    (tmp_path / "ballots.csv").write_text("vote\n" + "Ann\n" * 7 + "Bob\n" * 2 + "No endorsement\n")
    return tmp_path


def clerk(*arguments: object) -> Result:
    """Run a command as `clerk` would."""
    app = typer.Typer()
    app.command("count")(count)
    app.command("recount")(recount)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def counting(folder: Path, *options: object) -> Result:
    """`clerk count` of the folder's files."""
    return clerk("count", folder / "ballots.csv", "--contest", folder / "contest.toml", *options)


def test_the_answer_comes_first(folder: Path) -> None:
    """The sentence of the result, then sums, numbers, and what the second count says."""
    lines = counting(folder).stdout.splitlines()
    assert lines[0] == "DA: endorsed: Ann"
    assert lines[1].startswith("10 ballots = 10 counted + 0 blank + 0 unreadable (BA-2)")
    assert ["Ann", "7"] in [line.split() for line in lines]
    assert ["Needed", "7"] in [line.split() for line in lines]
    assert "A second count, made apart, agrees." in lines


def test_json_is_the_report_and_nothing_else(folder: Path) -> None:
    """The same report as in the folder; warnings go to standard error."""
    printed = counting(folder, "--json", "--out", folder / "out")
    written = (folder / "out" / "detailed_report.json").read_text(encoding="utf-8")
    assert json.loads(printed.stdout) == json.loads(written)
    assert printed.exit_code == 0


def test_the_tellers_are_warned_of_a_unanimous_result(folder: Path) -> None:
    """BA-6: on their terminal, not in the report."""
    (folder / "ballots.csv").write_text("vote\n" + "Ann\n" * 12)
    printed = counting(folder, "--json")
    assert "tellers" in printed.stderr
    assert "tellers" not in printed.stdout


def test_rows_set_aside_and_a_guessed_encoding_are_said(folder: Path) -> None:
    """BA-2: by place, on standard error, so that a script's answer stays clean."""
    (folder / "contest.toml").write_text(CONTEST + '[ballots]\nunreadable = "set aside"\n')
    (folder / "ballots.csv").write_bytes("vote\nAnn\nZoé\n".encode("latin-1"))
    printed = counting(folder)
    assert "Set aside (BA-2): ballots.csv!A3" in printed.stderr
    assert "Windows-1252" in printed.stderr
    assert "Zo" not in printed.output


def test_a_vote_of_no_ballots(folder: Path) -> None:
    """BA-2: it is said, not taken for a mistake."""
    (folder / "ballots.csv").write_text("vote\n")
    lines = counting(folder).stdout.splitlines()
    assert lines[:1] == ["DA: no consensus"]
    assert "no ballot marks this race (BA-2)" in lines


def test_another_reading_that_ends_otherwise_is_told(folder: Path) -> None:
    """EN-R1: 6 of 10 is exactly the bar."""
    (folder / "ballots.csv").write_text("vote\n" + "Ann\n" * 6 + "Bob\n" * 4)
    assert "Read otherwise (EN-4, comparison: >=): endorsed: Ann" in counting(folder).stdout


def test_an_open_tie_is_a_question(folder: Path) -> None:
    """EN-R5: exit code 6 after the report, with what each branch gives."""
    contest = 'kind = "ranked"\nid = "m"\ntitle = "M"\nrules = "public"\nno_endorsement = ""\n'
    (folder / "contest.toml").write_text(contest + 'candidates = ["Ann", "Bob"]\n')
    (folder / "ballots.csv").write_text("rank1\nAnn\nBob\n")
    result = counting(folder, "--out", folder / "out")
    assert isinstance(result.exception, AskAPerson)
    assert "[[decisions]]" in result.exception.next_step
    assert "M: open tie" in result.stdout
    decided = '[[decisions]]\ntied = ["Ann", "Bob"]\npicked = "Bob"\nhow = "lot, seed 7"\n'
    with (folder / "contest.toml").open("a") as file:
        file.write(decided)
    assert counting(folder).stdout.startswith("M: elected: Bob")


def test_a_recount_says_what_is_the_same(folder: Path) -> None:
    """Exit code 0 when all is, 5 with the difference when not."""
    counting(folder, "--out", folder / "out")
    same = clerk("recount", folder / "out", folder / "ballots.csv")
    assert same.exit_code == 0
    assert same.stdout.count("✓") == 7
    with (folder / "ballots.csv").open("a") as file:
        file.write("Bob\n")
    other = clerk("recount", folder / "out", folder / "ballots.csv", "--json")
    assert json.loads(other.stdout)["the ballots"] is False
    assert isinstance(other.exception, FixTheData)


HEAVY = "prefect sqlalchemy gspread google rich requests pydantic_settings openpyxl jinja2 alembic"


def test_a_count_imports_nothing_that_it_does_not_need(folder: Path) -> None:
    """Speed: what the other commands import would take longer than a million ballots."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from flows.count_cli import count\n"
        "count(Path('ballots.csv'), Path('contest.toml'), as_json=True)\n"
        f"print(*set({HEAVY.split()!r}) & set(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    assert done.stderr.split() == []
