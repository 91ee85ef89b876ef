"""How somebody is greeted: first and last name of what they wrote as theirs."""

import re

_SUFFIX = re.compile(
    r"(jr|sr|ii|iii|iv|esq|m\.?d|ph\.?d|r\.?n|j\.?d|d\.?d\.?s|c\.?p\.?a)\.?", re.IGNORECASE
)
_WORD = r"(?:s?he|they|him|hers?|his|them|theirs?|xe|ze|él|ella|elle|any)"
_PRONOUNS = re.compile(
    rf",?\s*(?:(?<=\s)[-–—]\s*)?(?:[(\[]\s*{_WORD}(?:\s*[/,]\s*\w+)*\s*[)\]]|(?<![\w/]){_WORD}(?:/\w+)+)\s*$",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
"""In brackets behind a name; it may tell a father from his son."""
_OF_THE_LAST = re.compile(r"von|van|de[rnl]?|l[aeo]s?|d[aoiu]s?|bin|ibn|al")
"""Words that a last name begins with, in small letters."""


def first_and_last(name: str) -> tuple[str, str]:
    """First and last name: of “Müller, Cy”, “Ben Baker, Jr.” and “Ana de la Cruz (she/her)” too.

    A single word is a first name, and so are the names of two people. What stands in brackets
    behind is no part of either.
    """
    name = " ".join(name.split())  # else each space of a long run is looked behind by itself
    parts, behind = _parts(_REMARK.sub("", name) or name)
    if len(parts) == 1:
        first, last = _parted(parts[0].split())
    elif _is_last_first(parts):
        last, first = parts
    else:
        first, last = ", ".join(parts), ""
    return first, ", ".join([last, *behind] if last else [])


def in_usual_order(name: str) -> str:
    """A name without pronouns behind it; “Müller, Cy” is Cy Müller."""
    parts, behind = _parts(" ".join(name.split()))
    return ", ".join(
        [" ".join(parts[::-1]) if _is_last_first(parts) else ", ".join(parts), *behind]
    )


def _parts(name: str) -> tuple[list[str], list[str]]:
    """What stands between commas; and the titles behind, as “Jr.”."""
    name = _PRONOUNS.sub("", name) or name
    parts = [part for part in re.split(r"\s*,\s*", name.strip(" ,")) if part]
    if (
        len(parts) == 3 and _SUFFIX.fullmatch(parts[1]) and not _SUFFIX.fullmatch(parts[2])
    ):  # Smith, Jr., Bob
        parts = [parts[0], parts[2], parts[1]]
    behind = [parts.pop() for _ in parts[1:] if _SUFFIX.fullmatch(parts[-1])][::-1]
    return parts, behind


def _is_last_first(parts: list[str]) -> bool:
    """Of two names with two words each nobody knows whether they are two people."""
    if len(parts) != 2:
        return False
    last, first = (part.split() for part in parts)
    return min(len(last), len(first)) == 1 or bool(_OF_THE_LAST.fullmatch(last[0].casefold()))


def _parted(words: list[str]) -> tuple[str, str]:
    """The words of a name written in its usual order, where the last name begins."""
    at = len(words) - 1
    while at > 1 and _SUFFIX.fullmatch(words[at]):
        at -= 1
    while at > 1 and _OF_THE_LAST.fullmatch(words[at - 1]):
        at -= 1
    return (" ".join(words[:at]), " ".join(words[at:])) if at > 0 else (" ".join(words), "")
