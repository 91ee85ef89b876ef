"""The endorsement cycle of the committee's tabs: `clerk cycle`, its own tab, the review (EN-2)."""

import json

import pytest
from typer.testing import CliRunner

from connectors.sandbox.google.cells import Cell
from flows.cli.main import app
from flows.service.due_steps import run_due_steps, run_night
from models.errors import FixTheData, Refused
from tests.flows.town import REVIEW, Town

TAB = "Clerk – cycle"
CYCLE = "2026 spring"
RACES: list[list[Cell]] = [
    [CYCLE, "Mayor", None, None, "full"],
    [CYCLE, "State Rep", "15th Suffolk", None, "abbreviated"],
    [CYCLE, "Sheriff"],
    [CYCLE, "Auditor", None, None, "withheld", None, "We have no capacity for it."],
    [CYCLE, "Question 6", "10th Suffolk, 14th Suffolk", None, "question"],
]
CANDIDATES: list[list[Cell]] = [
    [None, "Mayor", "Ada Park", "https://park.example", "yes"],
    [None, "Mayor", "Bea Stone", None, "yes"],
    [None, "State Rep", "Sam Montaño", "https://montano.example", "yes", None, "yes", "yes"],
]
STEPS: list[list[Cell]] = [
    [None, "Mayor", "Ada Park", "meeting", "2024-03-01", None, "Quinn Secret", "no"],
    [None, "Mayor", "Ada Park", "questionnaire sent", "2024-03-02"],
    [None, "State Rep", None, "research", "2024-03-02"],
    [None, "State Rep", None, "recommendation", "2024-03-03"],
]


def with_cycle(town: Town) -> Town:
    """A town whose committee keeps its cycle in tabs."""
    town.add_tab("races", *RACES)
    town.add_tab("candidates", *CANDIDATES)
    town.add_tab("steps", *STEPS)
    return town


@pytest.fixture
def cycle(town: Town) -> Town:
    return with_cycle(town)


def run(town: Town, *words: str) -> str:
    """What the command says; its own errors are raised."""
    where = ("cycle", *words, "--chapter", str(town.folder))
    return CliRunner().invoke(app, where, catch_exceptions=False).stdout


def test_the_newest_cycle_is_shown_as_a_table(cycle: Town) -> None:
    cycle.night()
    said = run(cycle)
    assert said.startswith(f"Endorsement cycle: {CYCLE}\n")
    assert run(cycle, CYCLE.upper()) == run(cycle, "show", CYCLE) == said
    mayor = next(line for line in said.splitlines() if line.startswith("Mayor\t")).split("\t")
    assert mayor[1:3] == ["focus race", "full"]
    assert mayor[3] == (
        "Ada Park (can be invited); Bea Stone (cannot be invited: no campaign website)"
    )
    assert mayor[4].startswith("committee meeting: March 1, 2024 (Ada Park); questionnaire sent")
    assert mayor[5] == "the committee has not recommended (EN-1)"
    assert "1 meeting with a candidate was not open to all members" in mayor[6]
    assert "no forum was held; neither video nor written answers were shared" in mayor[6]
    assert "\tready for the members’ vote\n" in said
    assert "withheld (We have no capacity for it.)" in said
    assert "Nobody has decided about these offices of the bylaws: President, " in said
    assert "Quinn" not in said


def test_for_a_script(cycle: Town) -> None:
    cycle.night()
    told = json.loads(run(cycle, "--json"))
    mayor, rep, sheriff, *_ = told["races"]
    assert mayor["missing"] == [
        {"rule": "EN-1", "fact": "the committee has not recommended", "holds": False}
    ]
    assert [one["can_be_invited"] for one in mayor["candidates"]] == [True, False]
    assert rep["about"] == "Sam Montaño"
    assert sheriff["next"].startswith("decide: full, or withhold")
    assert "Governor" in told["not_in_the_tab"]
    assert "Quinn" not in json.dumps(told)


def test_a_cycle_that_there_is_not_names_those_there_are(cycle: Town) -> None:
    cycle.night()
    with pytest.raises(FixTheData, match=f"use one of these: “{CYCLE}”"):
        run(cycle, "2026 sprig")


