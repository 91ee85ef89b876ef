"""Days and moments as an officer reads them, on the chapter's clock."""

import re
from datetime import datetime

from connectors.pages import told_in
from flows.web.visits import Visit
from models.text import formats
from models.text.languages import Language
from models.text.sentences import Sentence

_RESPONSE = "response "
_ROW = re.compile(r"([1-9][0-9]*):\1")


def sentence(text: str) -> str:
    """What stands after a place in the terminal, as a sentence of its own: "No one …."."""
    stripped = text.strip()
    ends = "" if stripped.endswith((".", "?", "!", "…")) else "."
    english = f"{stripped[:1].upper()}{stripped[1:]}{ends}" if stripped else ""
    return text.shaped(english, capital=True, stop=True) if isinstance(text, Sentence) else english


def plain_in(text: str, language: Language) -> str:
    """What the rules say, as a part of another text, which cannot mark what is English."""
    return "".join(part.text for part in told_in(language, text))


def told(text: str) -> str:
    """A sentence of the rules as people read it: days as people say them, a capital first."""
    said = formats.spoken(text)
    english = said[:1].upper() + said[1:]
    return text.shaped(english, capital=True) if isinstance(text, Sentence) else english


def place(visit: Visit, cell: str) -> str:
    """A cell, a row, or the whole tab, as people call it."""
    if row := _ROW.fullmatch(cell):
        return visit.words.say("review.row", n=row[1])
    if cell.startswith(_RESPONSE):
        return visit.words.say("review.response", id=cell.removeprefix(_RESPONSE))
    if isinstance(cell, Sentence):
        return plain_in(cell, visit.words.language)
    return cell or visit.words.say("review.whole")


def moment(visit: Visit, when: datetime) -> str:
    """A moment near by: "Friday, October 11, at 9:00 PM"."""
    local = when.astimezone(visit.context.chapter.tz)
    return formats.moment(local, visit.words.language)


def dated(visit: Visit, when: datetime) -> str:
    """A moment that may be long ago: "October 11, 2026, 9:00 PM"."""
    local, language = when.astimezone(visit.context.chapter.tz), visit.words.language
    return f"{formats.day(local.date(), language)}, {formats.time(local, language)}"
