"""A draft made of the committee's tabs, and a draft held against them (EN-2, EN-7, EN-8, EN-11)."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connectors import elections
from connectors.drafts import contests_of
from connectors.sandbox.google.cells import Cell
from connectors.settings.rehearsal import Rehearsal
from flows.cli.main import app
from flows.votes.against_tabs import against_the_tabs, striven_for
from flows.votes.check import check_here
from models.errors import FixTheData, FixTheSettings
from models.membership.reasons import Reason
from tests.flows.town import Town
from tests.models.year.races_2024 import CANDIDATES, CYCLE, RACES, STEPS

NAME = "general"


@pytest.fixture
def cycle(town: Town) -> Town:
    """2024's twelve races in the tabs, after a night."""
    town.add_tab("races", *RACES, [CYCLE, "Sheriff", None, None, "withheld", None, "no time"])
    town.add_tab("candidates", *CANDIDATES)
    town.add_tab("steps", *STEPS)
    town.night()
    return town


def new(town: Town, cycle: str = CYCLE) -> str:
    """`clerk election new … --from …`."""
    words = ("election", "new", NAME, "--from", cycle, "--title", "General", "--opens",
             "2026-10-01 09:00", "--closes", "2026-10-11 21:00", "--form", "none-yet-at-all",
             "--chapter", str(town.folder))  # fmt: skip
    return CliRunner().invoke(app, words, input="\n" * 60, catch_exceptions=False).output


def found(town: Town) -> list[Reason]:
    """What the tabs say of the draft."""
    with town.context() as context:
        return list(against_the_tabs(context, context.election(NAME)))


def facts(reasons: list[Reason], *, holds: bool) -> list[str]:
    return [one.fact for one in reasons if one.holds is holds]


def change(town: Town, contest: str, old: str, new: str) -> None:
    """Edit a contest's file by hand."""
    (file,) = (town.folder / "elections" / NAME / "contests").glob(f"*-{contest}.toml")
    text = file.read_text()
    assert old in text, text
    file.write_text(text.replace(old, new))


def test_the_twelve_races_of_2024_become_twelve_contests(cycle: Town) -> None:
    assert "Created: " in new(cycle)
    with cycle.context() as context:
        election = context.election(NAME)
    assert election.cycle == CYCLE
    by_id = {one.id: one for one in election.contests}
    assert list(by_id) == [
        "president-vp", "clerk-of-the-supreme-judicial-court", "congress-7th-district",
        "state-senator-2nd-suffolk", "state-rep-15th-suffolk", "senate",
        *(f"question-{n}" for n in range(1, 7)),
    ]  # fmt: skip
    assert [one.kind for one in election.contests] == [
        "ranked", "single-choice", *["up-or-down"] * 4, *["question"] * 6,
    ]  # fmt: skip
    told = {key: one.model_dump(exclude_defaults=True) for key, one in by_id.items()}
    assert told["congress-7th-district"] | {"about": ()} == {
        "id": "congress-7th-district", "title": "Congress, 7th District", "office": "Congress",
        "purpose": "abbreviated", "subject": "Ayanna Pressley",
        "previously_endorsed": True, "uncontested": True, "done": ("research",),
        "about": (),
    }  # fmt: skip
    assert told["senate"]["done"] == ("research", "record review")
    assert "uncontested" not in told["senate"]
    assert told["question-6"]["districts"] == ("10th Suffolk", "14th Suffolk")
    assert told["question-1"]["scope"] == "state"
    clerk = told["clerk-of-the-supreme-judicial-court"]
    assert clerk["invited"] == (
        {"name": "Allison Cartwright", "ocpf_account_active": True,
         "campaign_website": "https://cartwright.example"},
    )  # fmt: skip
    assert clerk["about"] == (
        {"name": "Allison Cartwright", "website": "https://cartwright.example",
         "questionnaire": "https://cartwright.example/answers"},
    )  # fmt: skip
    assert clerk["candidates"] == ("Allison Cartwright", "Erin Murphy")
    assert not any("recommendation" in one for one in told.values()), "the committee's to say"
    assert "Q. Member" not in str(told)


def test_what_the_tabs_say_is_all_that_the_bylaws_ask_but_the_recommendation(cycle: Town) -> None:
    """EN-7, EN-11: no flag is left to be declared."""
    new(cycle)
    with cycle.context() as context:
        missing = [one for one in check_here(context, context.election(NAME)) if not one.holds]
    about_process = [one for one in missing if one.rule in ("EN-2", "EN-7", "EN-11", "EN-R9")]
    assert about_process == []
    assert sum("has not recommended" in one.fact for one in missing) == 12


def test_nothing_is_overwritten(cycle: Town) -> None:
    new(cycle)
    before = {file.path: file.digest for file in contests_of(_folder(cycle), cycle.folder)}
    with pytest.raises(FixTheSettings, match="there is an election of this name already"):
        new(cycle)
    assert {f.path: f.digest for f in contests_of(_folder(cycle), cycle.folder)} == before


def _folder(town: Town) -> Path:
    return elections.folder_of(town.folder, NAME)


def test_an_unknown_cycle_makes_nothing(cycle: Town) -> None:
    with pytest.raises(FixTheData, match="no cycle has this name"):
        new(cycle, "2025 general")
    assert not _folder(cycle).exists()


