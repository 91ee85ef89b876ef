"""Contests and settings that contradict themselves are refused with the place."""

from fractions import Fraction
from typing import Any

import pytest

from models.bylaws.tally_rules import StopLine, Threshold, TieRule
from models.contests.contest import contest_from
from models.errors import FixTheSettings
from models.tally.count import count
from tests.cases.reading import EDITION

RACE: dict[str, Any] = {
    "kind": "ranked",
    "id": "race",
    "title": "A race",
    "candidates": ["Ana", "Ben", "Cleo"],
}
PUBLIC = RACE | {"rules": "public", "no_endorsement": ""}


def refused(table: dict[str, Any]) -> str:
    """What is said of a contest that is refused, on reading or on counting."""
    with pytest.raises(FixTheSettings) as caught:
        count(contest_from(table, "race.toml"), {(0,): 1}, EDITION)
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"candidates": ["Ana", "ANA "]}, "two choices have the same name: ana"),
        (
            {"candidates": ["Ana", "No endorsement"]},
            "two choices have the same name: no endorsement",
        ),
        (
            {"candidates": ["Ana|Ben", "Cleo"]},
            "candidates, entry 1: contains a character that is not allowed here",
        ),
        ({"candidates": ["Overvote", "Ana", "Ben"]}, "overvote means something else on a ballot"),
        ({"candidates": []}, "candidates"),
        ({"candidates": ["Ana", "Ben", ""]}, "candidates, entry 3: must not be empty"),
        ({"excluded": ["Zoe"]}, "an excluded name is not among the candidates"),
        ({"excluded": ["Ana", "Ben", "Cleo"]}, "every candidate is excluded"),
        ({"recommendation": "Zoe"}, "the recommendation is not a choice of this contest"),
        ({"undeclared_write_ins": "UWI"}, "write-ins are not allowed"),
        ({"no_endorsement": ""}, '"no endorsement" (EN-5)'),
        ({"threshhold": "60%"}, "threshhold: there is no such setting"),
        (
            {"settings": {"threshold": "0.6x"}},
            '[settings] threshold: write a part of the votes like "60%"',
        ),
        (
            {"settings": {"threshold": "160%"}},
            "a part of the votes must be more than 0 and at most all of them",
        ),
        ({"settings": {"stop_at": 3}}, "[settings] stop_at: must be at most 2"),
        ({"settings": {"overvotes": "guess"}}, "[settings] overvotes: must be one of"),
        ({"id": "A race"}, "id"),
        ({"kind": "approval-voting"}, "kind: must be one of 'ranked', "),
        ({"candidates": ["Ana", "Ben"]}, "race kind: with 2 candidates there is one choice (EN-4)"),
    ],
)
def test_a_contest_that_cannot_be_is_refused(change: dict[str, Any], said: str) -> None:
    assert said in refused(RACE | change)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"threshold": "49%"}, "[settings] threshold: two choices could reach it at once"),
        ({"threshold": "1/2", "comparison": ">="}, "two choices could reach it at once"),
        (
            {"continue_until_two": True, "must_elect": False},
            "[settings] continue_until_two: only a contest that must elect does",
        ),
    ],
)
def test_settings_that_contradict_one_another_are_refused(
    settings: dict[str, Any], said: str
) -> None:
    assert said in refused(PUBLIC | {"settings": settings})


@pytest.mark.parametrize("setting", [{"must_elect": True}, {"ties": ["recorded decision"]}])
def test_where_nobody_ranks_a_setting_of_ranked_contests_is_refused(
    setting: dict[str, Any],
) -> None:
    """It would do nothing: of two with equally many nobody is elected, and nothing is drawn."""
    table = PUBLIC | {"kind": "single-choice", "candidates": ["Ana", "Ben"], "settings": setting}
    said = refused(table)
    assert f"[settings] {next(iter(setting))}: " in said
    assert 'write kind = "ranked"' in said


@pytest.mark.parametrize(
    "kind", [{"kind": "approval", "seats": 1}, {"kind": "committee", "candidates": None}]
)
def test_where_bylaws_alone_say_the_share_there_are_no_public_rules(kind: dict[str, Any]) -> None:
    """Else a group without bylaws would be counted by another one's two thirds."""
    table = {key: value for key, value in (RACE | kind).items() if value is not None}
    assert "stands in bylaws and in no contest file" in refused(table | {"rules": "public"})


def test_a_contest_that_must_elect_has_no_line_of_no_endorsement() -> None:
    table = RACE | {"rules": "public", "settings": {"must_elect": True}}
    assert "has no line of no endorsement" in refused(table)


def test_all_faults_of_a_contest_are_told_at_once() -> None:
    said = refused(RACE | {"id": "?", "titel": "x", "settings": {"base": "all"}})
    assert all(
        word in said
        for word in ("id:", "titel: there is no such setting; did you mean title?", "base:")
    )


def test_the_place_and_the_next_step_are_told() -> None:
    said = refused(RACE | {"titel": "x"})
    assert said.startswith("race.toml: titel:")
    assert "Next: " in said


@pytest.mark.parametrize("word", ["60%", " 60 %", "3/5", "0.6"])
def test_a_bar_is_written_in_several_ways_and_never_rounded(word: str) -> None:
    table = PUBLIC | {"settings": {"threshold": word, "must_elect": False}}
    result = count(contest_from(table, ""), {(0,): 3, (1,): 2}, EDITION)
    assert result.bar == Threshold(3, 5)
    assert result.rounds[0].threshold == 4


def test_each_result_lists_its_rules_with_the_words_of_the_bylaws() -> None:
    result = count(contest_from(RACE, ""), {(0,): 1}, EDITION)
    used = {rule.setting: (rule.rule, rule.value) for rule in result.rules}
    assert used["threshold"] == ("EN-3", Fraction(3, 5))
    assert used["stop_line"] == ("EN-R2", StopLine.STOP_LINE)
    assert used["ties"][1] == (
        TieRule.EARLIER_ROUNDS,
        TieRule.EVERY_BRANCH,
        TieRule.DECISION,
    )
    assert all(rule.cite for rule in result.rules)
