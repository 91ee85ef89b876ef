"""The words of the officers' page: the same in each language, and each of them said."""

import re
from pathlib import Path
from typing import Any

import pytest

from flows.web.render import HERE
from flows.web.texts import TEXTS, texts

FILES = sorted(file.stem for file in (TEXTS / "en").glob("*.toml"))
_FIELD = re.compile(r"\{(\w+)\}")


def flat(found: Any, name: str = "") -> dict[str, str]:
    """Dotted key → text."""
    if isinstance(found, str):
        return {name: found}
    return {k: t for key, one in found.items() for k, t in flat(one, f"{name}.{key}").items()}


@pytest.mark.parametrize("page", FILES)
def test_each_page_has_the_same_texts_with_the_same_fields_in_both_languages(page: str) -> None:
    en, es = flat(texts("en").texts[page]), flat(texts("es").texts[page])
    assert en.keys() == es.keys()
    for key, text in en.items():
        assert set(_FIELD.findall(text)) == set(_FIELD.findall(es[key])), key


def test_every_template_of_the_page_loads_nothing_from_elsewhere_and_has_no_style() -> None:
    for file in (HERE / "templates").glob("*.html"):
        text = Path(file).read_text("utf-8")
        assert not re.search(r"(src|href)=\"(https?:)?//", text), file.name
        assert "style=" not in text, file.name
        assert "|safe" not in text, file.name
