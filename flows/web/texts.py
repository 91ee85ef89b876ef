"""The words of the officers' page: a folder a language, a file a page, the same keys in each.

Sentences that the rules make (reasons, questions, next steps) are English in both.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from connectors.pages import PageTexts
from models.text.languages import Language

TEXTS: Final = Path(__file__).parent / "texts"


@cache
def texts(language: Language) -> PageTexts:
    """The texts of one language, all pages' together."""
    found: dict[str, Any] = {}
    for file in sorted((TEXTS / language).glob("*.toml")):
        found[file.stem] = tomllib.loads(file.read_text("utf-8"))
    return PageTexts(language, found)
