"""A file of ballots and a contest's file in a folder, counted by `clerk count`."""

from pathlib import Path

from typer.testing import CliRunner

from flows.cli.main import app
from models.errors import ClerkError
from tests.pointers.scene import Said

CONTEST = """\
kind = "ranked"
id = "mayor"
title = "Mayor"
candidates = ["Ann Oak", "Bo Pine", "Cy Fir"]
"""
HEADER = "Timestamp,Mayor [1st],Mayor [2nd],Mayor [3rd]"
ROWS = (
    [["Ann Oak", "", ""]] * 5
    + [["Bo Pine", "Ann Oak", ""]] * 2
    + [["Cy Fir", "Bo Pine", "Ann Oak"]] * 3
)
"""Ann 5, Bo 2, Cy 3: Bo goes, Ann has 7 of 10, more than 60%; by the first choices alone nobody."""


def lines(header: str, rows: list[list[str]]) -> str:
    """A file as a form's sheet is saved: a time before each row."""
    timed = (",".join([f"5/1/2026 19:{n:02d}:07", *row]) for n, row in enumerate(rows, start=1))
    return "\n".join([header, *timed]) + "\n"


class Booth:
    """Ballots in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ballots, self.contest = folder / "ballots.csv", folder / "contest.toml"
        self.contest.write_text(CONTEST)
        self.ballots.write_text(lines(HEADER, ROWS))
        self.before, self.said_before = self.truth(), self.said()

    def clerk(self) -> tuple[str, ClerkError | None]:
        """What `clerk count` prints, and its error."""
        words = ["count", str(self.ballots), "--contest", str(self.contest)]
        result = CliRunner().invoke(app, words)
        if result.exception and not isinstance(result.exception, ClerkError | SystemExit):
            raise result.exception
        error = result.exception if isinstance(result.exception, ClerkError) else None
        return result.output, error

    def said(self) -> list[Said]:
        """What it complains of, and what it points out beside a count."""
        told, error = self.clerk()
        errors = [Said(f"{error.where}: {error.fact}", error.next_step)] if error else []
        noted = (line for line in told.splitlines() if line.startswith("The ballot file: "))
        return [*errors, *(Said(line, "") for line in noted)]

    def truth(self) -> str:
        """How it ends, the sums, and every round; what could not be counted at all."""
        told, error = self.clerk()
        return str(error) if error else told.partition("Inactive")[0]

    def add(self, settings: str) -> None:
        """Write lines into the contest's `[ballots]`."""
        self.contest.write_text(f"{self.contest.read_text()}[ballots]\n{settings}\n")

    def write(self, header: str, rows: list[list[str]]) -> None:
        """Put other ballots in the file's place."""
        self.ballots.write_text(lines(header, rows))

    def edit(self, old: str, new: str) -> None:
        """Change a text of the file."""
        said = self.ballots.read_text()
        assert old in said
        self.ballots.write_text(said.replace(old, new))
