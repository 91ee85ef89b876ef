"""An amendment restates what it changes, and keeps the rest of the edition before."""

import tomllib
from fractions import Fraction
from typing import Any

import pytest

from models.bylaws.rules import Bylaws, bylaws_from
from models.errors import FixTheSettings
from models.tally.digests import edition_digest
from tests.models.bylaws.texts import DIGEST, ONE, amendment
from tests.models.invented import FIVE_VALUES, TOML, day

TWO_THIRDS = tomllib.loads(ONE + amendment())


def amended(**groups: Any) -> dict[str, Any]:
    """The built-in edition and one that amends it with these groups."""
    table = tomllib.loads(ONE + amendment())
    table["editions"][1].update(groups)
    return table


def fact(table: dict[str, Any]) -> str:
    """What the writer of a bad amendment is told."""
    with pytest.raises(FixTheSettings) as refused:
        bylaws_from(table, "bylaws.toml")
    return refused.value.fact


def test_one_number_is_restated_and_all_else_is_kept() -> None:
    first, second = bylaws_from(TWO_THIRDS, "bylaws.toml").editions
    assert second.endorsement.threshold.value == Fraction(2, 3)
    assert second.endorsement.threshold.cite == "an invented amendment"
    assert second.endorsement.base == first.endorsement.base
    assert second.membership == first.membership
    assert second.committee == first.committee


def test_another_name_of_an_office_means_one_that_is_listed() -> None:
    """EN-2"""
    wrong = {"value": {"Mayor of Boston": "Mayor", "Alderman": "Alderman"}}
    said = fact(amended(offices={"aliases": wrong | {"rule": "EN-2", "cite": "invented"}}))
    assert "[editions 2] offices: alias 2 refers to an office that is on neither list" in said


def test_the_edition_before_stays_what_it_was() -> None:
    first, second = bylaws_from(TWO_THIRDS, "bylaws.toml").editions
    assert edition_digest(first.counting) == DIGEST
    assert edition_digest(second.counting) != DIGEST


def test_a_result_cites_the_chapter_and_the_edition() -> None:
    first, second = bylaws_from(TWO_THIRDS, "bylaws.toml").editions
    assert first.counting.name == f"JP Progressives: {first.name}"
    assert second.counting.name == "JP Progressives: Amended"
    named = amended(full_name="The bylaws of 2027")
    assert bylaws_from(named, "bylaws.toml").editions[1].counting.name == "The bylaws of 2027"


@pytest.mark.parametrize(
    ("on", "bar"), [("2026-12-31", Fraction(3, 5)), ("2027-01-01", Fraction(2, 3))]
)
def test_each_counts_its_own_days(on: str, bar: Fraction) -> None:
    bylaws: Bylaws = bylaws_from(TWO_THIRDS, "bylaws.toml")
    assert bylaws.in_force(day(on)).counting.endorsement.threshold.value == bar


def test_amendments_of_amendments_add_up() -> None:
    third = {"name": "Third", "effective_from": day("2028-01-01"), "amends": "Amended"}
    seats = {"most_members": {"value": 11, "rule": "SC-1", "cite": "invented"}}
    table = {**TWO_THIRDS, "editions": [*TWO_THIRDS["editions"], {**third, "committee": seats}]}
    edition = bylaws_from(table, "bylaws.toml").editions[2]
    assert edition.committee.most_members.value == 11
    assert edition.committee.fewest_members.value == 5
    assert edition.endorsement.threshold.value == Fraction(2, 3)


def test_an_amendment_of_a_file_of_before_may_state_paths() -> None:
    first = {**TWO_THIRDS["editions"][0], "membership": FIVE_VALUES}
    paths = TOML["editions"][0]["membership"]["paths"][:1]
    now = {
        **TWO_THIRDS["editions"][1],
        "membership": {"paths": paths, "kinds": FIVE_VALUES["qualifying_kinds"]},
    }
    table = {**TWO_THIRDS, "editions": [first, now]}
    before, after = bylaws_from(table, "bylaws.toml").editions
    assert [path.name for path in before.membership.paths] == ["events", "volunteered"]
    assert [path.name for path in after.membership.paths] == ["three events"]
    assert after.membership.volunteer_kinds == before.membership.volunteer_kinds


def test_an_amendment_of_paths_does_not_fall_back_to_the_values_of_before() -> None:
    assert "[editions 2] membership: says twice who can vote" in fact(
        amended(membership={"events_needed": FIVE_VALUES["events_needed"]})
    )


def test_a_value_is_restated_with_its_sentence_or_not_at_all() -> None:
    """The number of one text never stands beside the words of another."""
    assert "[editions 2.endorsement.threshold] cite: is missing" in fact(
        amended(endorsement={"threshold": {"value": "2/3", "rule": "EN-3"}})
    )


def test_an_edition_that_amends_none_states_everything() -> None:
    table = amended()
    del table["editions"][1]["amends"]
    assert "[editions 2] membership: is missing" in fact(table)


@pytest.mark.parametrize("amends", ["", "Amended", "Another"])
def test_an_amendment_names_the_edition_just_before_it(amends: str) -> None:
    assert "version 2 must amend the version just before it" in fact(amended(amends=amends))


def test_the_first_edition_amends_none() -> None:
    table = tomllib.loads(ONE)
    table["editions"][0]["amends"] = "Another"
    assert "the first version cannot amend another one" in fact(table)


def test_a_mistyped_rule_of_an_amendment_is_refused() -> None:
    said = fact(amended(endorsment={}, ranked={"stop_ad": {}}))
    assert "[editions 2] endorsment: there is no such setting; did you mean endorsement?" in said
    assert "[editions 2.ranked] stop_ad: there is no such setting; did you mean stop_at?" in said


def test_a_fault_that_an_amendment_keeps_is_told_once_where_it_stands() -> None:
    table = amended()
    del table["editions"][0]["committee"]["quorum"]
    table["editions"][0]["ranked"]["ties"]["value"] = 3
    said = fact(table)
    assert said.count("quorum") == said.count("ties") == 1
    assert "[editions 1.committee] quorum: is missing" in said
