"""The record of what was done: append-only, each line sealed with the digest of the one before.

Changing, removing or inserting a line breaks every seal after it. Cutting off the end breaks none:
so the newest seal is published with each result, and `clerk audit` prints it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC

from pydantic import AwareDatetime

from models.base import Value

START = "sha256:" + "0" * 64
"""What the first line follows."""


class Line(Value):
    """One line of the record: who did what when, with facts that name no voter."""

    number: int
    at: AwareDatetime
    election: str
    who: str
    what: str
    facts: Mapping[str, str | int]
    before: str
    seal: str = ""

    def sealed(self) -> "Line":
        """The same line with its seal."""
        return self.model_copy(update={"seal": self.digest()})

    def digest(self) -> str:
        """sha256 over all that the line says, and over the seal before it."""
        said = [
            self.number,
            self.at.astimezone(UTC).isoformat(),
            self.election,
            self.who,
            self.what,
            dict(self.facts),
            self.before,
        ]
        text = json.dumps(said, sort_keys=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def faults(lines: Iterable[Line]) -> Iterator[str]:
    """What is wrong with a whole record, oldest line first; nothing when all seals hold."""
    before, number = START, 0
    for line in lines:
        number += 1
        if line.number != number:
            yield f"line {number} is missing: line {line.number} stands in its place"
            number = line.number
        if line.before != before:
            yield f"line {line.number} does not follow the line before it"
        if line.seal != line.digest():
            yield f"line {line.number} was changed after it was written"
        before = line.seal
