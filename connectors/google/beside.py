"""Tabs of a spreadsheet that are not read and might be sign-ins, by their titles only (DP-5).

A form that is linked again writes to a new tab, “Form Responses 2”, and the tab that is read gets
nothing more. And people start a tab “Sign-ins 2026” next to “Sign-ins”.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from models.intake.headers import ColumnNote, in_settings
from models.intake.tables import Table
from models.intake.unread import contains_title
from models.privacy import one_line, redact_addresses
from models.text.folding import unmarked

_OF_A_FORM = re.compile(
    r"form responses|respuestas del? formulario|réponses au formulaire|formularantworten"
    r"|respostas ao formulário|risposte del modulo"
)
"""What Google calls such a tab."""
_NUMBERS = re.compile(r"[\s\d'/-]*\d[\s\d'/-]*")


def note_unread(tables: list[Table], unread: Sequence[str], kind: str) -> list[Table]:
    """The tables, the first of a kind with a note of each unread tab that may be of its kind.

    Args:
        unread: the titles of the tabs that no setting names.
    """
    number = next((n for n, one in enumerate(tables) if one.kind == kind), None)
    if number is None:
        return tables
    listed = [one.source for one in tables if one.kind == kind]
    answered = [title for title in unread if _OF_A_FORM.match(unmarked(title))]
    like = [title for title in unread if title not in answered and _is_like(title, listed)]
    notes = [
        _note(
            f"a form's responses go to the tab “{_shown(one)}” of this spreadsheet, but that tab "
            "is not read",
            kind,
            [*listed, one],
        )
        for one in answered
    ]
    if like:
        said = ", ".join(f"“{_shown(title)}”" for title in like)
        fact = f"not read, but with a name like a tab that is read: {said} in this spreadsheet"
        notes.append(_note(fact, kind, [*listed, *like]))
    tables[number] = replace(tables[number], notes=(*tables[number].notes, *notes))
    return tables


def _note(fact: str, kind: str, named: Iterable[str]) -> ColumnNote:
    titles = ", ".join(map(in_settings, named))
    return "", fact, f"if people sign in there, set chapter.toml [[workbooks]] {kind} = [{titles}]"


def _shown(title: str) -> str:
    return redact_addresses(one_line(title))


def _is_like(title: str, listed: Sequence[str]) -> bool:
    """“Sign-ins (old)” beside “Sign-ins”, “Sign-ins 2025” beside “Sign-ins 2026”."""
    core = _NUMBERS.sub(" ", unmarked(title)).strip()
    return contains_title(title, listed) or core in {
        _NUMBERS.sub(" ", unmarked(o)).strip() for o in listed
    }
