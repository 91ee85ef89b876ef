"""docs/real-services.md: each behavior has a source, an answer, and a test that is there."""

import ast
import re

import pytest

from tests.house.kept import DOCS
from tests.house.project import ROOT, text, tree

PAGE = text(DOCS / "real-services.md")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.splitlines()
    if line.startswith("|") and "---" not in line and not line.startswith("| Behavior")
]
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_each_row_is_whole_and_its_tests_are_there(row: list[str]) -> None:
    assert len(row) == 4
    assert all(row)
    held = TEST.findall(row[3])
    assert held, "no test named"
    for path, name in held:
        assert name in _functions(path), f"{path} has no {name}"


def test_the_page_says_no_row_twice() -> None:
    behaviours = [row[0] for row in ROWS]
    assert sorted(set(behaviours)) == sorted(behaviours)


def _functions(path: str) -> set[str]:
    assert (ROOT / path).is_file(), f"there is no {path}"
    return {node.name for node in ast.walk(tree(ROOT / path)) if isinstance(node, ast.FunctionDef)}
