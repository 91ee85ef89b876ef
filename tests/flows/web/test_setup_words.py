"""All that the questions of a set-up say has words of the page's own, with the same blanks."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from flows.setup import shown
from flows.setup.columns import NOTHING
from flows.setup.sorts import Sort
from flows.web.texts import texts

SETUP = Path(shown.__file__).parent
UNTOLD = frozenset(("share",))
"""The page says it anyhow."""


def named() -> Iterator[tuple[str, frozenset[str]]]:
    """The name of each question and note, and what it has for the blanks."""
    for file in SETUP.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "").lower() == "about":
                fields = {one.arg for one in node.keywords if one.arg}
                for one in node.args[1:2]:
                    if isinstance(one, ast.Dict):
                        fields |= {key.value for key in one.keys if isinstance(key, ast.Constant)}
                for name in ast.walk(node.args[0]):
                    if isinstance(name, ast.Constant) and name.value not in ("forms",):
                        yield str(name.value), frozenset(fields)


NAMED = sorted({*named()}, key=lambda one: one[0])


@pytest.mark.parametrize(("name", "fields"), NAMED, ids=[name for name, _ in NAMED])
def test_each_has_its_words(name: str, fields: frozenset[str]) -> None:
    known = texts("en").texts["setup"]
    if name in UNTOLD or name == "about":
        return
    if name.endswith("_"):
        assert {f"{name}spreadsheet", f"{name}form"} <= known["note"].keys()
        return
    said = known["ask"].get(name) or {"text": known["note"].get(name)}
    sentences = [one for one in said.values() if not isinstance(one, dict)]
    assert sentences
    assert None not in sentences
    blanks = {blank for one in sentences for _, blank, _, _ in Formatter().parse(one) if blank}
    assert blanks <= fields


def test_each_field_kind_and_sort_has_its_word() -> None:
    known = texts("en").texts["setup"]
    assert (
        shown.LABELS.keys() | {term for _, term in shown.OF_A_KIND.values()}
        == known["label"].keys()
    )
    assert [*shown.KINDS, NOTHING] == [*known["ask"]["kind"]["option"]]
    sorts = Sort.__annotations__["name"].__args__
    assert set(sorts) - {"", "word", "day"} == known["sort"].keys()
