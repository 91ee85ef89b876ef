"""Dates, times, numbers, percentages, and lists, as people write them in each language.

The forms are those of Unicode's CLDR for the United States, by Babel. A date is “March 4, 2027” and
«4 de marzo de 2027»; a list is “A, B, and C” and «A, B y C».
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, parse_pattern

from models.text.languages import Language

_LOCALES: Final[Mapping[Language, Locale]] = {
    "en": Locale("en", "US"),
    "es": Locale("es", "US"),
}
_SOUNDS_LIKE_I: Final = re.compile(r"h?[ií](?!e)|y(?![aeiouáéíóú])", re.IGNORECASE)
"""Iris, Hilda, Ysabel; not Hierro, not Yolanda."""
_ISO_DAY: Final = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")
_NAMED_ES: Final = {(0, 0): "a la medianoche (00:00)", (12, 0): "al mediodía"}
"""Of "12:00 a.m." many readers of Spanish take the wrong one."""


def day(when: date, language: Language = "en") -> str:
    """Write a day: "March 4, 2027", "4 de marzo de 2027"."""
    return format_date(when, "long", _LOCALES[language])


def time(when: datetime, language: Language = "en") -> str:
    """Write a time of day: "9:00 PM", "9:00 p.m."; no line ends within it."""
    said = format_time(when, "short", locale=_LOCALES[language])
    return said.replace("\u202f", "\u00a0")  # many fonts of mail programs lack the narrow one


def moment(when: datetime, language: Language = "en") -> str:
    """Write a time of a day near by: "Friday, October 11, at 9:00 PM", "el viernes 11 de …".

    Args:
        when: on the chapter's clock.
    """
    locale = _LOCALES[language]
    if language == "en":
        return f"{format_date(when, 'EEEE, MMMM d', locale)}, at {time(when)}"
    said = format_date(when, "'el' EEEE d 'de' MMMM", locale)
    if named := _NAMED_ES.get((when.hour, when.minute)):
        return f"{said}, {named}"
    return f"{said}, a {'la' if when.hour % 12 == 1 else 'las'} {time(when, language)}"


def stamp(when: datetime, language: Language = "en") -> str:
    """Write when something happened, for officers: "Thu, Oct 1, 2026, 9:00 AM"."""
    pattern = "EEE, MMM d, y" if language == "en" else "EEE d MMM y"
    return f"{format_date(when, pattern, _LOCALES[language])}, {time(when, language)}"


def clocked(when: datetime, language: Language = "en") -> str:
    """Write a moment for a screen, with its zone: "Thu, October 1, 2026, 9:00 AM EDT".

    Args:
        when: on the chapter's clock.
    """
    pattern = "EEE, MMMM d, y" if language == "en" else "EEE d 'de' MMMM 'de' y"
    day_of = format_date(when, pattern, _LOCALES[language])
    said = f"{day_of}, {time(when, language)} {when.tzname() or ''}"
    return said.replace("\u00a0", " ").rstrip()


def spoken(text: str) -> str:
    """A text for a screen: each day in it as people say it, "March 4, 2027" for 2027-03-04."""
    return _ISO_DAY.sub(_spoken, text)


def _spoken(found: re.Match[str]) -> str:
    try:
        return day(date.fromisoformat(found[0]))
    except ValueError:  # no day, but digits of some other meaning
        return found[0]


def number(many: int, language: Language = "en") -> str:
    """Write a whole number: "20,000"."""
    return format_decimal(many, locale=_LOCALES[language])


def amount(many: int, one: str, several: str = "") -> str:
    """A number of things: “1 row”, “2 rows”."""
    return f"{many} {one if many == 1 else several or f'{one}s'}"


def percent(share: Fraction, language: Language = "en", decimals: int = 0) -> str:
    """Write a share as a part of a hundred: "60%", with as many decimals as are asked for."""
    locale = _LOCALES[language]
    pattern = parse_pattern(locale.percent_formats[None].pattern)  # our own: it is changed
    pattern.frac_prec = (decimals, decimals)
    said: str = pattern.apply(Decimal(share.numerator) / share.denominator, locale)
    return said


def listed(names: Sequence[str], language: Language = "en") -> str:
    """Write a list: "A, B, and C". In Spanish, "y" gives way to "e" before an i."""
    if language == "es" and len(names) > 1 and _SOUNDS_LIKE_I.match(names[-1]):
        return f"{', '.join(names[:-1])} e {names[-1]}"
    return format_list(names, locale=_LOCALES[language])
