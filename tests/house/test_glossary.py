"""The glossary holds every public class of the models, each once, and no term that no one uses."""

import ast
import re
from collections import Counter

from tests.house.kept import DOCS
from tests.house.project import files, named, sources, text, tree

PAGE = text(DOCS / "glossary.md")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| Term")
]
WORD = re.compile(r"[a-z]+")
CLASSES = [
    node.name
    for path in sources("models")
    for node in tree(path).body
    if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
]


def test_every_public_class_of_the_models_is_in_the_glossary_once() -> None:
    listed = [name for row in ROWS for name in re.findall(r"`(\w+)`", row[2])]
    assert Counter(listed) == Counter(CLASSES)


def test_a_class_has_one_name_and_a_name_one_class() -> None:
    assert [name for name, many in Counter(CLASSES).items() if many > 1] == []


def test_a_term_has_one_line() -> None:
    terms = [term for row in ROWS for term in row[0].split(", ")]
    assert [term for term, many in Counter(terms).items() if many > 1] == []


def test_every_word_of_a_term_is_used() -> None:
    said = {
        word
        for path in files()
        if path.suffix in (".py", ".md", ".txt", ".html", ".toml")
        and not named(path).startswith(("docs/glossary", "docs/decisions/", "tests/", "CHANGELOG"))
        for word in WORD.findall(text(path).casefold())
    }
    terms = [word for row in ROWS for word in WORD.findall(row[0].casefold())]
    assert [word for word in terms if word not in said] == []
