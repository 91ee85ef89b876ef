"""The words of the pages, beside those of the officers' page: the same keys in each language."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from connectors.pages import PageTexts
from flows.web.texts import texts
from models.text.languages import Language

TEXTS: Final = Path(__file__).parent / "texts"


@cache
def wording(language: Language) -> PageTexts:
    """The texts of one language."""
    own: dict[str, Any] = {
        file.stem: tomllib.loads(file.read_text("utf-8"))
        for file in sorted((TEXTS / language).glob("*.toml"))
    }
    desk = texts(language).texts
    own["count"] = {**desk["count"], **own["count"]}
    return PageTexts(language, {**desk, **own})
