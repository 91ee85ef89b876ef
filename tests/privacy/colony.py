"""An invented chapter with canaries in it, and its commands run as real processes."""

import os
import subprocess
import sys
import time as time_
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.google.workbook import Tab
from connectors.sandbox.invented import FORM, LIST, WORKBOOK, invent, serial
from connectors.sandbox.server import Sandbox
from models.intake.year_columns import YEAR_COLUMNS
from tests.privacy.canaries import Canary, Hit, Search, digits, letters

WATCHER = Path(__file__).with_name("watcher")
EVENTS = ((33, "Monthly meeting"), (62, "Monthly meeting"), (90, "Pride march with partners"))


@dataclass(frozen=True)
class Marked:
    """A person whose every word is a canary."""

    local: str = field(default_factory=letters)
    first: str = field(default_factory=lambda: letters().capitalize())
    last: str = field(default_factory=lambda: letters().capitalize())
    phone: str = field(default_factory=digits)

    @property
    def address(self) -> str:
        return f"{self.local}@example.org"

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    def canaries(self) -> list[Canary]:
        """All words about them."""
        return [
            Canary("address", self.local, self.address),
            Canary("name", self.first.lower()),
            Canary("name", self.last.lower()),
            Canary("phone", self.phone),
            Canary("phone", f"{self.phone[:3]}-{self.phone[3:]}"),
        ]


@dataclass
class Said:
    """What one process left behind."""

    command: str
    exit_code: int
    out: str
    err: str