def test_without_a_tab_it_says_how_to_have_one(town: Town) -> None:
    town.night()
    with pytest.raises(FixTheData, match="name the tabs with the races"):
        run(town)


def test_the_questionnaire_asks_by_the_bylaws_and_says_whom_it_can_go_to(cycle: Town) -> None:
    """EN-11."""
    cycle.night()
    where = ("cycle", "questionnaire", CYCLE, "mayor", "--chapter", str(cycle.folder))
    result = CliRunner().invoke(app, where, catch_exceptions=False)
    assert "Mayor (2026 spring)" in result.stdout
    assert "1. Committed to building the progressive movement." in result.stdout
    assert "12. The incumbent has taken tough votes" in result.stdout
    assert "22. Judicial Appointment Philosophy" in result.stdout
    assert "Park" not in result.stdout, "the text is for every candidate alike"
    assert "Can be sent to: Ada Park (EN-11)." in result.stderr
    assert "Not to Bea Stone: no campaign website (EN-11)." in result.stderr


def test_a_questionnaire_of_a_question_or_of_no_race_is_refused(cycle: Town) -> None:
    cycle.night()
    with pytest.raises(Refused, match="a ballot question has no candidates"):
        run(cycle, "questionnaire", CYCLE, "Question 6")
    with pytest.raises(FixTheData, match="no race of this cycle has this name"):
        run(cycle, "questionnaire", CYCLE, "Major")


def named(town: Town) -> Town:
    """With the program's tab for the cycle."""
    town.rewrite(f'review = "{REVIEW}"\n', f'review = "{REVIEW}"\ncycle = "{TAB}"\n')
    return town


def to_tab(town: Town) -> list[str]:
    """The requests that wrote a tab."""
    return [line for line in town.writes() if "batchUpdate" in line]


def test_the_tab_is_written_after_a_night_and_only_when_it_changes(cycle: Town) -> None:
    named(cycle)
    with cycle.context() as context:
        run_night(context, lambda _: None)
    rows = cycle.rows(TAB)
    assert rows[0][0] == "Race"
    assert rows[1][0] == f"Cycle: {CYCLE}"
    assert [row[0] for row in rows[2:7]] == [
        "Mayor", "State Rep, 15th Suffolk", "Sheriff", "Auditor", "Question 6",
    ]  # fmt: skip
    assert "Bea Stone (cannot be invited: no campaign website)" in rows[2][3]
    assert "Quinn" not in str(rows)
    before = len(to_tab(cycle))
    with cycle.context() as context:
        run_due_steps(context, lambda _: None)
    assert len(to_tab(cycle)) == before
    with cycle.edit("Races") as kept:
        kept[3][4] = "full"
    with cycle.context() as context:
        run_night(context, lambda _: None)
    assert cycle.rows(TAB)[4][2] == "full"


def test_the_tab_is_emptied_once_it_is_no_longer_named(cycle: Town) -> None:
    named(cycle)
    with cycle.context() as context:
        run_night(context, lambda _: None)
    cycle.rewrite(f'cycle = "{TAB}"\n', "")
    said: list[str] = []
    with cycle.context() as context:
        run_due_steps(context, said.append)
    assert "emptied the cycle tab that is no longer in chapter.toml" in said
    assert not [cell for row in cycle.rows(TAB) for cell in row if cell]


def test_a_formula_in_a_name_stays_a_text(cycle: Town) -> None:
    named(cycle)
    with cycle.edit("Candidates") as rows:
        rows.append([None, "Sheriff", "'=1+1", *[None] * 6])
    with cycle.context() as context:
        run_night(context, lambda _: None)
    assert "=1+1 (cannot be invited" in str(cycle.rows(TAB)[4][3])


def test_what_is_wrong_in_the_tabs_is_in_the_review(cycle: Town) -> None:
    with cycle.edit("Steps") as rows:
        rows.append([None, "Mayor", None, "forum", "2099-01-01", None, None, None])
    found = cycle.night()
    assert any("this day has not come" in one.reason for one in found.facts.review)
