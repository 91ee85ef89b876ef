"""The record of what was done: append-only, each line sealed with the digest of the one before.

Changing, removing or inserting a line breaks every seal after it. Cutting off the end breaks none:
so the newest seal is published with each result, and `clerk audit` prints it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from functools import cached_property
from typing import Any

from pydantic import AwareDatetime

from models.base import Value
from models.errors import FixTheData
from models.votes.earlier import translated
from models.votes.events import Event, from_json

START = "sha256:" + "0" * 64
"""What the first line follows."""
UNREADABLE = "cannot be read by this version of the program"
WHAT, FACTS = "what", "facts"
"""What a line of a former version says: a sentence, and loose facts."""


class AuditLogEntry(Value):
    """One line of the record: who did what when; it names no voter."""

    number: int
    at: AwareDatetime
    election: str
    who: str
    said: Any
    """An event's JSON; in a line of a former version its sentence and its facts. What is sealed is
    this, as it is kept: a later version reads it as it can, and cannot change it. Somebody may have
    written any other JSON in its place."""
    before: str
    seal: str = ""

    @property
    def earlier(self) -> bool:
        """Whether a former version wrote it."""
        said = self.said
        if not (isinstance(said, Mapping) and said.keys() == {WHAT, FACTS}):
            return False
        what, facts = said[WHAT], said[FACTS]
        loose = isinstance(facts, Mapping) and all(isinstance(f, str | int) for f in facts.values())
        return loose and isinstance(what, str)

    @cached_property
    def _read(self) -> Event | None:
        try:
            if self.earlier:
                return translated(self.said[WHAT], self.said[FACTS])
            return from_json(self.said)
        except ValueError:
            return None

    @property
    def readable(self) -> bool:
        """Whether this version knows what it says."""
        return self._read is not None

    @property
    def event(self) -> Event:
        """What happened.

        Raises:
            FixTheData: it was changed, or written by a newer version, and says nothing we know.
        """
        if self._read is None:
            raise FixTheData(
                f"entry {self.number} {UNREADABLE}",
                where="the audit log",
                rule="VM-R3",
                next_step="`clerk audit` shows whether it was changed; if it was not, install the "
                "version of the program that wrote it",
            )
        return self._read

    def sealed(self) -> "AuditLogEntry":
        """The same line with its seal."""
        return self.model_copy(update={"seal": self.digest()})

    def digest(self) -> str:
        """sha256 over all that the line says, and over the seal before it.

        A line of a former version has one part more, so that no line can be taken for one of the
        other form.
        """
        said = [self.said[WHAT], self.said[FACTS]] if self.earlier else [self.said]
        at = self.at.astimezone(UTC).isoformat()
        sealed = [self.number, at, self.election, self.who, *said, self.before]
        text = json.dumps(sealed, sort_keys=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def faults(lines: Iterable[AuditLogEntry]) -> Iterator[str]:
    """What is wrong with a whole record, oldest line first; nothing when all seals hold."""
    before, number, typed = START, 0, False
    for line in lines:
        number += 1
        if line.number != number:
            yield f"entry {number} is missing: entry {line.number} is in its place"
            number = line.number
        if line.before != before:
            yield f"entry {line.number} does not follow the entry before it"
        if line.seal != line.digest():
            yield f"entry {line.number} was changed after it was written"
        elif not line.readable:
            yield f"entry {line.number} {UNREADABLE}"
        elif not line.earlier:
            typed = True
        elif typed:
            yield f"entry {line.number} has an old format that was no longer used at that time"
        before = line.seal
