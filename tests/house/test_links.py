"""Every link of the docs leads to a page that is there, and to a heading that is on it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.project import ROOT, files, named, text

MARKDOWN = [path for path in files() if path.suffix == ".md"]
MADE = ROOT / "docs" / "bench.md"
"""Written by `make bench` on the machine that is measured."""
LINK = re.compile(r"\]\(<?(?P<file>(?![a-z]+:)[^)#\s>]*)(?:#(?P<heading>[^)\s>]+))?>?[^)]*\)")
IMAGE = re.compile(r"<img[^>]+src=\"(?![a-z]+:)([^\"]+)\"")


@pytest.mark.parametrize("page", MARKDOWN, ids=named)
def test_no_link_is_dead(page: Path) -> None:
    assert list(dead(page, text(page))) == []


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# Of *b*, and `c`\n\n## Twice\n\n## Twice\n\n```\n# no\n```\n")
    said = (
        "# Here\n[1](b.md) [2](gone.md) [3](b.md#of-b-and-c) [4](b.md#not) [5](#here) [6](#there)"
        " [7](b.md#twice-1) [8](b.md#twice-2) [9](b.md#no) ![10](gone.png) [11](https://a.org/#x)"
    )
    found = list(dead(tmp_path / "a.md", said))
    assert found == ["gone.md", "b.md#not", "#there", "b.md#twice-2", "b.md#no", "gone.png"]


def dead(page: Path, said: str) -> Iterator[str]:
    """The links of a page that lead nowhere; what stands in code is none."""
    shown = re.sub(r"`[^`\n]+`", "``", without_blocks(said))
    for link in LINK.finditer(shown):
        file, heading = link["file"], link["heading"]
        target = page.parent / file if file else page
        if file and not target.exists() and target.resolve() != MADE:
            yield file
        elif heading and heading not in anchors(target.read_text("utf-8") if file else said):
            yield f"{file}#{heading}"
    yield from (src for src in IMAGE.findall(shown) if not (page.parent / src).exists())


def anchors(said: str) -> set[str]:
    """The headings of a page as GitHub names them; the second of a name gets a number."""
    found: dict[str, int] = {}
    names = set()
    for heading in re.findall(r"(?m)^#{1,6} +(.+?) *#*$", without_blocks(said)):
        plain = re.sub(r"\[([^]]+)\]\([^)]*\)", r"\1", heading).casefold()
        name = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        names.add(f"{name}-{found[name]}" if name in found else name)
        found[name] = found.get(name, 0) + 1
    return names


def without_blocks(said: str) -> str:
    """A page without its blocks of code."""
    return re.sub(r"(?ms)^ *(```|~~~).*?^ *\1 *$", "", said)
