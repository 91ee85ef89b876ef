"""A chapter after its first night, on which a fault is planted and a volunteer looks into it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, ClassVar

from typer.testing import CliRunner

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import EPOCH, address_of
from flows.cli.main import app
from flows.nightly.night import SyncOptions
from flows.nightly.sync import sync
from models.errors import ClerkError
from models.intake.people import Person
from models.unmask import reveal
from tests.flows.town import Town
from tests.pointers.scene import Said

Truth = dict[str, tuple[str, tuple[str, ...]]]
"""Address, of a household with the name → status, and the events counted."""
HOUSEHOLD = address_of(5)


def _who(person: Person) -> str:
    known = sorted(map(reveal, person.addresses))
    shared = HOUSEHOLD in known and person.name
    return " ".join([*known, *([reveal(shared)] if shared else [])])


class Evening:
    """A settled chapter, seen as a volunteer sees it: by commands."""

    known: ClassVar[dict[tuple[type, str], tuple[Truth, list[Said]]]] = {}
    """What each chapter was like before anything was wrong: the same for all its scenes."""

    def __init__(self, town: Town) -> None:
        self.town = town
        key = type(self), str(town.folder)
        if key not in self.known:
            self.known[key] = self.truth(), self.said()
        self.before, self.said_before = self.known[key]

    def clerk(self, *words: str, typed: str = "") -> str:
        """What a command prints; its error with its Next."""
        result = CliRunner().invoke(app, [*words, "--chapter", str(self.town.folder)], input=typed)
        if isinstance(result.exception, ClerkError):
            return f"{result.output}{result.exception}"
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    def said(self) -> list[Said]:
        """What `clerk sync` and `clerk review` say tonight."""
        self.clerk("sync", "--full")
        told = json.loads(self.clerk("review", "--json"))
        look = told["look"]
        items = [Said(f"{i['where']}: {i['reason']}", i["next"]) for i in told["review"]]
        return [Said(look["said"], look["next"]), *items]

    def truth(self) -> Truth:
        """Who may vote by a plan of tonight, and by which events."""
        with self.town.context() as context:
            roll = sync(context, SyncOptions(full=True)).roll
        return {
            _who(e.person): (
                e.standing.status.value,
                tuple(sorted(map(str, e.standing.counted))),
            )
            for e in roll.entries.values()
        }

    @contextmanager
    def tab(self, title: str) -> Iterator[list[list[Cell]]]:
        """A tab's rows, to be changed in place."""
        with self.town.edit(title) as rows:
            yield rows

    def settings(self, old: str, new: str) -> None:
        """Change a line of `chapter.toml`."""
        self.town.rewrite(old, new)

    def day_of(self, cell: Cell) -> date:
        """The day that a cell of a sheet holds."""
        return EPOCH + timedelta(days=int(float(str(cell))))

    def signed(self, event: str, number: int) -> int:
        """The row of a person's sign-in, 0 for the header."""
        rows = self.town.rows("Sign-ins")
        found = (n for n, row in enumerate(rows)
                 if row[1] == event and str(row[2]).casefold() == address_of(number))  # fmt: skip
        return next(found)


class Doctor(Evening):
    """The same, asked by `clerk doctor`."""

    def said(self) -> list[Said]:
        """What it would have mended."""
        checks: Any = json.loads(self.clerk("doctor", "--json"))
        return [Said(c["found"], c["next_step"]) for c in checks if not c["fine"]]


class Night(Evening):
    """The same, while a night is run by hand or another command is."""

    command = ("sync", "--apply")

    def said(self) -> list[Said]:
        """What the command ends with, if it is an error."""
        words = [*self.command, "--chapter", str(self.town.folder)]
        result = CliRunner().invoke(app, words)
        if isinstance(result.exception, ClerkError):
            return [Said(result.exception.fact, result.exception.next_step)]
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return []
