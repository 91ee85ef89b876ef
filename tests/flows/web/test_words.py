"""The words of the officers' page: the same in both languages, and each of them said somewhere."""

import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flows.web.pages import ASKED
from flows.web.texts import TEXTS

WEB = TEXTS.parent


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _texts(language: str) -> dict[str, str]:
    files = sorted((TEXTS / language).glob("*.toml"))
    tables = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}
    return dict(_flat(tables))


def _fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_say_the_same_things_of_the_same_facts() -> None:
    english, spanish = _texts("en"), _texts("es")
    assert english.keys() == spanish.keys()
    assert [key for key, text in english.items() if _fields(text) != _fields(spanish[key])] == []
    same = [key for key, text in english.items() if len(text) > 20 and text == spanish[key]]
    assert same == []


def test_each_template_is_used_and_no_text_is_english_in_a_template() -> None:
    code = "".join(file.read_text("utf-8") for file in WEB.rglob("*.py"))
    for file in (WEB / "templates").glob("*.html"):
        text = file.read_text("utf-8")
        others = "".join(one.read_text("utf-8") for one in _others(file))
        assert file.name in code + others, file.name
        said = re.sub(r"(?s){#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", text)
        words = set(re.findall(r"\b[a-z]{4,}", said)) - {"clerk", "desk", "invite", "doctor"}
        assert words == set(), f"{file.name}: {sorted(words)}"


def _others(file: Path) -> Iterator[Path]:
    return (one for one in file.parent.glob("*.html") if one != file)


def test_each_thing_that_can_be_asked_for_is_asked_once() -> None:
    asked = [(one.method, one.path) for one in ASKED]
    assert len(asked) == len(set(asked))
