"""`clerk count` and `clerk recount` as a person or a script uses them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from flows.cli.count import count, recount
from models.errors import AskAPerson, FixTheData, FixTheSettings, Refused

CONTEST = 'kind = "single-choice"\nid = "da"\ntitle = "DA"\ncandidates = ["Ann", "Bob"]\n'


SHORT = (
    'kind = "ranked"\nid = "s"\ntitle = "S"\nrules = "public"\nno_endorsement = ""\n'
    'candidates = ["A", "B"]\n'
)


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
    assert "A second, independent count agrees." in lines


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "Rules: JP Progressives: "),
        (SHORT, 'Rules: those of the contest file alone (rules = "public").'),
    ],
)
def test_the_answer_says_whose_rules_counted(folder: Path, more: str, said: str) -> None:
    """Who brings their own ballots and names no rules is counted by the built-in ones."""
    if more:
        (folder / "contest.toml").write_text(more)
        (folder / "ballots.csv").write_text("rank1,rank2\nA,B\n")
    assert counting(folder).stdout.splitlines()[2].startswith(said)


def test_errors_in_rankings_that_cost_a_vote_are_said(folder: Path) -> None:
    """BA-3: what follows a choice that is ranked twice is not read."""
    contest = CONTEST.replace("single-choice", "ranked").replace('"Bob"', '"Bob", "Cid"')
    (folder / "contest.toml").write_text(contest)
    ballots = "rank1,rank2,rank3\nAnn,,\nAnn,,\nBob,,\nBob,,\nBob,,\nCid,Cid,Ann\n"
    (folder / "ballots.csv").write_text(ballots)
    told = counting(folder).stdout
    assert "Inactive for an error on the ballot (BA-3): 1 with a choice ranked twice." in told


def test_a_line_that_the_ballots_never_had_names_the_setting(folder: Path) -> None:
    """EN-5 is a rule of the built-in bylaws; another group may have no such choice."""
    ranked = CONTEST.replace("single-choice", "ranked")
    (folder / "contest.toml").write_text(ranked)
    (folder / "ballots.csv").write_text("Ann,Bob\n1,2\n")
    refused = counting(folder).exception
    assert isinstance(refused, FixTheData)
    assert 'write rules = "public" and no_endorsement = ""' in refused.next_step


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
    assert "Rejected (BA-2): ballots.csv!A3" in printed.stderr
    assert "Windows-1252" in printed.stderr
    assert "Zo" not in printed.output


def test_a_vote_of_no_ballots(folder: Path) -> None:
    """EN-R12: it is said, not taken for a mistake."""
    (folder / "ballots.csv").write_text("vote\n")
    lines = counting(folder).stdout.splitlines()
    assert lines[:1] == ["DA: nobody voted"]
    assert "no ballot marks this race (EN-R12)" in lines


def test_another_reading_that_ends_otherwise_is_told(folder: Path) -> None:
    """EN-R1: 6 of 10 is exactly the bar."""
    (folder / "ballots.csv").write_text("vote\n" + "Ann\n" * 6 + "Bob\n" * 4)
    assert (
        "Under another interpretation (EN-4, comparison: >=): endorsed: Ann"
        in counting(folder).stdout
    )


def test_an_open_tie_is_a_question(folder: Path) -> None:
    """EN-R5: exit code 6 after the report, with what each branch gives."""
    contest = 'kind = "ranked"\nid = "m"\ntitle = "M"\nrules = "public"\nno_endorsement = ""\n'
    (folder / "contest.toml").write_text(contest + 'candidates = ["Ann", "Bob"]\n')
    (folder / "ballots.csv").write_text("rank1\nAnn\nBob\n")
    result = counting(folder, "--out", folder / "out")
    assert isinstance(result.exception, AskAPerson)
    assert re.search("who of them is (elected|eliminated)", result.exception.next_step)
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
    report = folder / "out" / "detailed_report.json"
    public = clerk("recount", report, folder / "ballots.csv")
    assert public.exit_code == 0
    assert public.stdout.count("✓") == 6
    assert "– the ballots: only the tellers' report shows this (BA-6)" in public.stdout
    asked = clerk("recount", report, folder / "ballots.csv", "--json")
    assert json.loads(asked.stdout)["the ballots"] is None
    with (folder / "ballots.csv").open("a") as file:
        file.write("Bob\n")
    other = clerk("recount", folder / "out", folder / "ballots.csv", "--json")
    assert json.loads(other.stdout)["the ballots"] is False
    assert isinstance(other.exception, FixTheData)


def test_columns_stand_under_one_another_whatever_the_names(folder: Path) -> None:
    """Short names too: every number of a column ends at the same place."""
    lines = counting(folder).stdout.splitlines()
    table = lines[next(n for n, line in enumerate(lines) if line.startswith("Round")) :][:6]
    assert {len(line) for line in table} == {len("No endorsement") + 10}
    (folder / "contest.toml").write_text(SHORT)
    (folder / "ballots.csv").write_text("rank1\nA\nA\nB\n")
    lines = counting(folder).stdout.splitlines()
    table = lines[next(n for n, line in enumerate(lines) if line.startswith("Round")) :][:5]
    assert {len(line) for line in table} == {len("Inactive") + 10}


def test_a_committees_quorum_is_told_without_the_recused(folder: Path) -> None:
    """SC-4, SC-R2: a recused member did not fail to take part."""
    contest = 'kind = "committee"\nid = "m"\ntitle = "M"\nactive = 11\nrecused = 1\n'
    (folder / "contest.toml").write_text(contest)
    (folder / "ballots.csv").write_text("vote\n" + "Yes\n" * 7)
    said = counting(folder).stdout
    assert "7 of 10 took part, 1 recused; quorum 7 met (SC-R2, SC-4).\n" in said
    assert "8 of 11" not in said
    (folder / "ballots.csv").write_text("vote\n" + "Yes\n" * 6)
    assert "6 of 10 took part, 1 recused; quorum 7 not met" in counting(folder).stdout


def test_a_contest_that_contradicts_itself_is_named_by_its_file(folder: Path) -> None:
    """EN-4"""
    (folder / "contest.toml").write_text(CONTEST.replace("single-choice", "ranked"))
    (folder / "ballots.csv").write_text("rank1\nAnn\n")
    refused = counting(folder).exception
    assert isinstance(refused, FixTheSettings)
    assert refused.where == "contest.toml, contest da kind"
    assert "count again" not in str(refused)


def test_replace_is_an_option(folder: Path) -> None:
    """Another vote's report goes only if it is said."""
    counting(folder, "--out", folder / "out")
    (folder / "contest.toml").write_text(CONTEST.replace('"da"', '"db"'))
    assert isinstance(counting(folder, "--out", folder / "out").exception, Refused)
    assert counting(folder, "--out", folder / "out", "--replace").exit_code == 0


HEAVY = "prefect sqlalchemy gspread google rich requests pydantic_settings openpyxl jinja2 alembic"


def test_a_count_imports_nothing_that_it_does_not_need(folder: Path) -> None:
    """Speed: what the other commands import would take longer than a million ballots."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from flows.cli.count import count\n"
        "count(Path('ballots.csv'), Path('contest.toml'), as_json=True)\n"
        f"print(*set({HEAVY.split()!r}) & set(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    assert done.stderr.split() == []
