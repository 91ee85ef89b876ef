"""An invented chapter on the sandbox, night after night, and what there is to see of it."""

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from connectors.ledger import Ledger
from connectors.sandbox.google.cells import Cell
from connectors.sandbox.google.workbook import Tab
from connectors.sandbox.invented import FORM, LIST, WORKBOOK, invent
from connectors.sandbox.mailchimp.state import Audience, Member, Segment, subscriber_hash
from connectors.sandbox.server import Sandbox
from connectors.settings import load_chapter
from flows.context import ChapterContext, open_chapter
from flows.nightly.night import Sync, SyncOptions
from flows.nightly.sync import sync
from models.intake.columns import ALL_COLUMNS
from models.mail.audience import FieldNames
from models.unmask import reveal
from tests.replays import REPLAYS

T = TypeVar("T")
MARKS = FieldNames()
FOR_TESTS = "clerk: test letter"
REVIEW = "Clerk – needs review"
IMPATIENT = "\n[network]\nread_timeout = {timeout}\nattempts = {attempts}\npause = 0\n"


@dataclass
class Town:
    """One chapter: its services, its clock, its folder."""

    sandbox: Sandbox
    clock: Callable[[], datetime]
    folder: Path
    settings: str = field(default="", repr=False)

    @classmethod
    def found(
        cls, sandbox: Sandbox, clock: Callable[[], datetime], folder: Path, people: int
    ) -> Self:
        """Invent a chapter; nobody waits for a service that fails."""
        invent(sandbox, folder, clock().date(), people)
        town = cls(sandbox, clock, folder, (folder / "chapter.toml").read_text())
        town.network(attempts=1)
        return town

    def network(self, *, attempts: int, timeout: float = 5) -> None:
        """How patient the connectors are."""
        more = IMPATIENT.format(attempts=attempts, timeout=timeout)
        (self.folder / "chapter.toml").write_text(self.settings + more)

    def rewrite(self, old: str, new: str) -> None:
        """Change the text of `chapter.toml`."""
        file = self.folder / "chapter.toml"
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))

    @contextmanager
    def context(self) -> Iterator[ChapterContext]:
        """Sit down at the chapter's desk."""
        with open_chapter(self.folder, self.clock) as context:
            yield context

    def ledger(self) -> Ledger:
        """The chapter's ledger, wherever its settings say it is."""
        return Ledger.open(load_chapter(self.folder).ledger_url())

    def night(self, **wishes: Any) -> Sync:
        """One night, applied unless said otherwise."""

        def play() -> Sync:
            with self.context() as context:
                return sync(context, SyncOptions(**{"apply": True} | wishes))

        return self.replayed(("night", wishes), play)

    def replayed(self, what: object, play: Callable[[], T]) -> T:
        """What was once played from this very state is put back; anything else is played."""
        return REPLAYS.of(what, self.sandbox, self.folder, self.clock(), play)

    @property
    def audience(self) -> Audience:
        """The chapter's audience as the service holds it."""
        return self.sandbox.mailchimp.lists[LIST]

    def member(self, address: str) -> Member:
        """A contact of the audience."""
        return self.audience.members[subscriber_hash(address)]

    def tag(self, name: str) -> Segment:
        """A tag of the audience, by its name."""
        found = self.audience.tag(name)
        assert found
        return found

    def tagged(self, name: str) -> set[str]:
        """The addresses that carry a tag."""
        members = self.audience.members
        return {members[n].email_address for n in self.tag(name).members}

    def edit(self, tab: str) -> Any:
        """The rows of a tab of the workbook, to be changed in place."""
        return self.sandbox.google.edit(WORKBOOK, tab)

    def add_tab(self, kind: str, *rows: list[Cell], headers: list[str] | None = None) -> None:
        """Add a tab of the committee's to the workbook, and name it in `chapter.toml`.

        Args:
            rows: with their cells under the usual headers of the kind, or under `headers`.
        """
        title = kind.replace("_", " ").capitalize()
        usual = headers or list(ALL_COLUMNS[kind].headers.values())
        book = self.sandbox.google.workbooks[WORKBOOK]
        filled = [[*row, *[None] * (len(usual) - len(row))] for row in rows]
        book.tabs.append(Tab(title, [list(usual), *filled], book.free_sheet_id()))
        self.sandbox.google.wrote(book)
        line = f'id = "{WORKBOOK}"\n'
        self.rewrite(line, f'{line}{kind} = "{title}"\n')
        self.settings = self.settings.replace(line, f'{line}{kind} = "{title}"\n')

    def rows(self, tab: str) -> list[list[Cell]]:
        """The rows of a tab."""
        return self.sandbox.google.workbooks[WORKBOOK].tab(tab).rows

    def answer(self, *texts: str) -> None:
        """Answer the form's questions in order, now."""
        form = self.sandbox.google.forms[FORM]
        ids = [question["questionId"] for question in form.questions()]
        form.submit(dict(zip(ids, texts, strict=False)), self.clock())

    def letters(self) -> Counter[tuple[str, str]]:
        """What lies in people's mailboxes: (address, kind) → how many."""
        outbox = self.sandbox.mailchimp.outbox
        return Counter((letter.to, letter.title.split()[1]) for letter in outbox)

    def writes(self) -> list[str]:
        """What was written to the services since the journal began."""
        return [f"{e.method} {e.path}" for e in self.sandbox.requests(writes_only=True)]

    def keep(self, where: Path) -> "Kept":
        """Remember everything as it is now."""
        shutil.copytree(self.folder, where)
        return Kept(self, where, json.dumps(self.sandbox.dump()))

    def end_state(self) -> dict[str, Any]:
        """What a volunteer could find out, in a form that two chapters can be compared by."""
        audience = self.audience
        with self.ledger() as ledger:
            standings, told = ledger.standings(), ledger.notified()
            return {
                "audience": {m.email_address: self.carries(m) for m in audience.members.values()},
                "fields": Counter(field.tag for field in audience.fields.values()),
                "tags": Counter(segment.name for segment in audience.segments.values())
                - Counter([FOR_TESTS]),  # officers hear of a disturbed night
                "outbox": self.letters(),
                "campaigns": Counter(
                    (campaign.settings["title"].split()[1], campaign.status in ("sending", "sent"))
                    for campaign in self.sandbox.mailchimp.campaigns.values()
                ),
                "review": [tuple(row) for row in self.rows(REVIEW)],
                "standings": {
                    (reveal(address), name and reveal(name)): standings[person][:2]
                    for (address, name), person in ledger.ids().items()
                },
                "waiting": (ledger.pending_letters(), ledger.mailings.open_of_nights()),
                "told": Counter((kind, len(spells)) for (_, kind), spells in told.items()),
                "mirror": _readable(ledger),
            }

    def carries(self, member: Member) -> tuple[Any, ...]:
        """A contact's state, and what it carries of ours."""
        ours = {tag: member.merge_fields.get(tag) or "" for tag in MARKS.fields}
        tags = {segment.name for segment in self.audience.tags(member)}
        return member.status, ours, sorted(tags.intersection(MARKS.tags))


def kept_by_another_version(town: Town, keys: str) -> None:
    """As a program that calls the columns of tables something else had kept these sources."""
    with closing(sqlite3.connect(town.folder / "ledger" / "clerk.sqlite")) as db, db:
        db.execute("UPDATE snapshots SET shape = 'another' WHERE key LIKE ?", (keys,))


def _readable(ledger: Ledger) -> dict[str, Any]:
    """The ledger's mirror of the audience."""
    contacts, _ = ledger.audience()
    return {
        reveal(address): (c.state.value, c.fields, sorted(c.tags))
        for address, c in contacts.items()
    }


@dataclass(frozen=True)
class Kept:
    """A chapter as it was at a moment: both services and the folder."""

    town: Town
    where: Path
    services: str = field(repr=False)

    def restore(self) -> Town:
        """Make it so again."""
        town = self.town
        town.sandbox.reset()
        town.sandbox.faults.on_request = None
        town.sandbox.load(json.loads(self.services))
        shutil.rmtree(town.folder)
        shutil.copytree(self.where, town.folder)
        return town
