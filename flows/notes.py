"""A job's small notes in the ledger, as values."""

from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from flows.desk import Desk

K = TypeVar("K")
V = TypeVar("V")


def noted(desk: Desk, name: str, form: TypeAdapter[dict[K, V]]) -> dict[K, V]:
    """What a note holds; nothing where there is none, or one that is none of this version's.

    Whoever writes a note writes it whole: the next time it is this version's again.
    """
    held = desk.ledger.note(name)
    try:
        return form.validate_json(held) if held else {}
    except ValidationError:
        return {}
