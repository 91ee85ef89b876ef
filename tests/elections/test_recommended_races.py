"""A decision recommends a choice of a race that there is, before it is sealed (EN-1)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from connectors.sandbox.server import Sandbox
from flows.committee.recommended_races import race_reasons
from flows.votes.check import check
from models.contests.contest import CommitteeDecision
from models.membership.reasons import Reason
from models.text.sentences import in_english
from models.votes.election import failing
from tests.conftest import Clock
from tests.elections.committees import Board
from tests.elections.polls import RACES
from tests.elections.test_recommendations import MAYOR, decide, decided, draft, file_of, wrong

SENATOR: Mapping[str, Any] = {
    "id": "mayor",
    "title": "State Senator",
    "kind": "up-or-down",
    "purpose": "abbreviated",
    "subject": "Jo Rivera",
    "office": "State Senator",
    "previously_endorsed": True,
    "uncontested": True,
    "done": ["research"],
}
JO = MAYOR | {"recommends_for": "State Senator", "recommends": "Jo Rivera"}


@pytest.fixture
def board(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Board:
    """A committee with a draft of the members' vote."""
    made = Board.seated(sandbox, clock, tmp_path / "chapter")
    draft(made, {**RACES[0], "recommendation": ""})
    return made


def said(board: Board, race: str, choice: str) -> list[Reason]:
    """What is said of a decision that recommends this."""
    one = CommitteeDecision(id="r", title="Item", recommends_for=race, recommends=choice)
    with board.context() as context:
        return list(race_reasons(context, one))


def refused(found: list[Reason]) -> str:
    (one,) = found
    assert (one.rule, one.holds) == ("EN-1", False)
    return in_english(one.fact)


def add_races(board: Board, *rows: list[str | None]) -> None:
    board.town.add_tab("races", *rows)
    board.town.night()


def test_a_race_and_a_choice_that_there_are_need_no_word(board: Board) -> None:
    assert said(board, " MAYOR", "ada  park") == []


def test_a_mistyped_race_is_refused_with_the_nearest(board: Board) -> None:
    assert refused(said(board, "Mayer", "Ada Park")) == (
        "Item: no draft or cycle has the race Mayer; the nearest: “Mayor”; correct it, or add the "
        "race to a draft first"
    )


def test_somebody_who_does_not_run_is_refused(board: Board) -> None:
    assert refused(said(board, "Mayor", "Aida Parc")) == (
        "Item: “Aida Parc” is not a choice for Mayor; its choices are: Ada Park, Bea Stone, "
        "Cy Rivers, No endorsement"
    )


def test_a_race_like_none_is_only_to_look_at(board: Board) -> None:
    (one,) = said(board, "Question 6", "Yes")
    assert one.holds
    assert one.look
    assert in_english(one.fact) == "Item: no draft or cycle has the race Question 6 yet"


def test_it_keeps_the_committees_vote_from_opening(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    wanted = MAYOR | {"recommends_for": "Mayer"}
    board = Board.seated(sandbox, clock, tmp_path / "chapter", wanted)
    draft(board, {**RACES[0], "recommendation": ""})
    with board.context() as context:
        (told,) = failing(check(context, board.election(context)))
    assert "the nearest: “Mayor”" in told


def test_a_race_of_the_cycle(board: Board) -> None:
    add_races(
        board,
        ["2026", "Sheriff", None, None, "full"],
        ["2026", "State Rep", "15th Suffolk", None, "abbreviated"],
        ["2026", "State Rep", "10th Suffolk", None, "full"],
        ["2026", "Question 6", None, "state", "question"],
    )
    rows = ["Sheriff", "Sam Oak"], ["State Rep, 15th Suffolk", "Ann Lee"]
    board.town.add_tab("candidates", *([None, *row] for row in rows))
    board.town.night()
    assert said(board, "Sheriff", "Sam Oak") == []
    assert said(board, "State Rep, 15th Suffolk", "Ann Lee") == []
    assert said(board, "State Representative, 15th Suffolk", "Yes") == []
    assert said(board, "Question 6", "No position") == []
    assert "is not a choice for Sheriff" in refused(said(board, "Sheriff", "Yes"))
    several = refused(said(board, "State Rep", "Ann Lee"))
    assert several.endswith(
        "name one of them: “State Rep, 15th Suffolk”, “State Rep, 10th Suffolk”"
    )


def test_whoever_a_short_vote_is_about_means_yes(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """EN-7: the draft takes it over, the check agrees."""
    board = decided(sandbox, clock, tmp_path / "chapter", JO, race=SENATOR)
    assert tomlkit.parse(file_of(board).read_text())["recommendation"] == "Yes"
    assert wrong(board) == []
    file_of(board).write_text(tomlkit.dumps({**SENATOR, "recommendation": "No"}))
    assert any("recommends Jo Rivera; the file says No" in one for one in wrong(board))


def test_of_an_anti_endorsement_it_is_said_what_a_name_means(board: Board) -> None:
    table = {key: SENATOR[key] for key in ("id", "title", "kind", "subject", "office")}
    table |= {"purpose": "anti-endorsement"}
    file_of(board).write_text(tomlkit.dumps(table))
    (one,) = said(board, "State Senator", "Jo Rivera")
    assert one.look
    assert "means Yes: voters are asked not to elect them" in in_english(one.fact)
    assert said(board, "State Senator", "Yes") == []


def test_a_word_about_an_office_is_for_no_one_of_its_districts(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """EN-1: of two races for one office, each takes over its own alone."""

    def rep(district: str, *names: str) -> dict[str, Any]:
        office = "State Representative"
        said = {"title": f"House, {district}", "office": office, "districts": [district]}
        return said | {"id": district[:2], "kind": "single-choice", "candidates": [*names]}

    office = MAYOR | {
        "id": "a",
        "title": "A",
        "recommends_for": "State Representative, 15th Suffolk",
    }
    board = Board.seated(sandbox, clock, tmp_path / "chapter", office | {"recommends": "Cy"})
    draft(board, rep("15th Suffolk", "Cy", "Dee"), more=[rep("10th Suffolk", "Cy", "Fay")])
    decide(board)
    first, second = sorted(file_of(board).parent.glob("*.toml"))
    assert tomlkit.parse(first.read_text())["recommendation"] == "Cy"
    assert "recommendation" not in tomlkit.parse(second.read_text())
    assert "several races are for State Representative" in refused(
        said(board, "State Representative", "Cy")
    )
