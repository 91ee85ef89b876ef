"""What of a page is English, found by a language of our own: each Spanish text between two marks.

Whatever stands on a page beside the marks is from no catalogue. It is a name of the sheets, a day,
a number, or a text that was forgotten.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from string import Formatter
from typing import Any

from connectors.pages import PageTexts
from connectors.pages.sentences import catalogue
from flows.web.texts import texts

OPENS, CLOSES = "⟦", "⟧"
_MARKED = re.compile(f"{OPENS}[^{CLOSES}]*{CLOSES}")
_HALF = re.compile(f"{OPENS}[^{CLOSES}]*$|^[^{OPENS}]*{CLOSES}")
"""A marked text in which an address of the program's own stands."""
_OTHER = re.compile(
    r"\b(?:[A-Z]{2}-R?\d+|[A-Z]{1,2}\d+|[\w-]+\.toml|p-[a-z0-9]+|sha256:[0-9a-f]+"
    r"|clerk: (?:voting member|one event away))\b"
)
"""Ids of rules, cells, people, and results; names of files and tags."""
_READ = frozenset(("aria-label", "title", "placeholder", "alt", "data-head"))
"""Attributes that a screen reader says, or that are shown."""
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr", "col"))
_OF_MACHINES = frozenset(("script", "style", "code"))
_CALENDAR = re.compile(
    r"\b(?:a\.m|p\.m|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre|ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic|lunes|martes|miércoles|jueves"
    r"|viernes|sábado|domingo|lun|mié|jue|vie|sáb|dom|el|de|del|a|las?|al|mediodía|medianoche"
    r"|e[ds]t|y|e)\b",
)
"""What days, moments, and lists are written with."""
_CODES = frozenset(("other_code",))
"""Texts that are values."""


class Texts(HTMLParser):
    """The texts of a page, each with the language that it is marked as."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        language = self._open[-1][1] if self._open else ""
        if own := had.get("lang"):
            language = own if tag == "html" else f"marked {own}"
        language = "machine" if tag in _OF_MACHINES else language
        self.found += [(had[name], language) for name in _READ & had.keys()]
        if tag not in _VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.found.append((data, self._open[-1][1]))


def unmarked(page: str, known: frozenset[str]) -> Iterator[str]:
    """What a Spanish page says that is from no catalogue, and is not marked as English.

    Args:
        known: names and texts of the chapter's own, casefolded.
    """
    for text, language in Texts(page).found:
        if language != "es":
            continue
        for rest in _MARKED.split(_HALF.sub(" ", text)):
            if said := _unknown(rest, known):
                yield said


def _unknown(text: str, known: frozenset[str]) -> str:
    """What is left of a text without the chapter's own, days, numbers, ids; "" if nothing is."""
    rest = _OTHER.sub(" ", text).casefold()
    for name in sorted((one for one in known if one in rest), key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest)
    rest = _CALENDAR.sub(" ", rest)
    return " ".join(text.split()) if re.search(r"[^\W\d_]", rest) else ""


def marked(text: str) -> str:
    """A text with each of its parts between marks, and its fields outside."""
    told = []
    for before, name, *_ in Formatter().parse(text):
        if before.strip():
            told.append(f"{OPENS}{before.replace('{', '{{').replace('}', '}}')}{CLOSES}")
        else:
            told.append(before)
        told += [f"{{{name}}}"] if name is not None else []
    return "".join(told)


@contextmanager
def in_marks(*more: PageTexts) -> Iterator[None]:
    """Let all Spanish of the pages be marked while the block runs."""
    held = [one.texts for one in (texts("es"), *more)]
    sentences: Any = catalogue("es")
    before = dict(sentences)
    kept = [dict(one) for one in held]
    try:
        for one in held:
            _mark(one)
        sentences.update({key: marked(text) for key, text in before.items()})
        yield
    finally:
        sentences.update(before)
        for one, was in zip(held, kept, strict=True):
            one.update(was)  # type: ignore[attr-defined]  # as it was read, it is a dict


def _mark(table: Any) -> None:
    for key, value in list(table.items()):
        if isinstance(value, Mapping):
            inner = dict(value)
            _mark(inner)
            table[key] = inner
        elif isinstance(value, str) and key not in _CODES:
            table[key] = marked(value)
