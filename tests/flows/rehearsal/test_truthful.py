"""What a rehearsal says of itself is what happened: counts, nights, who pressed what."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.ledger import RunRecord
from connectors.sandbox.google.form_state import Form
from connectors.sandbox.invented_election import CODE
from flows.cli.main import app
from flows.context import open_chapter
from flows.rehearsal import acts, run, troubles
from flows.rehearsal.facts import Facts, VoteFacts, nights_of
from flows.rehearsal.notes import Notes
from flows.rehearsal.pages import forms
from flows.rehearsal.pages.visits import Shared, Visit
from flows.rehearsal.pages.wording import wording
from flows.rehearsal.report import report_of
from flows.rehearsal.world import World
from flows.votes.arrived import code_of
from flows.votes.ballot_form import build_form
from models.errors import Refused
from models.membership.voting_status import Status
from models.votes.election import ElectionState
from tests.flows.rehearsal.stage import BEGUN, approved, begun, next_, real, roll
from tests.flows.rehearsal.test_made import EDITION

NOBODY = (
    "Nobody can vote when this rehearsal begins, so no vote can be tried: "
    "each path of the bylaws asks for "
)
VOTE = VoteFacts("Winter", ElectionState.PUBLISHED, is_opened=True, voters=30, responses=30,
                 by_hand=2, counted=28)  # fmt: skip
FACTS = Facts(has_signed_in=False, nights=13, looks=0, is_taken_up=False, votes=(VOTE,), emails=0,
              tried=(), put_back=(), officers=())  # fmt: skip


def told(notes: Notes, facts: Facts = FACTS) -> str:
    return report_of(notes, facts, (), UTC, (BEGUN, BEGUN)).text()


def test_ballots_are_told_as_handed_in_and_as_counted() -> None:
    notes = Notes(chapter="Rivertown", begun=BEGUN)
    assert (
        "“Winter” was published: 30 voters; 30 ballots handed in, 2 of them filled in by hand; "
        "28 ballots counted."
    ) in told(notes)
    is_open = replace(VOTE, state=ElectionState.OPEN, counted=None, by_hand=0)
    uncounted = replace(FACTS, votes=(is_open,))
    assert "“Winter” was open: 30 voters; 30 ballots handed in." in told(notes, uncounted)


def test_a_sign_in_that_a_trouble_brings_is_none_that_was_pressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.rehearsal.world.cut_off_a_night", lambda *_: True)
    with begun(real(tmp_path)) as world:
        world.act(acts.SIGN_IN)
        world.begin(troubles.POWER)
        said = world.report_so_far().text()
        assert "Everybody signs in at an event: once." in said
        titles = [row[1] for row in rows(world, "Events")]
        assert {"Rehearsal event 1", "Rehearsal event 2"} <= set(titles)
    assert "Everybody signs in at an event first" in troubles.WORDS[troubles.POWER].seen
    assert "can vote" in troubles.WORDS[troubles.POWER].seen


def rows(world: World, tab: str) -> list[list[Any]]:
    return world.sandbox.google.workbooks["rehearsal-workbook-1"].tab(tab).rows


def test_a_night_that_was_cut_off_and_finished_is_one() -> None:
    at = datetime(2026, 12, 1, 7, tzinfo=UTC)
    first = RunRecord(1, at.date(), at, at, None, "", {}, baseline=False, approved="")
    finished = replace(first, id=2, finished=at, finishes=1)
    other = replace(first, id=3, finished=at)
    assert nights_of([other, finished, first], noted=1) == 2
    assert nights_of([], noted=1) == 1


@pytest.mark.slow
def test_who_voted_by_hand_does_not_vote_again(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        next_(world, "night")
        approved(world)
        while "vote-60" not in [one.key for one in world.acts()]:
            next_(world)
        form = ballots(world)
        letter = next(one for one in world.sandbox.mailchimp.outbox if one.values.get(CODE))
        code = letter.values[CODE]
        typed = f" {code[:4].lower()}-{code[4:].lower()}"
        form.submit(acts.answers(form, typed, 3, "Ballot code"), world.clock.now())
        by_hand = form.responses[0]
        assert world.act("vote-60").endswith("; 4 of the 6 who got one have voted.")
        assert world.act("vote-all").endswith("; 6 of the 6 who got one have voted.")
        assert len(form.responses) == 6
        asked = next(key for key, said in by_hand.answers.items() if said == [typed])
        said = [code_of(one.answers[asked][0]) for one in form.responses]
        assert len(set(said)) == 6


def ballots(world: World) -> Form:
    return world.sandbox.google.forms["rehearsal-ballot-rehearsal"]


@pytest.mark.slow
def test_each_rehearsal_leaves_a_report_of_its_own(tmp_path: Path) -> None:
    chapter = real(tmp_path)
    pages = []
    for _ in range(3):
        with begun(chapter) as world:
            world.save()
        pages.append(run.over(chapter.folder).name)
    assert pages == [f"rehearsal-report{more}.html" for more in ("", "-2", "-3")]
    assert (tmp_path / "rehearsal-report.txt").is_file()
    assert (tmp_path / "rehearsal-report-3.txt").is_file()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ('condition = "dues paid"', "paid dues (which no invented person has)"),
        ('condition = "attested"\nwindow = "6 months"', "a record of the person by name"),
    ],
)
def test_bylaws_under_which_nobody_invented_can_vote_are_said_at_the_beginning(
    tmp_path: Path, asked: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    built_in = Path("models/bylaws/editions/jp-progressives.toml").read_text()
    counting = built_in[built_in.index("# ── how votes are counted") :].partition("[[editions]]")[0]
    chapter = real(tmp_path, bylaws='"jp-progressives" → "rules.toml"')
    rules = EDITION.replace('condition = "registered"\ndays = 30', asked)
    assert rules != EDITION
    (tmp_path / "rules.toml").write_text(rules + counting)
    with run.opened(chapter, run.Wishes()) as world:
        told = " ".join(capsys.readouterr().out.split())
        assert f"{NOBODY}{said}" in told
        assert said in world.report_so_far().text()
        next_(world, "night")
        assert roll(world)[Status.VOTING] == 0


def test_bylaws_with_another_way_to_the_vote_are_not_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with run.opened(real(tmp_path), run.Wishes()):
        assert "Nobody can vote" not in capsys.readouterr().out


def test_a_draft_whose_contest_was_removed_can_be_approved_once_its_form_is_built_again(
    tmp_path: Path,
) -> None:
    with begun(real(tmp_path)) as world:
        next_(world, "night")
        races = world.folder / "elections" / "rehearsal" / "contests"
        next(one for one in races.iterdir() if "Question 1" in one.read_text()).unlink()
        with pytest.raises(Refused, match="“Question 1” belongs to no contest"):
            approved(world)
        empty(world, "rehearsal-ballot-rehearsal")
        with open_chapter(world.folder) as context:
            build_form(context, context.election("rehearsal"))
        approved(world)


def empty(world: World, form: str) -> None:
    """As the button of the page “Forms” does it."""
    forms.empty(Visit(Shared(world), wording("en"), f"/forms/{form}/empty", {"form": form}))


def test_who_only_looks_is_named_and_nobody_who_can_act(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        with open_chapter(world.folder) as context:
            told = {one.name: one.acts for one in context.chapter.officers}
        assert world.onlookers() == tuple(name for name, acts_ in told.items() if not acts_)


def test_help_for_a_vote_names_the_page_about_votes() -> None:
    for typed in ("vote", "votes", "voting"):
        said = CliRunner().invoke(app, ["help", typed]).output
        assert "did you mean `clerk help elections`?" in said
    assert CliRunner().invoke(app, ["help", "rehearsal"]).output.startswith("# Rehearse a vote")
