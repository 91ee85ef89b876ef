"""How somebody is greeted: first and last name of what they wrote as theirs."""

import re

_SUFFIX = re.compile(
    r"(jr|sr|ii|iii|iv|esq|m\.?d|ph\.?d|r\.?n|j\.?d|d\.?d\.?s|c\.?p\.?a)\.?", re.IGNORECASE
)
_OF_THE_LAST = re.compile(r"von|van|de[rnl]?|l[aeo]s?|d[aoiu]s?|bin|ibn|al")
"""Words that a last name begins with, in small letters."""


def first_and_last(name: str) -> tuple[str, str]:
    """First and last name: of “Müller, Cy”, “Ben Baker, Jr.” and “Ana de la Cruz (she/her)” too.

    A single word is a first name. What stands in brackets behind is no part of either.
    """
    name = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", name) or name
    parts = [part for part in re.split(r"\s*,\s*", name.strip(" ,")) if part]
    behind = [parts.pop() for _ in parts[1:] if _SUFFIX.fullmatch(parts[-1])][::-1]
    if len(parts) == 2:
        last, first = parts
    else:
        first, last = _parted(" ".join(parts).split())
    return first, ", ".join([last, *behind] if last else [])


def _parted(words: list[str]) -> tuple[str, str]:
    """The words of a name written in its usual order, where the last name begins."""
    at = len(words) - 1
    while at > 1 and _SUFFIX.fullmatch(words[at]):
        at -= 1
    while at > 1 and _OF_THE_LAST.fullmatch(words[at - 1]):
        at -= 1
    return (" ".join(words[:at]), " ".join(words[at:])) if at > 0 else (" ".join(words), "")
