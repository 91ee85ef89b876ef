"""A job's small notes in the ledger, as values."""

from typing import Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from connectors.ledger import Ledger

T = TypeVar("T")

PROPOSALS: Final = "proposals numbered"
"""The note with the numbers of proposals; who goes by it need not know how they are judged."""


def noted(ledger: Ledger, name: str, form: TypeAdapter[T], none: T) -> T:
    """What a note holds; `none` where there is no note, or none of this version's.

    Whoever writes a note writes it whole: the next time it is this version's again.
    """
    held = ledger.note(name)
    try:
        return form.validate_json(held) if held else none
    except ValidationError:
        return none
