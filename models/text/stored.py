"""A sentence as plain JSON, and back: it is told in each language as it was before."""

from datetime import date
from typing import Any

from models.text.languages import LANGUAGES
from models.text.sentences import English, Joined, Sentence, SpokenTerm


def stored(text: object) -> Any:
    """A text, or a value that stands in one, as JSON."""
    match text:
        case Joined():
            return {"joined": text.key, "parts": [*map(stored, text.parts)], **_shape(text)}
        case Sentence():
            fields = {name: stored(value) for name, value in text.fields.items()}
            return {"key": text.key, "fields": fields, **_shape(text)}
        case SpokenTerm():
            return {"english": str(text), "term": {one: text.written(one) for one in LANGUAGES}}
        case English():
            return {"english": str(text)}
        case date():
            return {"day": date.isoformat(text)}
        case int():
            return text
        case _:
            return str(text)


def _shape(text: Sentence) -> dict[str, Any]:
    return {"english": str(text), "capital": text.capital, "stop": text.stop}


def restored(held: Any) -> Any:
    """What `stored` took."""
    match held:
        case {"joined": between, "parts": parts}:
            several = Joined.again(between, {})
            several.parts = tuple(map(restored, parts))
            return _shaped(several, held)
        case {"key": key, "fields": fields}:
            there = {name: restored(value) for name, value in fields.items()}
            return _shaped(Sentence.again(key, there), held)
        case {"term": written, "english": english}:
            return SpokenTerm(english, written.__getitem__)
        case {"english": english}:
            return English(english)
        case {"day": day}:
            return date.fromisoformat(day)
        case _:
            return held


def _shaped(made: Sentence, held: Any) -> Sentence:
    return made.shaped(held["english"], capital=held["capital"], stop=held["stop"])
