"""The bylaws as data: every number cited, every mistyped rule refused with its place."""

import copy
from typing import Any

import pytest

from models.bylaws.cited import Cited
from models.bylaws.conditions import Events, Volunteered
from models.bylaws.rules import Bylaws, bylaws_from
from models.errors import FixTheSettings
from tests.models.invented import FIVE_VALUES, JPP, TOML, amended, day


def changed(**membership: Any) -> dict[str, Any]:
    """A file of before there were paths with some rules replaced; None takes one away."""
    table = copy.deepcopy(TOML)
    rules = {**FIVE_VALUES, **membership}
    table["editions"][0]["membership"] = {k: v for k, v in rules.items() if v is not None}
    return table


def refusal(table: dict[str, Any]) -> FixTheSettings:
    """What the writer of a bad bylaws file is told."""
    with pytest.raises(FixTheSettings) as caught:
        bylaws_from(table, "our-bylaws.toml")
    assert caught.value.where == "our-bylaws.toml"
    return caught.value


def test_the_built_in_edition_has_the_numbers_of_the_text() -> None:
    events, helped = JPP.in_force(day("2025-12-01")).membership.conditions()
    assert isinstance(events, Events)
    assert isinstance(helped, Volunteered)
    assert (events.at_least.value, events.window.value) == (3, "trailing year")
    assert (helped.at_least.value, helped.window.value) == (1, "trailing year")


def test_every_value_carries_its_rule_and_its_sentence() -> None:
    membership = JPP.in_force(day("2025-12-01")).membership
    values = [membership.kinds, membership.volunteer_kinds]
    for condition in membership.conditions():
        values += [value for _, value in condition if isinstance(value, Cited)]
    assert len(values) == 6
    for cited in values:
        assert cited is not None
        assert cited.rule.startswith("VM-")
        assert len(cited.cite) > 20


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            changed(dues={"value": 1, "rule": "VM-3", "cite": "x"}),
            "membership] dues: there is no such setting",
        ),
        (changed(events_needed=None), "[editions 1.membership] events_needed: is missing"),
        (changed(events_needed={"value": 0, "rule": "VM-1", "cite": "x"}), "must be more than 0"),
        (
            changed(events_needed={"value": "few", "rule": "VM-1", "cite": "x"}),
            "write a whole number",
        ),
        (changed(events_needed={"value": 3}), "events_needed] cite: is missing"),
        (changed(window={"value": "month", "rule": "VM-R1", "cite": "x"}), "'trailing year' or"),
        ({"chapter": "x", "editions": []}, "needs at least 1 entry"),
        (
            {"chapter": "x", "editions": TOML["editions"] * 2},
            "list the bylaws versions oldest first, each with a different day",
        ),
    ],
)
def test_an_unknown_missing_or_mistyped_rule_is_refused_with_its_place(
    table: dict[str, Any], said: str
) -> None:
    assert said in refusal(table).fact


def test_all_faults_are_told_at_once() -> None:
    fact = refusal(changed(events_needed=None, window=None)).fact
    assert "events_needed" in fact
    assert "window" in fact


def test_editions_stand_oldest_first() -> None:
    newer = {**TOML["editions"][0], "effective_from": day("2026-01-01")}
    assert bylaws_from({"chapter": "x", "editions": [TOML["editions"][0], newer]}, "x")
    refusal({"chapter": "x", "editions": [newer, TOML["editions"][0]]})


@pytest.mark.parametrize(
    ("on", "edition"),
    [("2016-01-01", 0), ("2025-12-31", 0), ("2026-01-01", 1), ("2199-12-31", 1)],
)
def test_the_edition_in_force_is_the_newest_that_has_begun(on: str, edition: int) -> None:
    bylaws: Bylaws = amended(starting="2026-01-01", events_needed=4)
    assert bylaws.in_force(day(on)) == bylaws.editions[edition]