def test_a_race_without_candidates_is_left_out_and_said(cycle: Town) -> None:
    with cycle.edit("Races") as rows:
        rows.append([CYCLE, "Mayor", None, None, "full", None, None])
    cycle.night()
    assert "Left out: Mayor: no candidate is in the tab." in new(cycle)
    assert any("Mayor: decided in the tabs, and not in this" in one.fact for one in found(cycle))


def test_a_draft_that_says_what_the_tabs_say_is_told_nothing_else(cycle: Town) -> None:
    new(cycle)
    reasons = found(cycle)
    assert facts(reasons, holds=False) == []
    assert not [one for one in reasons if "otherwise" in one.fact]
    assert any("no forum was held; video or written answers were shared" in one
               for one in facts(reasons, holds=True))  # fmt: skip
    assert all(one.look for one in reasons)


@pytest.mark.parametrize(
    ("contest", "old", "new_", "said"),
    [
        ("congress-7th-district", "uncontested = true", "uncontested = false", "uncontested"),
        ("congress-7th-district", '["research"]', '["research", "record review"]', "done"),
        ("question-1", '"state"', '"city"', "scope"),
        ("clerk-of-the-supreme-judicial-court", '"Erin Murphy"', '"Erin Smith"', "candidates"),
    ],
)
def test_a_fact_that_was_changed_by_hand_is_told(
    cycle: Town, contest: str, old: str, new_: str, said: str
) -> None:
    new(cycle)
    change(cycle, contest, old, new_)
    (one,) = [one for one in found(cycle) if "otherwise" in one.fact]
    assert one.fact.endswith(f"these facts are otherwise: {said}, by the tabs")
    assert one.holds
    assert one.look


def test_the_order_of_candidates_and_a_ratification_are_no_difference(cycle: Town) -> None:
    new(cycle)
    at = "clerk-of-the-supreme-judicial-court"
    pair = '["Allison Cartwright", "Erin Murphy"]'
    change(cycle, at, pair, '["Erin Murphy", "Allison  Cartwright"]'.replace("  ", " "))
    change(cycle, at, '"single-choice"', '"ratify-or-prefer"\nrecommendation = "Erin Murphy"')
    assert not [one for one in found(cycle) if "otherwise" in one.fact]


def test_what_the_tabs_lack_of_the_minimum_keeps_it_from_opening(cycle: Town) -> None:
    """EN-7: whatever the draft declares."""
    new(cycle)
    with cycle.edit("Steps") as rows:
        rows[:] = [row for row in rows if not (row[1] == "Congress" and row[3] == "research")]
    cycle.night()
    missing = facts(found(cycle), holds=False)
    assert missing == ["Congress, 7th District: research missing, by the tabs"]
    with cycle.context() as context:
        checked = check_here(context, context.election(NAME))
        approved = check_here(context, context.election(NAME), approved=True)
    assert missing[0] in [one.fact for one in checked]
    assert missing[0] not in [one.fact for one in approved], "an approval has fixed it"


def test_a_rival_in_the_tabs_ends_an_abbreviated_process(cycle: Town) -> None:
    new(cycle)
    rival: list[Cell] = [None, "Congress", "A Rival", "https://r.example", None, "yes"]
    with cycle.edit("Candidates") as rows:
        rows.append([*rival, None, None, None])
    cycle.night()
    assert "Congress, 7th District: a competitive race, by the tabs" in facts(
        found(cycle), holds=False
    )


def test_a_race_that_is_withheld_in_the_tabs_cannot_open(cycle: Town) -> None:
    """EN-8."""
    new(cycle)
    with cycle.edit("Races") as rows:
        rows[6][4:7] = ["withheld", None, "no time"]
    cycle.night()
    assert "Senate: the committee withholds an endorsement, by the tabs" in facts(
        found(cycle), holds=False
    )


def test_a_cycle_that_is_gone_from_the_tabs_is_told(cycle: Town) -> None:
    new(cycle)
    file = _folder(cycle) / "election.toml"
    file.write_text(re.sub(r'cycle = "[^"]*"', 'cycle = "2023"', file.read_text()))
    (one,) = found(cycle)
    assert not one.holds
    assert "the tabs have no cycle “2023”" in one.fact


def test_an_election_without_a_cycle_is_not_asked(cycle: Town) -> None:
    new(cycle)
    file = _folder(cycle) / "election.toml"
    file.write_text(re.sub(r'cycle = "[^"]*"\n', "", file.read_text()))
    assert found(cycle) == []
    with cycle.context() as context:
        election = context.election(NAME)
        assert striven_for(context, election) == ()
        assert "cycle" not in election.model_dump(), "a digest of before stays what it was"


def test_a_rehearsal_of_a_draft_is_not_held_against_its_empty_tabs(cycle: Town) -> None:
    """It tries the vote, and whether the committee did its steps is no part of that."""
    new(cycle)
    with cycle.edit("Races") as rows:
        del rows[1:]
    cycle.night()
    with cycle.context() as context:
        election = context.election(NAME)
        assert [one.holds for one in against_the_tabs(context, election)] == [False]
        marked = {"rehearsal": Rehearsal(of="Rivertown Progressives")}
        context.chapter = context.chapter.model_copy(update=marked)
        assert list(against_the_tabs(context, election)) == []
        assert striven_for(context, election) == ()
