"""Names of settings of before: what they are called now, and what is refused."""

from typing import Any

import pytest

from models.errors import FixTheSettings
from models.old_names import BYLAWS, CHAPTER, Renamed, with_new_names

WHERE = "chapter.toml"


def written(one: Renamed, key: str, value: object = 1) -> dict[str, Any]:
    """A file that holds this key alone."""
    table: dict[str, Any] = {key: value}
    for outer in reversed(one.table):
        table = {outer: table}
    return table


@pytest.mark.parametrize("one", [*CHAPTER, *BYLAWS], ids=lambda one: one.old)
def test_an_old_name_is_read_as_the_new_one(one: Renamed) -> None:
    read, line = with_new_names(written(one, one.old), [one], WHERE)
    assert read == written(one, one.new)
    assert f"{one.old}" in line
    assert f"is now called {one.new}" in line.replace("[", "").replace("]", "")


@pytest.mark.parametrize("one", [*CHAPTER, *BYLAWS], ids=lambda one: one.new)
def test_a_new_name_is_left_alone_and_nothing_is_said(one: Renamed) -> None:
    table = written(one, one.new)
    assert with_new_names(table, [*CHAPTER, *BYLAWS], WHERE) == (table, "")


def test_the_line_names_each_with_its_place() -> None:
    table = {"guards": {"losses_percent": 5, "unforeseen_percent": 1}, "schedule": {}}
    read, line = with_new_names(table, CHAPTER, WHERE)
    assert read == {
        "safety_limits": {"losses_percent": 5, "unexpected_percent": 1}, "schedule": {},
    }  # fmt: skip
    assert line == (
        "chapter.toml: [guards] is now called [safety_limits], [safety_limits] unforeseen_percent "
        "is now called unexpected_percent; the old names work until the next release"
    )
    one = with_new_names({"guards": {}}, CHAPTER, WHERE)[1]
    assert one == (
        "chapter.toml: [guards] is now called [safety_limits]; the old name works until the next "
        "release"
    )


def test_each_table_of_a_list_is_looked_at_and_the_line_says_it_once() -> None:
    editions = [{"in_force_from": 1}, {"effective_from": 2}, {"in_force_from": 3}]
    read, line = with_new_names({"editions": editions}, BYLAWS, "bylaws.toml")
    assert read == {"editions": [{"effective_from": number} for number in (1, 2, 3)]}
    assert line.count("in_force_from") == 1


def test_the_order_of_keys_stays() -> None:
    read, _ = with_new_names({"name": 1, "letters": 2, "zone": 3}, CHAPTER, WHERE)
    assert list(read) == ["name", "emails", "zone"]


@pytest.mark.parametrize("one", [*CHAPTER, *BYLAWS], ids=lambda one: one.old)
def test_both_names_at_once_are_refused(one: Renamed) -> None:
    table = written(one, one.old)
    inner = table
    for outer in one.table:
        inner = inner[outer]
    inner[one.new] = 2
    with pytest.raises(FixTheSettings, match="both given") as refused:
        with_new_names(table, [one], WHERE)
    assert one.old in refused.value.fact
    assert one.new in refused.value.fact


@pytest.mark.parametrize("odd", [None, 3, "text", [], [3], [[{}]], {"guards": 1}])
def test_what_is_no_table_is_left_for_the_check_of_the_file(odd: object) -> None:
    for one in (*CHAPTER, *BYLAWS):
        if one.table:
            table = {one.table[0]: odd}
            assert with_new_names(table, [one], WHERE) == (table, "")
