"""The rules by their ids, so that a page that names one says what it is."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

HERE: Final = "/rules"
_FILE: Final = Path(__file__).parent / "rules.toml"
_ID: Final = re.compile(r"\b[A-Z]{2}-R?\d+\b")


@cache
def rules() -> Mapping[str, str]:
    """Each rule's sentence, in the order of docs/rules.md."""
    return tomllib.loads(_FILE.read_text("utf-8"))


def ruled(text: str) -> Markup:
    """A text in which each rule leads to its sentence."""
    parts, done = [], 0
    for found in _ID.finditer(text):
        if sentence := rules().get(found[0]):
            parts += [escape(text[done : found.start()]), _link(found[0], sentence)]
            done = found.end()
    return Markup("").join([*parts, escape(text[done:])])


def _link(rule: str, sentence: str) -> Markup:
    link = Markup('<a class="rule" lang="en" href="{}#{}" title="{}">{}</a>')
    return link.format(HERE, rule, sentence, rule)
