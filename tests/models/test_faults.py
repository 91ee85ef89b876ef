"""Faults of a file in plain words: every kind has its place, its fact, and no word of a schema."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import AwareDatetime, Field, ValidationError

from models.base import Value
from models.bylaws.rules import Bylaws
from models.contests.contest import contest_from
from models.errors import FixTheSettings
from models.faults import faults

SCHEMA = re.compile(r"input|should|valid|extra|field|instance|parse|tuple|dictionary|str(ing)?\b")
"""Words of programmers."""


class Inner(Value):
    """A table in the file."""

    number: Annotated[int, Field(gt=0, le=9)] = 1
    part: Annotated[float, Field(ge=0.5, lt=2)] = 1


class Whole(Value):
    """A file with a value of each type."""

    name: Annotated[str, Field(min_length=1, max_length=5, pattern="^[a-z]*$")] = "a"
    sure: bool = True
    day: date = date(2026, 1, 1)
    moment: datetime = datetime(2026, 1, 1)  # noqa: DTZ001 - as TOML has it
    exact: AwareDatetime | None = None
    hour: time = time(2)
    where: Path = Path()
    kind: Literal["one", "two"] = "one"
    names: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)] = ("a",)
    several: Mapping[str, str] = Field(default_factory=dict)
    inner: Inner = Inner()
    inners: tuple[Inner, ...] = ()


def told(**table: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        Whole.model_validate(table)
    return "; ".join(faults(refused.value, Whole))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"name": 1}, "name: write a text in quotes"),
        ({"name": ""}, "name: must not be empty"),
        ({"name": "abcdef"}, "name: can have at most 5 characters"),
        ({"name": "A"}, "name: contains a character that is not allowed here"),
        ({"sure": "perhaps"}, "sure: write true or false, without quotes"),
        ({"day": "soon"}, "day: write a day as 2026-03-31, without quotes"),
        ({"moment": "soon"}, "moment: write a moment as 2026-10-01T09:00:00, without quotes"),
        ({"exact": datetime(2026, 1, 1)}, "exact: write a moment as 2026-10-01T09:00:00"),  # noqa: DTZ001
        ({"hour": "late"}, 'hour: write a time of day as "02:00"'),
        ({"hour": "ann@example.org"}, 'hour: write a time of day as "02:00"'),
        ({"hour": "25:00"}, 'hour: 25:00 is not a time of day; write it like "02:00"'),
        ({"hour": "2:00"}, 'hour: 2:00 is not a time of day; write it like "02:00"'),
        ({"where": 3}, "where: write a path in quotes"),
        ({"kind": "three"}, "kind: must be one of 'one' or 'two'"),
        ({"names": "a"}, "names: write a list in [ ]"),
        ({"names": []}, "names: needs at least 1 entry"),
        ({"names": ["a", "b", "c"]}, "names: has room for 2 entries"),
        ({"names": ["a", 2]}, "names, entry 2: write a text in quotes"),
        ({"several": 3}, "several: write a table, with a key and a value a line"),
        ({"inner": 3}, "inner: write a table, with a key and a value a line"),
        ({"inner": {"number": 0}}, "[inner] number: must be more than 0"),
        ({"inner": {"number": 10}}, "[inner] number: must be at most 9"),
        ({"inner": {"number": 1.5}}, "[inner] number: write a whole number"),
        ({"inner": {"number": "x"}}, "[inner] number: write a whole number, without quotes"),
        ({"inner": {"part": 0.1}}, "[inner] part: must be at least 0.5"),
        ({"inner": {"part": 2}}, "[inner] part: must be less than 2"),
        ({"inner": {"part": "x"}}, "[inner] part: write a number, without quotes"),
        (
            {"inners": [{}, {"numbr": 1}]},
            "[inners 2] numbr: there is no such setting; did you mean number?",
        ),
        ({"zzz": 1}, "zzz: there is no such setting"),
    ],
)
def test_each_kind_of_fault_has_its_words(table: dict[str, Any], said: str) -> None:
    found = told(**table)
    assert found.startswith(said)
    assert not SCHEMA.search(found), found


def test_all_faults_are_told_and_no_value_is_repeated() -> None:
    found = told(name=1, secret="hunter2", inner={"number": "hunter2"}, kind="hunter2")
    for place in ("name:", "secret:", "[inner] number:", "kind:"):
        assert place in found
    assert "hunter2" not in found


def test_a_list_of_wrong_entries_is_not_said_to_be_empty() -> None:
    with pytest.raises(ValidationError) as refused:
        Bylaws.model_validate({"chapter": "x", "editions": [{}]})
    said = faults(refused.value, Bylaws)
    assert said[0] == "[editions 1] name: is missing"
    assert not any("at least" in one for one in said)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({}, "kind: is missing"),
        ({"kind": "rankd"}, "kind: must be one of 'ranked', 'single-choice'"),
        ({"kind": "ranked", "id": "a", "title": "A"}, "candidates: is missing"),
        ({"kind": "question", "id": "a", "titel": "A"}, "titel: there is no such setting"),
        (
            {"kind": "question", "id": "a", "title": "A", "recommendation": "x"},
            "contest: the recommendation is not a choice",
        ),
    ],
)
def test_one_of_several_kinds_is_told_by_its_own_keys(table: dict[str, Any], said: str) -> None:
    with pytest.raises(FixTheSettings) as refused:
        contest_from(table, "x.toml")
    assert said in refused.value.fact
