"""What arrived: one row of the ballot form, with its place, its time, its code, its answers."""

import re
from collections.abc import Mapping
from typing import Self

from pydantic import AwareDatetime

from models.ballots.answers import Answer
from models.base import Value
from models.privacy import Personal


class Code(Personal):
    """A voter's credential (BA-1). It prints as dots: who holds it can vote."""

    __slots__ = ()

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Tidy a typed code: case, spaces and dashes are not part of it.

        Raises:
            ValueError: nothing is left.
        """
        tidy = re.sub(r"[^0-9A-Z]", "", typed.upper())
        if not tidy:
            raise ValueError("the code is empty")
        return cls(tidy)


class Received(Value):
    """One row as it arrived; nothing is judged yet.

    `at` is None when the time cannot be read, `code` is None when the cell is empty. `answers` is
    keyed by contest id; a race that is missing there was left blank.
    """

    place: str
    at: AwareDatetime | None
    code: Code | None
    answers: Mapping[str, Answer]
