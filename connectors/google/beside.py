"""Tabs of a workbook that nobody reads and into which a form answers, by their titles alone (DP-5).

A form that is linked anew answers into a tab of its own, “Form Responses 2”, and the one that is
read gets no more.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from models.intake.headers import in_settings
from models.intake.tables import Table
from models.privacy import one_line, redact_addresses
from models.text.folding import unmarked

_OF_A_FORM = re.compile(r"form responses|respuestas del? formulario")
"""What Google calls such a tab."""


def note_unread(tables: list[Table], unread: Iterable[str], kind: str) -> list[Table]:
    """The tables, the first of a kind with a note of each unread tab that a form answers into.

    Args:
        unread: the titles of the tabs that no setting names.
    """
    number = next((n for n, one in enumerate(tables) if one.kind == kind), None)
    if number is None:
        return tables
    listed = [one.source for one in tables if one.kind == kind]
    notes = []
    for title in unread:
        if _OF_A_FORM.match(unmarked(title)):
            said = redact_addresses(one_line(title))
            named = ", ".join(map(in_settings, (*listed, title)))
            fact = f"a form answers into the tab “{said}” of this workbook, and nobody reads it"
            mend = f"if people sign in there: chapter.toml [[workbooks]] {kind} = [{named}]"
            notes.append(("", fact, mend))
    tables[number] = replace(tables[number], notes=(*tables[number].notes, *notes))
    return tables
