"""Whom the chapter endorsed, as the record has it."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple


class Endorsed(NamedTuple):
    """An endorsement that the record has, by a vote whose result is published."""

    name: str
    cycle: str
    """The cycle of that vote, "" if it names none."""
    on: date


Record = Collection[Endorsed]
