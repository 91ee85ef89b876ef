"""Somebody who sets up a chapter: answers by what is asked, and may walk away at any question."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import typer

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.server import Sandbox
from connectors.settings import Chapter, load_chapter
from flows.setup.run import run, write

BOOK, LIST = "1Sheet0Rivertown", "rivertown01"
EVENTS: list[list[Cell]] = [
    ["Date", "Event", "Kind", "Held"],
    ["2026-01-13", "January meeting", "monthly meeting", ""],
    ["2026-02-10", "February meeting", "monthly meeting", ""],
    ["2026-03-10", "Housing forum", "forum", ""],
]
SIGN_INS: list[list[Cell]] = [
    ["Timestamp", "Event", "Email address", "Name"],
    *(
        [f"{day} 19:00", event, f"{who}@example.org", f"{who.title()} Alder"]
        for day, event, *_ in EVENTS[1:]
        for who in ("ann", "ben")
    ),
]
REGISTRATIONS: list[list[Cell]] = [
    ["Timestamp", "Name", "Email address", "Mailing list"],
    ["2026-01-02 10:00", "Ann Alder", "ann@example.org", "I agree to receive mail"],
    ["2026-01-03 10:00", "Ben Alder", "ben@example.org", ""],
]


def address(what: str, book: str) -> str:
    """As a browser shows it."""
    kind = {"spreadsheet": "spreadsheets", "form": "forms"}[what]
    return f"https://docs.google.com/{kind}/d/{book}/edit?usp=sharing#gid=0"


@dataclass
class Person:
    """What somebody answers.

    Attributes:
        knows: a pattern of the question → the answer, or several one after the other.
        patience: how many questions are answered before the terminal is closed; None: all.
    """

    knows: dict[str, str | list[str]]
    patience: int | None = None
    asked: list[str] = field(default_factory=list)

    def __call__(self, question: str, secret: bool) -> str:
        if self.patience is not None and len(self.asked) >= self.patience:
            raise typer.Abort
        self.asked.append(question)
        for pattern, answer in self.knows.items():
            if re.search(pattern, question):
                if isinstance(answer, str):
                    return answer
                assert answer, f"asked once more: {question}"
                return answer.pop(0)
        raise AssertionError(f"nobody told me: {question}")

    def was_asked(self, pattern: str) -> int:
        """How often such a question came."""
        return sum(bool(re.search(pattern, question)) for question in self.asked)


@dataclass
class Stage:
    """An empty folder, and services that hold a chapter's sheets and list."""

    sandbox: Sandbox
    clock: Callable[[], datetime]
    folder: Path
    keys: Path

    def workbook(self, book: str = BOOK, **tabs: Sequence[Sequence[Cell]]) -> None:
        """A spreadsheet; spaces and dashes of its tabs' titles are written as `_`, `__`."""
        named = {title.replace("__", "-").replace("_", " "): rows for title, rows in tabs.items()}
        self.sandbox.google.add_workbook(book, "Rivertown", named)

    def usual(self) -> None:
        """One with the usual headers."""
        self.workbook(Events=EVENTS, Sign__ins=SIGN_INS, Registrations=REGISTRATIONS)

    def person(self, **more: str | list[str]) -> Person:
        """Somebody with the usual answers; others go before them."""
        keys = {
            "service account's key": str(self.keys / "google.json"),
            "Mailchimp API key": str(self.keys / "mailchimp.key"),
        }
        usual = keys | USUAL
        return Person({**more, **{one: usual[one] for one in usual if one not in more}})

    def init(self, person: Person, folder: Path | None = None) -> int:
        """`clerk init`."""
        return run(folder or self.folder, person, self.clock)

    def write(self, person: Person) -> Chapter:
        """The same without the look at the end."""
        assert write(self.folder, person)
        return load_chapter(self.folder)

    @property
    def written(self) -> str:
        """`chapter.toml`."""
        return (self.folder / "chapter.toml").read_text()

    def make_keys(self) -> None:
        """What was downloaded: files as a browser leaves them."""
        self.keys.mkdir()
        key = self.sandbox.google.service_account_json(self.sandbox.google_url)
        (self.keys / "google.json").write_text(json.dumps(key))
        (self.keys / "mailchimp.key").write_text(self.sandbox.mailchimp.api_key)
        self.sandbox.mailchimp.add_list(LIST, name="Rivertown Progressives")


USUAL: dict[str, str | list[str]] = {
    "chapter's name": "Rivertown Progressives",
    "website": "",
    "audience": "",
    "Who do emails come from": "",
    "address that emails come from": "hello@rivertown.example.org",
    "address of a spreadsheet": address("spreadsheet", BOOK),
    "another spreadsheet": "",
    "address of a form": "",
    "^What is ": "",
    "Is this right": "",
    "needs a person into a tab": "",
    "waits for the committee": "",
    "box for agreeing": "I agree to receive mail",
    "time zone": "",
    "Which bylaws": "1",
    "Spanish": "",
    "Name somebody": "",
}
