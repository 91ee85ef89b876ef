"""Texts that a reader takes for one, and the character that tells them apart, by its name (BA-7).

Folding takes away what only a keyboard chooses. What is left and still looks alike, an accent or a
letter of another alphabet, is another name: it is never read as the same, and always shown.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations
from unicodedata import combining, name, normalize

from models.privacy import redact_addresses
from models.text.folding import folded
from models.text.sentences import Sentence

_TWINS = str.maketrans(
    {letter: latin for latin, letters in {
        "a": "аα", "b": "вβ", "d": "ԁđ", "e": "еε", "h": "н", "j": "ј", "k": "кκ",
        "l": "1|łiіιı", "m": "м", "n": "ν", "o": "оο0ø", "p": "рρ", "q": "ԛ", "s": "ѕ", "t": "тτ",
        "u": "υ", "v": "ѵ", "w": "ԝ", "x": "хχ", "y": "уγ", "c": "с",
    }.items() for letter in letters}
)  # fmt: skip
"""Letters of other alphabets, and digits, by the Latin letter that they look like."""


def skeleton(text: str) -> str:
    """What of a text can be seen at a glance: no accents, no marks, no foreign letters."""
    plain = "".join(one for one in normalize("NFD", folded(text)) if not combining(one))
    return re.sub(r"[\W_]+", "", plain.translate(_TWINS))


def told_apart(one: str, other: str) -> str:
    """The characters in which two texts differ, by name: “ë”, LATIN SMALL LETTER E WITH … ."""
    one, other = (normalize("NFC", text.casefold()) for text in (one, other))
    changes = SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes()
    found = (
        letter
        for kind, a, b, c, d in changes
        if kind != "equal" and _seen(one[a:b]) != _seen(other[c:d])
        for letter in one[a:b] + other[c:d]
    )
    return ", ".join(
        f"“{letter}” {name(letter, 'without a name')}" for letter in dict.fromkeys(found)
    )


def _seen(part: str) -> str:
    """A part within a text, where a space at its end counts."""
    return folded(f"x{part}x")


def alike(texts: Iterable[str]) -> Iterator[str]:
    """Each pair that looks alike, as a sentence."""
    for one, other in combinations(dict.fromkeys(texts), 2):
        if skeleton(one) == skeleton(other) and folded(one) != folded(other):
            yield Sentence(
                "“{one}” and “{other}” differ by no more than {marks}",
                one=one,
                other=other,
                marks=told_apart(one, other),
            )


def meant(text: str, choices: Iterable[str]) -> str:
    """The choice that a text only looks like, as the end of a sentence; "" where there is none."""
    seen = skeleton(text)
    for choice in choices:
        if seen and skeleton(choice) == seen and folded(choice) != folded(text):
            return Sentence(
                "; from “{choice}” it differs by {marks}",
                choice=redact_addresses(choice),
                marks=told_apart(text, choice),
            )
    return ""
