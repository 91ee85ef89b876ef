"""A sentence that the rules make, as a value: its English, and what that was made of.

The English stands where the rule is, and is the sentence's key; its {fields} are the values it
names. Whoever reads English has the text itself, for a sentence is one. For another language a
catalogue has a text with the same fields under each key (`connectors.pages.sentences`). So no rule
is written twice, and no finished English is taken apart.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self, TypeAlias

from pydantic import WrapValidator

from models.text import formats
from models.text.languages import Language

Written: TypeAlias = Callable[[Language], str]


class SpokenTerm(str):
    """A name or a day within a sentence: English by itself, and written otherwise elsewhere."""

    __slots__ = ("written",)
    written: Written
    """How it is written in each language."""

    def __new__(cls, english: str, written: Written) -> "SpokenTerm":
        made = super().__new__(cls, english)
        made.written = written
        return made

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)  # a copy in another process is its English


class English(str):
    """A part of a sentence that stays English in any language, such as a service's own words."""

    __slots__ = ()


class Sentence(str):
    """A text with its {fields}: days, numbers, names as the sheets have them, other sentences.

    Attributes:
        key: the English text before its fields were filled in; "" of several joined ones.
        fields: what stands in them.
        capital: whether it begins with a capital; None where it begins as its text does.
        stop: whether it ends as one.
    """

    __slots__ = ("capital", "fields", "key", "stop")
    key: str
    fields: Mapping[str, Any]
    capital: bool | None
    stop: bool

    def __new__(cls, key: str, /, **fields: object) -> "Sentence":
        made = super().__new__(cls, key.format(**fields) if fields else key)
        made.key, made.fields, made.capital, made.stop = key, fields, None, False
        return made

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)

    @classmethod
    def again(cls, key: str, fields: Mapping[str, Any]) -> Self:
        """One that was kept; its English is to be shaped as it was."""
        made = str.__new__(cls, key)
        made.key, made.fields, made.capital, made.stop = key, fields, None, False
        return made

    def but(self, **fields: object) -> "Sentence":
        """The same with other values in some of its fields."""
        return Sentence(self.key, **{**self.fields, **fields})

    def shaped(
        self, english: str, *, capital: bool | None = None, stop: bool = False
    ) -> "Sentence":
        """The same with its English written otherwise, as a sentence of its own."""
        made = str.__new__(type(self), english)
        made.key, made.fields = self.key, self.fields
        made.capital = self.capital if capital is None else capital
        made.stop = self.stop or stop
        return made


class Joined(Sentence):
    """Several sentences as one, with the same few characters or words between each two."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    def __new__(cls, between: str, parts: Iterable[str]) -> "Joined":
        told = tuple(parts)
        made = str.__new__(cls, between.join(told))
        made.key, made.fields, made.capital, made.stop = between, {}, None, False
        made.parts = told
        return made

    def shaped(self, english: str, *, capital: bool | None = None, stop: bool = False) -> "Joined":
        """The same with its English written otherwise."""
        made = super().shaped(english, capital=capital, stop=stop)
        assert isinstance(made, Joined)  # noqa: S101 - it is of this very type
        made.parts = self.parts
        return made


def day_said(day: date) -> SpokenTerm:
    """A day as people say it."""
    return SpokenTerm(formats.day(day), lambda language: formats.day(day, language))


def clocked(when: datetime) -> SpokenTerm:
    """A moment with its zone, on the chapter's clock."""
    return SpokenTerm(formats.clocked(when), lambda language: formats.clocked(when, language))


def stamped(when: datetime) -> SpokenTerm:
    """When something happened, on the chapter's clock."""
    return SpokenTerm(formats.stamp(when), lambda language: formats.stamp(when, language))


def named(english: str, name: str) -> SpokenTerm:
    """An English form of a name that others quote as it is: “meetings”, «meeting»."""
    return SpokenTerm(english, lambda language: english if language == "en" else f"«{name}»")


def in_english(text: str) -> str:
    """A text that stays English where it is no sentence."""
    return text if isinstance(text, Sentence) else English(text)


def told_by(fault: Exception) -> str:
    """What an error was raised with: a sentence as it is."""
    first = fault.args[0] if fault.args else ""
    return first if isinstance(first, Sentence) else str(fault)


def listed(names: Iterable[str]) -> SpokenTerm:
    """Names as a list: “A, B, and C”."""
    told = list(names)
    return SpokenTerm(formats.listed(told), lambda language: formats.listed(told, language))


def _kept(value: Any, check: Callable[[Any], str]) -> str:
    return value if isinstance(value, Sentence) else check(value)


Said: TypeAlias = Annotated[str, WrapValidator(_kept)]
"""A text of a value that stays a sentence if it is one."""
