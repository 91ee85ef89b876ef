"""Whom a typed text may mean: each of its words begins a word of the name, in any order.

So “Novak, Thea”, “thea n”, and “Jose” for “José” find somebody, wherever they are looked for.
"""

import re
from collections.abc import Sequence
from unicodedata import normalize

from models.text.folding import folded


def words_of(text: str) -> list[str]:
    """The words of a name, for comparing: without case, accents, and marks between them."""
    plain = folded(text)
    if not plain.isascii():
        plain = _ACCENTS.sub("", normalize("NFD", plain))
    return _WORDS.findall(plain)


def is_meant(typed: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the words of a typed text may mean the one with the words of this name."""
    return bool(typed) and all(any(own.startswith(word) for own in name) for word in typed)


_WORDS, _ACCENTS = re.compile(r"\w+"), re.compile("[\u0300-\u036f]")
