"""The sentences of the rules: each is written out where it is made, and said in Spanish too."""

import ast
import tomllib
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from connectors.pages.sentences import SENTENCES, catalogue
from flows.rehearsal.steps import SCRIPT
from tests.house.project import ROOT

MADE = "models/text/sentences.py"
"""Where sentences are made of others."""
FROM_A_FILE = "flows/rehearsal/steps.py"
"""Whose sentences stand in a script of their own."""


def fields(text: str) -> set[str]:
    return {name for _, name, *_ in Formatter().parse(text) if name is not None}


def made() -> list[tuple[str, ast.Call]]:
    """Every sentence of the program, with its place."""
    found = []
    for top in ("models", "connectors", "flows"):
        for file in sorted((ROOT / top).rglob("*.py")):
            place = str(file.relative_to(ROOT))
            nodes = ast.walk(ast.parse(file.read_text("utf-8")))
            calls = (node for node in nodes if isinstance(node, ast.Call) and place != MADE)
            found += [(f"{place}:{one.lineno}", one) for one in calls if _makes_one(one.func)]
    return found


def _makes_one(called: ast.expr) -> bool:
    return isinstance(called, ast.Name) and called.id in ("Sentence", "Joined")


def keys() -> set[str]:
    """The English of all of them."""
    steps = tomllib.loads(Path(SCRIPT).read_text("utf-8"))["steps"]
    told = {one[part] for one in steps for part in ("title", "text")}
    return told | {
        call.args[0].value
        for _, call in made()
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_each_sentence_is_written_out_where_it_is_made() -> None:
    """A key that was put together could not be found in a catalogue."""
    loose = [
        place
        for place, call in made()
        if not isinstance(call.args[0], ast.Constant) and not place.startswith(FROM_A_FILE)
    ]
    assert loose == []


def test_the_fields_of_a_sentence_are_those_that_it_is_given() -> None:
    for place, call in made():
        key, given = call.args[0], {one.arg for one in call.keywords}
        if isinstance(key, ast.Constant) and call.keywords and None not in given:
            assert fields(str(key.value)) == given, place


def test_spanish_says_each_sentence_and_no_other() -> None:
    assert keys() - catalogue("es").keys() == set()
    assert catalogue("es").keys() - keys() == set()


def test_a_sentence_has_the_same_fields_in_both_languages() -> None:
    differ = {key for key, text in catalogue("es").items() if fields(key) != fields(text)}
    assert differ == set()


def test_no_sentence_stands_in_two_files() -> None:
    files = sorted((SENTENCES / "es").glob("*.toml"))
    times = Counter(key for file in files for key in tomllib.loads(file.read_text("utf-8")))
    assert [key for key, many in times.items() if many > 1] == []


@pytest.mark.parametrize("mark", ["“", "”", " tú ", " tu ", "boleta", "censo", "endoso"])
def test_spanish_quotes_as_spanish_does_and_keeps_to_its_words(mark: str) -> None:
    assert [text for text in catalogue("es").values() if mark in f" {text} "] == []


def test_a_rule_and_a_command_stay_as_they_are() -> None:
    """What a reader looks up, or types."""
    for key, text in catalogue("es").items():
        assert key.count("`") == text.count("`"), key
        for part in key.split("`")[1::2]:
            assert f"`{part}`" in text, key
