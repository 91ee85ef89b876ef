"""Letters that look like others: in an address they make a second person of one.

What only a keyboard chooses is read as what it stands for: letters as wide as Chinese ones, dashes,
curly apostrophes. A letter that only looks like one of the Latin alphabet's is named, never
replaced: nobody can tell which of the two was meant. Accents and whole words in other scripts are
letters of their own, and no likeness.
"""

import re
import unicodedata
from itertools import chain

_DASHES = "‐‑‒–—―⁃−﹘﹣"
_APOSTROPHES = "‘’‛ʹʻʼʽˈ′"
KEYBOARDS = str.maketrans(
    {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    | {"﹫": "@", "。": ".", "｡": "."}
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_APOSTROPHES, "'")
)
"""What stands for a character of ASCII."""
_ALIKE = frozenset("аԁеһіјӏкмоԛрсѕтухԝѵ" + "αεικνορτυχγω" + "օսոհց")
"""Cyrillic, Greek and Armenian letters of which a whole word can be taken for a Latin one."""
_NEAR = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")
"""Scripts that share shapes with the Latin one."""
_OF_LANGUAGES = frozenset("ßæœøåłđðþħŋ")
"""Latin letters of living alphabets that are no letter of ASCII with an accent."""


def lookalike(address: str) -> str:
    """The first letter of an address that only looks like another, or ""."""
    if address.isascii():
        return ""
    words = re.split(r"[^\w-]+", unicodedata.normalize("NFC", address.lower()))
    return next(chain.from_iterable(map(_of_a_word, words)), "")


def _of_a_word(word: str) -> list[str]:
    """One script's word is that script's own, unless each of its letters could be a Latin one."""
    latin = [letter for letter in word if _script(letter) == "LATIN"]
    odd = [letter for letter in latin if not _is_usual(letter)]
    near = [letter for letter in word if _script(letter) in _NEAR]
    return odd + near * bool(latin or _ALIKE.issuperset(near))


def _is_usual(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0].isascii() or letter in _OF_LANGUAGES


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""