class Colony:
    """The chapter's folder with its sandbox, and everything its processes said and sent.

    Attributes:
        home: HOME, TMPDIR and every cache of the processes; nothing else is theirs to write.
    """

    def __init__(self, sandbox: Sandbox, root: Path, today: date) -> None:
        self.sandbox, self.root, self.today = sandbox, root, today
        self.home, self.wire, self.chapter = root / "home", root / "wire", root / "chapter"
        for folder in (self.home, self.home / "tmp", self.wire, self.chapter):
            folder.mkdir(parents=True)
        self.people = [Marked() for _ in range(8)]
        self.said: list[Said] = []
        self.started = time_.time()
        invent(sandbox, self.chapter, today)
        with (self.chapter / "chapter.toml").open("a") as settings:
            settings.write("\n[network]\nattempts = 1\npause = 0\nread_timeout = 5\n")
        self._settle()

    def _settle(self) -> None:
        """Every part a person can play: member, one away, unsubscribed, unknown, mistyped."""
        voter, unreachable, one_away, stranger, nameless, mistyped, listed, wordy = self.people
        with self.sandbox.google.edit(WORKBOOK, "Registrations") as rows:
            for person in (voter, unreachable, one_away, mistyped, wordy):
                rows.append(self._registration(person))
        with self.sandbox.google.edit(WORKBOOK, "Sign-ins") as rows:
            for ago, event in EVENTS:
                at = self._at(ago)
                rows += [[at, event, p.address, p.name] for p in (voter, unreachable, wordy)]
            for ago, event in EVENTS[:2]:
                rows.append([self._at(ago), event, f" {one_away.address.upper()} ", one_away.name])
            at = self._at(33)
            rows += [
                [at, "Monthly meeting", stranger.address, stranger.name],
                [at, "Monthly meeting", "", nameless.name],
                [at, mistyped.address, mistyped.name, mistyped.address],
                [mistyped.address, "Monthly meeting", mistyped.address, mistyped.name],
                [at, "Monthly meeting", f"{mistyped.address}, {stranger.address}", mistyped.name],
                [at, "Monthly meeting", f"{mistyped.local} at example org", mistyped.address],
                [at, mistyped.name, mistyped.address, mistyped.name],
            ]
        with self.sandbox.google.edit(WORKBOOK, "Volunteering") as rows:
            rows.append([self._at(10), wordy.address, wordy.address, wordy.name])
            rows.append([wordy.name, "Door knocking", wordy.address, wordy.name])
        with self.sandbox.google.edit(WORKBOOK, "Exceptions") as rows:
            rows.append(
                [self._at(20), "Thea Novak", "attended", one_away.address, one_away.name,
                 stranger.name, self._at(33), stranger.address, f"{stranger.address} says so"]
            )  # fmt: skip
            rows.append([self._at(20), "", wordy.address, wordy.address, "", "", "", "", ""])
        self._volunteers(voter, wordy)
        self._requests(voter, wordy, stranger)
        form = self.sandbox.google.forms[FORM]
        name, address = (question["questionId"] for question in form.questions())
        form.submit({name: stranger.address, address: stranger.name}, self.moment(12))
        lists = self.sandbox.mailchimp
        for person, state in ((voter, "subscribed"), (unreachable, "unsubscribed"),
                              (listed, "subscribed")):  # fmt: skip
            names = {"FNAME": person.first, "LNAME": person.last}
            lists.add_member(LIST, person.address, state, names, [], self.moment(400))  # type: ignore[arg-type]  # one of Mailchimp's words

    def _volunteers(self, voter: Marked, wordy: Marked) -> None:
        """Profiles with addresses and names in every column."""
        book = self.sandbox.google.workbooks[WORKBOOK]
        headers: list[Cell] = list(YEAR_COLUMNS["profiles"].headers.values())
        rows: list[list[Cell]] = [
            headers,
            [self._at(9), voter.address, "canvass", voter.name, wordy.address, "yes"],
            [self._at(9), wordy.address, wordy.address, wordy.name, wordy.phone, wordy.address],
            [wordy.address, wordy.name, wordy.name, "", "", "yes"],
        ]
        book.tabs.append(Tab("Profiles", rows, book.free_sheet_id()))
        self.sandbox.google.wrote(book)
        settings = self.chapter / "chapter.toml"
        line = f'id = "{WORKBOOK}"\n'
        text = settings.read_text().replace(line, f'{line}profiles = "Profiles"\n')
        settings.write_text(f'{text}\n[volunteers]\noffers = ["canvass"]\n')

    def _requests(self, voter: Marked, wordy: Marked, stranger: Marked) -> None:
        """Requests of each kind, with addresses and names in every column."""
        at, both = self._at(2), f"{voter.name} {voter.address}"
        rows: list[list[Cell]] = [
            list(YEAR_COLUMNS["requests"].headers.values()),
            [at, voter.address, "propose a priority", both, wordy.address, voter.name],
            [at, voter.address, "my status", both, voter.address, voter.address],
            [at, voter.address, "nominate", wordy.name, wordy.address, ""],
            [at, voter.address, "erase my data", both, wordy.address, ""],
            [at, voter.address, "erase my data", "", "", voter.last],
            [at, wordy.address, "correct my attendance", wordy.address, wordy.name, ""],
            [at, wordy.address, "consider an endorsement", both, wordy.name, ""],
            [at, stranger.address, "my status", stranger.name, "", ""],
            [at, stranger.name, wordy.address, stranger.address, "", ""],
            [wordy.address, voter.address, stranger.name, voter.name, "", ""],
        ]
        book = self.sandbox.google.workbooks[WORKBOOK]
        book.tabs.append(Tab("Requests", rows, book.free_sheet_id()))
        self.sandbox.google.wrote(book)
        settings = self.chapter / "chapter.toml"
        line = f'id = "{WORKBOOK}"\n'
        more = f'{line}requests = "Requests"\nrequested = "Clerk – requests"\n'
        settings.write_text(settings.read_text().replace(line, more))

    def _registration(self, person: Marked) -> list[Cell]:
        phone = f"617-{person.phone[:3]}-{person.phone[3:]}"
        return [self._at(300), person.name, person.address, "", phone, "10th Suffolk", "yes",
                "no", "Yes"]  # fmt: skip

    def _at(self, ago: int) -> float:
        return serial(self.today - timedelta(days=ago)) + 0.8

    def moment(self, ago: int) -> datetime:
        """An evening so many days ago."""
        return datetime.combine(self.today - timedelta(days=ago), time(19), tzinfo=UTC)

    def run(self, *command: str, typed: str = "", **environment: str) -> Said:
        """Run `clerk …` to its end."""
        done = subprocess.run(
            [str(Path(sys.executable).with_name("clerk")), *command],
            input=typed, capture_output=True, text=True, cwd=self.home, timeout=120,
            env=self.environment(**environment),
        )  # fmt: skip
        breaks = f" ({environment['WATCH_BREAK']} breaks)" if "WATCH_BREAK" in environment else ""
        shown = " ".join("(canary)" if self._marked(word) else word for word in command)
        said = Said(f"clerk {shown}{breaks}", done.returncode, done.stdout, done.stderr)
        self.said.append(said)
        return said

    def environment(self, **more: str) -> dict[str, str]:
        """What a process of this chapter is given."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
        tmp = str(self.home / "tmp")
        return kept | {
            "HOME": str(self.home), "TMPDIR": tmp, "TMP": tmp, "COLUMNS": "200",
            "CLERK_CHAPTER": str(self.chapter), "PYTHONPATH": str(WATCHER),
            "WATCH_WIRE": str(self.wire), "WATCH_TEXT": self.people[0].address,
        } | more  # fmt: skip

    def _marked(self, word: str) -> bool:
        return any(c.word in word.lower() for p in self.people for c in p.canaries())

    @property
    def search(self) -> Search:
        """For the marked people, and for every other address in the sheets and on the list."""
        cells = (
            str(cell).strip().lower()
            for tab in self.sandbox.google.workbooks[WORKBOOK].tabs
            for row in tab.rows
            for cell in row
        )
        contacts = (m.email_address for m in self.sandbox.mailchimp.lists[LIST].members.values())
        plain = {text for text in (*cells, *contacts) if "@" in text and " " not in text}
        return Search((c for p in self.people for c in p.canaries()), plain)

    @property
    def marked(self) -> Search:
        """For the marked people alone, whose words nobody else on this machine can have."""
        return Search(c for p in self.people for c in p.canaries())

    def hits(self, search: Search | None = None) -> set[Hit]:
        """Every canary in anything said, written or sent, but to the two owners."""
        search = search or self.search
        hits: set[Hit] = set()
        for said in self.said:
            hits |= search.bytes(f"stdout of {said.command}", said.out.encode())
            hits |= search.bytes(f"stderr of {said.command}", said.err.encode())
        for folder in (self.chapter, self.home):
            hits |= search.files(folder)
        for sent in self.wire.iterdir():
            if sent.name != self.owners:
                hits |= search.bytes(f"wire to {sent.name}", sent.read_bytes())
        return hits

    @property
    def owners(self) -> str:
        """The wire to Google's and Mailchimp's stand-in."""
        return self.sandbox.google_url.split("/")[2].replace(":", "_")
