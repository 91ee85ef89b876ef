"""The pages' words: each in both languages, with the same blanks, and none that no page says."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from flows.web.texts import TEXTS, texts

WEB = TEXTS.parent


def leaves(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_each_language_says_the_same() -> None:
    english, spanish = (dict(leaves(texts(one).texts)) for one in ("en", "es"))
    assert english.keys() == spanish.keys()
    assert {key for key in english if blanks(english[key]) != blanks(spanish[key])} == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_file_is_there(language: str) -> None:
    for file in (TEXTS / language).glob("*.toml"):
        assert tomllib.loads(file.read_text("utf-8")), file


def test_a_text_that_a_page_names_whole_is_there() -> None:
    known = dict(leaves(texts("en").texts))
    named = re.compile(r"""\bsay\(["']([a-z_.]+[a-z])["'][,)]""")
    files = [*WEB.glob("templates/*.html"), *WEB.glob("pages/*.py")]
    said = {key for file in files for key in named.findall(Path(file).read_text("utf-8"))}
    files_of_words = {key.partition(".")[0] for key in known}
    named_whole = {key for key in said if key.partition(".")[0] in files_of_words and "." in key}
    assert named_whole - known.keys() == set()


def test_no_template_loads_anything_from_elsewhere_or_has_a_style_of_its_own() -> None:
    for file in WEB.glob("templates/*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"(src|href)=\"(https?:)?//", text), file.name
        assert "style=" not in text, file.name
        assert "|safe" not in text, file.name


def test_no_text_is_left_that_no_page_says() -> None:
    """A key is named whole, or by what stands before its last parts: `"today.verdict." ~ kind`."""
    files = [*WEB.glob("templates/*.html"), *WEB.rglob("*.py")]
    source = "\n".join(file.read_text("utf-8") for file in files)
    named = set(re.findall(r"""["']([a-z_]+\.[a-z_.]*)(?=["'{])""", source))
    begun = tuple(name for name in named if name.endswith((".", "_")))
    unsaid = []
    for key in dict(leaves(texts("en").texts)):
        whole = {key, key.rpartition(".")[0]}  # `plural("review.calls", n)`
        if not (key.startswith(("count.", *begun)) or named & whole):
            unsaid.append(key)
    assert unsaid == []
