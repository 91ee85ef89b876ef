"""The reader's last day as people say it, in each language, out of the one text that Mailchimp has.

The merge field says 2027-03-04, for every audience since the first night. A letter that writes
`*|CLUNTIL:EN|*` or `*|CLUNTIL:ES|*` gets a choice of Mailchimp's own there: one branch a day that
somebody's status ends on, and what the field says for all others. So no field is added, and no
contact is written anew for the way a day reads.
"""

from collections.abc import Callable, Iterable
from datetime import date

from models.membership.status_periods import NO_LAST_DAY
from models.text import formats
from models.text.languages import LANGUAGES, Language

FIELD = "CLUNTIL"
MOST_DAYS = 200
"""In one letter; a chapter's members end on as many days as there were events in a year."""
_OPEN: dict[Language, str] = {"en": NO_LAST_DAY, "es": "nuevo aviso"}


def mark(language: Language) -> str:
    """What a text writes for the day in a language."""
    return f"*|{FIELD}:{language.upper()}|*"


def with_days(text: str, days: Callable[[], Iterable[date]]) -> str:
    """The text with its choices written out.

    Args:
        days: on which somebody's status ends; asked only if the text tells of them.
    """
    for language in LANGUAGES:
        if mark(language) in text:
            text = text.replace(mark(language), _choice(sorted(set(days())), language))
    return text


def also_on(text: str, held: str) -> str:
    """A text with its choices, with one branch more: for a preview's day."""
    day = date.fromisoformat(held)
    for language in LANGUAGES:
        begun = f"*|IF:{FIELD}={NO_LAST_DAY}|*{_OPEN[language]}"
        more = f"*|ELSEIF:{FIELD}={held}|*{formats.day(day, language)}"
        text = text.replace(begun, f"{begun}{more}")
    return text


def _choice(days: list[date], language: Language) -> str:
    said = {NO_LAST_DAY: _OPEN[language]}
    said |= {day.isoformat(): formats.day(day, language) for day in days[-MOST_DAYS:]}
    branches = "*|ELSE".join(f"IF:{FIELD}={held}|*{told}" for held, told in said.items())
    return f"*|{branches}*|ELSE:|**|{FIELD}|**|END:IF|*"
