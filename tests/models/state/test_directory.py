"""Which chapter is near somebody: by ZIP code, then by town, and never by a guess (ST-1)."""

from typing import Any

import pytest
from pydantic import ValidationError

from models.faults import faults
from models.state.directory import ChapterDirectory


def chapter(key: str, **said: Any) -> dict[str, Any]:
    return {"key": key, "name": key.title(), "register": "https://example.org/join"} | said


def directory(*chapters: dict[str, Any]) -> ChapterDirectory:
    return ChapterDirectory.model_validate({"schema": 1, "chapters": chapters})


RIVER = chapter("river", towns=["Rivertown", "Mill Village"], zips=["02901"])
EAST = chapter("east", towns=["Bigcity"], zips=["02801", "02802"])
WEST = chapter("west", towns=["Bigcity"], zips=["02803"])
THREE = directory(RIVER, EAST, WEST)


@pytest.mark.parametrize(
    ("town", "zip_code", "keys"),
    [
        ("Rivertown", "", ["river"]),
        ("  mill   VILLAGE ", "", ["river"]),
        ("", "02901", ["river"]),
        ("Bigcity", "02803", ["west"]),
        ("Rivertown", "02803", ["west"]),  # the ZIP code decides before the town
        ("Bigcity", "", ["east", "west"]),  # only the town: both, and no guess
        ("Bigcity", "02899", ["east", "west"]),  # a ZIP code that nobody lists says nothing
        ("Elsewhere", "", []),
        ("", "02899", []),
        ("", "", []),
    ],
)
def test_a_zip_code_decides_before_a_town_and_a_shared_town_names_all(
    town: str, zip_code: str, keys: list[str]
) -> None:
    assert [one.key for one in THREE.near(town, zip_code)] == keys


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Rivertwon", "Rivertown"), ("rivertown", ""), ("Elsewhere", ""), ("", "")],
)
def test_a_town_that_is_nearly_one_of_the_list_is_seen(typed: str, meant: str) -> None:
    assert THREE.nearly(typed) == meant


def refused(*chapters: dict[str, Any], **said: Any) -> str:
    with pytest.raises(ValidationError) as error:
        ChapterDirectory.model_validate({"schema": 1, "chapters": chapters} | said)
    return "; ".join(faults(error.value, ChapterDirectory))


@pytest.mark.parametrize(
    ("chapters", "said"),
    [
        ([RIVER, RIVER], "two chapters have the key “river”"),
        ([EAST, chapter("b", zips=["02802"])], "both list the ZIP code 02802"),
        ([RIVER, chapter("b", towns=["RIVERTOWN"])], "list the same town"),
        ([RIVER, chapter("b", towns=["Rivertown"])], "list the zips of both"),
        ([chapter("a")], "chapters, entry 1: list its towns, its zips, or both"),
        ([chapter("a", towns=["A", " a "])], "[chapters 1] towns: one of them is there twice"),
        ([chapter("a", towns=[" "])], "[chapters 1] towns, entry 1: must not be empty"),
        ([chapter("a", zips=["2901"])], "five digits in quotes"),
        ([chapter("a", zips=["02901-1234"])], "five digits in quotes"),
        ([chapter("A", towns=["A"])], "[chapters 1] key: contains a character"),
        ([RIVER | {"register": "http://example.org"}], "begins with https://"),
        ([RIVER | {"register": "https://who@example.org"}], "begins with https://"),
        ([RIVER | {"register": "https://"}], "begins with https://"),
        ([RIVER | {"register": 'https://example.org/"x'}], "contains a character"),
        ([RIVER | {"user": "root; rm"}], "[chapters 1] user: contains a character"),
        ([RIVER | {"town": ["A"]}], "did you mean towns?"),
        ([RIVER | {"registers": "A"}], "did you mean register?"),
        ([], "needs at least 1 entry"),
    ],
)
def test_what_is_wrong_with_the_list_is_said_with_its_place(
    chapters: list[dict[str, Any]], said: str
) -> None:
    assert said in refused(*chapters)


def test_a_list_of_another_schema_is_refused() -> None:
    assert "schema: must be one of 1" in refused(RIVER, schema=2)
