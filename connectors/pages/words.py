"""The words of the pages, in each language: texts, numbers, percentages, lists of names.

Texts stand in `texts/<language>.toml`; every language has the same keys with the same fields. How
numbers, dates and lists are written is `models.text.formats`'s.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

from connectors.pages.report import VoteHeld
from models.bylaws.tally_rules import Base, CommitteeBase, Setting, SettingValue, Threshold
from models.contests.advisory import in_a_line
from models.contests.contest import Advisory, Contest
from models.text import formats
from models.text.languages import LANGUAGES as LANGUAGES
from models.text.languages import Language as Language
from models.votes.withheld import FEWEST

TEXTS: Final = Path(__file__).parent / "texts"
MOST_DECIMALS: Final = 6
_TWO_POINTS: Final = re.compile(r"(?<!\.)\.\.(?!\.)")


@dataclass(frozen=True, slots=True)
class PageTexts:
    """One language. A missing text is a bug and raises KeyError."""

    language: Language
    texts: Mapping[str, Any]

    def has(self, key: str) -> bool:
        """Whether there is a text under this key."""
        return isinstance(self._find(key), str)

    def say(self, key: str, **fields: object) -> str:
        """The text under a dotted key, its {fields} filled in."""
        text = self._find(key)
        if not isinstance(text, str):
            raise KeyError(f"no text {key} in {self.language}")
        return _TWO_POINTS.sub(".", text.format(**fields))  # a name can end in a point: "Jr."

    def count(self, number: int, of: str) -> str:
        """A number of things, e.g. "1 vote", "1,204 votes"."""
        return self.plural(f"count.{of}", number)

    def plural(self, key: str, number: int) -> str:
        """A sentence about a number, which has one form for 1 and one for all others."""
        return self.say(f"{key}.{'one' if number == 1 else 'many'}", n=self.number(number))

    def number(self, number: int) -> str:
        """A whole number, its digits in groups of three."""
        return formats.number(number, self.language)

    def percent(self, share: Fraction, bar: Fraction | None = None) -> str:
        """A part of a hundred with one decimal.

        It has more decimals where one would put the share on the wrong side of the bar: 60.04% is
        not "60.0%" when more than 60% is needed.
        """
        for decimals in range(1, MOST_DECIMALS):
            rounded = round(share, decimals + 2)
            if bar is None or (rounded > bar) - (rounded < bar) == (share > bar) - (share < bar):
                break
        return formats.percent(rounded, self.language, decimals)

    def part(self, share: Fraction) -> str:
        """A bar's part: "60%", and "2/3" where no whole percentage says it."""
        if (share * 100).denominator == 1:
            return formats.percent(share, self.language)
        return str(share)

    def bar(self, bar: Threshold) -> str:
        """Write "more than 60%", "at least 2/3"."""
        share = Fraction(bar.numerator, bar.denominator)
        kind = "" if (share * 100).denominator == 1 else "_fraction"
        key = f"bar.more{kind}" if bar.more_than else f"bar.least{kind}"
        return self.say(key, part=self.part(share))

    def base(self, base: Base | CommitteeBase, ballots: int) -> str:
        """What the percentage is taken of, with its number (EN-R1)."""
        one_or_many = "one" if ballots == 1 else "many"
        return self.say(f"base.{key_of(base)}.{one_or_many}", n=self.number(ballots))

    def day(self, day: date) -> str:
        """A day as people say it: "March 4, 2027", "4 de marzo de 2027"."""
        return formats.day(day, self.language)

    def setting(self, setting: Setting) -> str:
        """What a setting is called."""
        return self.say(f"setting.{setting}.label")

    def value(self, setting: Setting, value: SettingValue) -> str:
        """What it is set to: "60%", "all ballots cast", "earlier rounds, then …"."""
        match value:
            case Threshold():
                return self.bar(value)
            case Fraction():
                return self.part(value)
            case tuple():
                return ", ".join(self._value(setting, key_of(way)) for way in value)
            case None:
                return self._value(setting, "any_number")
            case bool():
                return self._value(setting, "yes" if value else "no")
            case int():
                number = f"setting.{setting}.value.{value}"
                return self.say(number) if self.has(number) else str(value)
            case _:
                return self._value(setting, key_of(value))

    def _value(self, setting: Setting, key: str) -> str:
        return self.say(f"setting.{setting}.value.{key}")

    def left_out(self, what: Sequence[str]) -> str:
        """That numbers of few are withheld, which, and why (BA-6); "" if none are."""
        listed = self.listed([self.say(f"withheld.what.{one}") for one in what])
        return self.say("withheld.said", what=listed, fewest=FEWEST) if what else ""

    def held(self, vote: VoteHeld) -> str:
        """Whose vote it was, when, and by which roll."""
        return self.say(
            "page.vote",
            chapter=vote.chapter,
            opened=self.day(vote.opened),
            closed=self.day(vote.closed),
            record_date=self.day(vote.record_date),
        )

    def listed(self, names: Sequence[str]) -> str:
        """Join as "A, B, and C"; in Spanish "y" gives way to "e" before an i."""
        return formats.listed(names, self.language)

    def names(self, contest: Contest) -> dict[str, str]:
        """How each choice of a contest, or what it asks about, is called in this language."""
        called = {choice: self._own_word(choice) for choice in contest.choices}
        if self.language == "es" and isinstance(contest, Advisory) and contest.proposals_es:
            return dict(zip(contest.choices, map(in_a_line, contest.proposals_es), strict=True))
        if self.language != "en":
            for name in ("no_endorsement", "yes", "no", "no_position", "abstain", "subject"):
                choice = getattr(contest, name, "")
                said = getattr(contest, f"{name}_{self.language}", "")
                if choice and said:
                    called[choice] = said
        return called

    def title(self, contest: Contest) -> str:
        """A contest's title."""
        return self._told(contest, "title")

    def statement(self, contest: Contest) -> str:
        """What the chapter says of the one it endorsed (EN-13)."""
        return self._told(contest, "statement")

    def statement_language(self, contest: Contest) -> str:
        """The language the statement is in: this one, or English where it was not translated."""
        return self._language_of(contest, "statement")

    def title_language(self, contest: Contest) -> str:
        """The language the title is in, likewise."""
        return self._language_of(contest, "title")

    def _language_of(self, contest: Contest, name: str) -> str:
        return self.language if getattr(contest, f"{name}_{self.language}", "") else "en"

    def _told(self, contest: Contest, name: str) -> str:
        said: str = getattr(contest, f"{name}_{self.language}", "") or getattr(contest, name)
        return said

    def _own_word(self, choice: str) -> str:
        return self.say(f"choice.{choice}") if self.has(f"choice.{choice}") else choice

    def _find(self, key: str) -> object:
        found: Any = self.texts
        for name in key.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return found


@cache
def words(language: Language) -> PageTexts:
    """The words of one language, read once."""
    return PageTexts(language, tomllib.loads((TEXTS / f"{language}.toml").read_text("utf-8")))


def key_of(member: Enum) -> str:
    """A text's key for what the count tells: its name in the code."""
    return member.name.lower()


def other_language(language: Language) -> Language:
    """The one that a page links to."""
    return LANGUAGES[1 - LANGUAGES.index(language)]
