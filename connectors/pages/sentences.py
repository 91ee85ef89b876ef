"""The sentences of the rules in another language: a file a part of the rules, by the English.

`models.text.sentences` says what a sentence is. A text has the same fields as its key. What is not
translated stays English, and is marked as English wherever it is shown.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final, NamedTuple

from models.text import formats
from models.text.languages import Language
from models.text.sentences import English, Joined, Sentence, SpokenTerm

SENTENCES: Final = Path(__file__).parent / "texts" / "sentences"
_STOPS: Final = (".", "?", "!", "…", ":")


class Segment(NamedTuple):
    """A part of a text, and the language it is in."""

    text: str
    language: Language


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Each sentence of the rules by its English."""
    found: dict[str, str] = {}
    for file in sorted((SENTENCES / language).glob("*.toml")):
        found |= tomllib.loads(file.read_text("utf-8"))
    return found


def told_in(language: Language, text: str) -> list[Segment]:
    """A text as readers of a language see it; what is no sentence stays English."""
    if language == "en" or not _is_known(language, text):
        return [Segment(str(text), "en")]
    return list(_joined(_shaped(text, _told(language, text))))


def _is_known(language: Language, text: str) -> bool:
    """Whether it can be said there, or a part of it."""
    if isinstance(text, Joined):
        return any(_is_known(language, part) for part in text.parts)
    return isinstance(text, Sentence) and text.key in catalogue(language)


def _told(language: Language, text: str) -> Iterator[Segment]:
    known = catalogue(language)
    if isinstance(text, Joined):
        for number, part in enumerate(text.parts):
            if number:
                yield Segment(known.get(text.key, text.key), language)
            yield from _field(language, part)
    elif isinstance(text, Sentence) and text.key in known:
        for before, name, *_ in Formatter().parse(known[text.key]):
            yield Segment(before, language)
            if name is not None:
                yield from _field(language, text.fields[name])
    else:
        yield Segment(text, "en")


def _field(language: Language, value: object) -> Iterator[Segment]:
    match value:
        case Sentence():
            yield from _shaped(value, _told(language, value))
        case SpokenTerm():
            yield Segment(value.written(language), language)
        case English():
            yield Segment(value, "en")
        case date():
            yield Segment(formats.day(value, language), language)
        case _:
            yield Segment(str(value), language)


def _shaped(text: str, told: Iterator[Segment]) -> Iterator[Segment]:
    parts = [part for part in told if part.text]
    if parts and isinstance(text, Sentence):
        if text.capital is not None:
            begins, rest = parts[0].text[:1], parts[0].text[1:]
            begins = begins.upper() if text.capital else begins.lower()
            parts[0] = parts[0]._replace(text=begins + rest)
        if text.stop and not parts[-1].text.endswith(_STOPS):
            parts.append(Segment(".", parts[-1].language))
    yield from parts


def _joined(told: Iterator[Segment]) -> Iterator[Segment]:
    """Neighbors of one language as one."""
    before: Segment | None = None
    for part in told:
        if before and before.language == part.language:
            before = Segment(before.text + part.text, part.language)
            continue
        if before:
            yield before
        before = part
    if before:
        yield before
