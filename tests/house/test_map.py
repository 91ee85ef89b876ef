"""Each package's `__init__` is the map of what it holds, in reading order."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.house.project import ROOT, named, sources, tree

PACKAGES = [
    named(path.parent)
    for path in sources()
    if path.name == "__init__.py" and "migrations" not in path.parts
]


@pytest.mark.parametrize("package", PACKAGES)
def test_the_map_has_a_line_for_each_part(package: str) -> None:
    assert sorted(_listed(package)) == sorted(_parts(package))


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_is_used_before_its_line(package: str) -> None:
    listed = _listed(package)
    early = [
        f"{part} uses {later}, which the map names later"
        for place, part in enumerate(listed)
        for later in _used_by(package, part).intersection(listed[place + 1 :])
    ]
    assert early == []


def _listed(package: str) -> list[str]:
    said = ast.get_docstring(tree(ROOT / package / "__init__.py")) or ""
    return re.findall(r"^(\w+) {2,}\S", said, re.MULTILINE)


def _parts(package: str) -> set[str]:
    """The modules and packages directly in a package."""
    names = {_within(package, path) for path in sources()}
    return names - {"", "__init__", "__main__"}


def _used_by(package: str, part: str) -> set[str]:
    """The parts of a package that one of them imports, wherever in its files."""
    own = (path for path in sources() if _within(package, path) == part)
    return {_within(package, target) for path in own for target in _imported(path)}


@cache
def _imported(path: Path) -> frozenset[Path]:
    """Each module or name that a file imports from somewhere, as a path."""
    return frozenset(
        ROOT.joinpath(*(node.module or "").split("."), name.name)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    )


@cache
def _within(package: str, path: Path) -> str:
    """Which part of a package a file or module is of; "" if of none."""
    folder = ROOT / package
    return path.relative_to(folder).parts[0].removesuffix(".py") if folder in path.parents else ""
