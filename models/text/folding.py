"""Texts for comparing: titles, headers, names and choices, wherever they were typed (BA-7)."""

import re
from unicodedata import category, normalize


def folded(text: str) -> str:
    """A text for comparing: without case, runs of space, and what only a keyboard chooses.

    Curly and straight quotes are one, dashes are one, accents are one character with their letter;
    what cannot be seen (no-break and zero-width characters, an emoji's frame) is not there (BA-7).
    """
    text = text.translate(_KEYBOARD)
    if not text.isascii():
        text = normalize("NFKC", normalize("NFKC", text).casefold())
        text = visible(text).translate(_KEYBOARD)
    return _SPACE.sub(" ", text).strip().casefold()


def visible(text: str) -> str:
    """A text without the characters that have no width."""
    if text.isascii():
        return text
    return "".join(each for each in text if category(each) != "Cf")


def unmarked(text: object) -> str:
    """A header or title for comparing: folded, and marks at its end do not matter.

    `Email  Address:` is `email address`.
    """
    plain = folded(str(text))
    return plain.rstrip(":?*. ") or plain


_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_KEYBOARD = (
    dict.fromkeys(map(ord, '"`´‘’‚‛“”„‟′″‹›«»ʹʻʼʽˈ՚׳״〝〞〟＇＂'), "'")
    | dict.fromkeys(map(ord, "‐‑‒–—―⁃−﹘﹣－⸺⸻"), "-")
    | dict.fromkeys([0x034F, 0x20E3, *range(0xFE00, 0xFE10)])
)
"""Quotes, dashes, and marks that only say how a character is drawn."""
