"""The bylaws as tested: article, rule and sentence, collected by listing this folder.

A folder (or a file beside it) is an article, a file's docstring its heading, a test's name the
rule's sentence, a test's docstring the ids of the rules it holds the program to.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
COPY = HERE.parents[1] / "docs" / "bylaws-as-tested.md"
RULE = re.compile(r"\b[A-Z]{2}-R?\d+\b")
CAPITALS = ("february", "march", "december", "progressive", "mass", "jamaica", "plain")
LETTERS = ("jpp", "jp", "ocpf", "html", "csv", "utc")

HEAD = """# The bylaws, as tested

Every line below is a test that the program passes; the id is the rule it holds the program to.
The page is made by `python -m tests.bylaws` from `tests/bylaws/`; a stale copy fails the suite.
"""


class Tenet(NamedTuple):
    """One test of the bylaws."""

    file: Path
    name: str
    rules: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The test's name as the sentence it is."""
        words = [_cased(word) for word in self.name.removeprefix("test_").split("_")]
        text = " ".join(words).replace("sign in", "sign-in")
        return text[:1].upper() + text[1:] + "."


def specified(file: Path) -> Iterator[Tenet]:
    """The tests of one file, in its own order."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            rules = RULE.findall(ast.get_docstring(node) or "")
            yield Tenet(file, node.name, tuple(dict.fromkeys(rules)))


def files() -> list[Path]:
    """All files of the specification, article by article, in the order of their first rules."""
    return sorted(HERE.rglob("test_*.py"), key=lambda file: (file.parent, _place(file), file))


def page() -> str:
    """The whole page."""
    parts, article = [HEAD], ""
    for file in files():
        within = file.parent.relative_to(HERE).as_posix()
        if within not in (".", article):
            article = within
            parts.append(f"## {article.replace('_', ' ').capitalize()}\n")
        parts.append(f"### {_heading(file)}\n")
        parts.append("| Rule | The program holds that |\n|---|---|")
        parts += [f"| {', '.join(test.rules)} | {test.sentence} |" for test in specified(file)]
        parts.append("")
    return "\n".join(parts)


def _place(file: Path) -> tuple[str, bool, int]:
    """Where the first rule that a file cites stands: rules before rulings, each by number."""
    cited = next((rule for test in specified(file) for rule in test.rules), "ZZ-0")
    family, number = cited.split("-")
    return family, number.startswith("R"), int(number.removeprefix("R"))


def _cased(word: str) -> str:
    return word.title() if word in CAPITALS else word.upper() if word in LETTERS else word


def _heading(file: Path) -> str:
    said = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or file.stem.removeprefix("test_")
    return said.splitlines()[0].rstrip(".")
