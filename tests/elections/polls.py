"""A vote of an invented chapter on the sandbox, and what there is to see of it."""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from connectors import elections
from connectors.ledger import Ledger
from connectors.sandbox import invented_election as invented
from connectors.sandbox.google.form_state import Form, FormResponse
from connectors.sandbox.invented import LIST, ZONE
from connectors.sandbox.mailchimp.letters import Letter
from connectors.sandbox.server import Sandbox
from flows.context import ChapterContext, open_chapter
from flows.votes.ballot_form import build_form
from flows.votes.history import facts, sentence
from flows.votes.lifecycle import approve
from flows.votes.pages import PAGES, TELLERS
from flows.votes.publish import publish
from flows.votes.schedule import ElectionEvent, tick
from flows.votes.sending import reach
from models.intake.people import PersonId
from models.unmask import reveal
from models.votes.audit_log import AuditLogEntry
from models.votes.election import Election
from models.votes.election_record import ElectionRecord
from tests.conftest import Clock
from tests.flows.town import Town

TZ = ZoneInfo(ZONE)
NAME, BALLOT = "spring", "spring-ballot"
OFFICER = "Thea Novak"
OPENS = datetime(2026, 4, 2, 9, tzinfo=TZ)
CLOSES = datetime(2026, 4, 12, 21, tzinfo=TZ)
COUNTS = CLOSES + timedelta(minutes=10)
REMINDERS = (
    datetime(2026, 4, 7, 9, tzinfo=TZ),
    datetime(2026, 4, 10, 9, tzinfo=TZ),
    datetime(2026, 4, 12, 9, tzinfo=TZ),
)
RACES: tuple[Mapping[str, Any], ...] = (
    {
        "id": "mayor",
        "title": "Mayor",
        "kind": "ranked",
        "office": "Mayor",
        "candidates": ["Ada Park", "Bea Stone", "Cy Rivers"],
        "recommendation": "Ada Park",
        "statement": "She comes to every meeting.",
    },
    {
        "id": "question-6",
        "title": "Question 6",
        "kind": "question",
        "districts": ["10th Suffolk", "14th Suffolk"],
        "explanation": "Whether the Representative is told to vote for single-payer health care.",
        "recommendation": "Yes",
    },
)


Marks = Mapping[str, str]
"""Header → what is marked there."""


@dataclass
class Poll:
    """One vote: its chapter, its form, its clock."""

    town: Town
    clock: Clock
    form_id: str = BALLOT
    name: str = NAME

    @classmethod
    def prepare(
        cls,
        sandbox: Sandbox,
        clock: Clock,
        folder: Path,
        *,
        people: int = 40,
        races: Sequence[Mapping[str, Any]] = RACES,
        build: bool = True,
        **table: Any,
    ) -> Self:
        """A chapter after its first night, with a folder and a form that fit."""
        town = Town.found(sandbox, clock, folder, people)
        town.night()
        sandbox.google.add_form(BALLOT, "Untitled form")
        said = {
            "title": "Spring endorsements",
            "opens": OPENS.replace(tzinfo=None),
            "closes": CLOSES.replace(tzinfo=None),
            "ballots": {"form": BALLOT},
        }
        elections.write_new(folder, NAME, said | table, races)
        poll = cls(town, clock)
        if build:
            town.replayed(("form", NAME), poll.build_form)
        return poll

    def build_form(self) -> None:
        """Build the ballot form's questions."""
        with self.context() as context:
            build_form(context, self.election(context))

    def approved(self) -> Self:
        """After an officer's word."""

        def play() -> None:
            with self.context() as context:
                approve(context, self.name, OFFICER)

        self.town.replayed(("approved", self.name), play)
        return self

    def opened(self) -> Self:
        """After the opening, at its minute."""
        self.approved()
        self.at(OPENS)
        return self

    @contextmanager
    def context(self) -> Iterator[ChapterContext]:
        """The chapter's desk, at this moment."""
        with open_chapter(self.town.folder, self.clock) as context:
            yield context

    def election(self, context: ChapterContext) -> Election:
        """The election as its folder says."""
        return context.election(self.name)

    def at(self, moment: datetime) -> list[ElectionEvent]:
        """Move the clock, and let it strike."""
        self.clock.at = moment

        def play() -> list[ElectionEvent]:
            with self.context() as context:
                return tick(context)

        return list(self.town.replayed("tick", play))

    def strike(self) -> list[ElectionEvent]:
        """Let the clock strike again, at the same moment."""
        return self.at(self.clock.at)

    def published(self) -> list[ElectionEvent]:
        """After an officer's publication."""

        def play() -> list[ElectionEvent]:
            with self.context() as context:
                publish(context, self.vote_in(context.ledger), OFFICER)
                return tick(context)

        return list(self.town.replayed(("published", self.name), play))

    @property
    def form(self) -> Form:
        """The ballot form."""
        return self.town.sandbox.google.forms[self.form_id]

    @property
    def vote(self) -> ElectionRecord:
        """The vote as the ledger has it."""
        with self.town.ledger() as ledger:
            return self.vote_in(ledger)

    def vote_in(self, ledger: Ledger) -> ElectionRecord:
        """The vote as an open ledger has it."""
        found = ledger.votes.get(self.name)
        assert found
        return found

    def record(self) -> list[str]:
        """What was done, in order."""
        with self.town.ledger() as ledger:
            return [sentence(line.event) for line in ledger.votes.lines(self.name)]

    def letters(self, kind: str = "") -> Counter[tuple[str, str]]:
        """What lies in people's mailboxes of this vote: (address, kind) → how many."""
        found = Counter((letter.to, kind_of(letter)) for letter in self._mine())
        return Counter({k: n for k, n in found.items() if k[1].startswith(kind)})

    def _mine(self) -> list[Letter]:
        outbox = self.town.sandbox.mailchimp.outbox
        return [one for one in outbox if one.title.startswith(f"clerk: {self.name} ")]

    def invited(self) -> dict[str, str]:
        """Address → the code in its invitation."""
        return {
            letter.to: letter.values[invented.CODE]
            for letter in self._mine()
            if kind_of(letter).startswith("invitation")
        }

    def votes(self, address: str, marks: Marks, at: datetime | None = None) -> FormResponse:
        """Somebody votes by the link in their letter."""
        return self.answers(self.invited()[address], marks, at)

    def answers(self, code: str, marks: Marks, at: datetime | None = None) -> FormResponse:
        """Somebody types a code, and marks under each header what they mark."""
        said = {"Ballot code": code, **marks}
        found = {q: said[header] for header, q in invented.questions(self.form) if header in said}
        return self.form.submit(found, at or self.clock.at)

    def everybody_votes(self, marks: Marks) -> None:
        """All who were invited."""
        for address in sorted(self.invited()):
            self.votes(address, marks)

    def people(self) -> dict[str, PersonId]:
        """Address → the person whom letters reach there."""
        with self.context() as context:
            return {reveal(a): person for person, a in reach(context).mailboxes.items()}

    def stranger(self) -> str:
        """Somebody whom letters reach and who is not on the roll."""
        return min(self.people().keys() - self.invited().keys())

    @property
    def codes_on_the_list(self) -> set[str]:
        """The codes that stand on contacts now."""
        members = self.town.sandbox.mailchimp.lists[LIST].members.values()
        return {str(m.merge_fields.get(invented.CODE, "")) for m in members} - {""}

    def segment(self, kind: str) -> set[str]:
        """Who is in the segment of one of the vote's letters now."""
        return self.town.tagged(f"clerk: vote {self.name} {kind}")

    def folder(self, name: str) -> Path:
        """A folder of the election's."""
        return self.town.folder / "elections" / self.name / name

    def keep(self, where: Path) -> "Kept":
        """Remember everything as it is now."""
        shutil.rmtree(where, ignore_errors=True)
        shutil.copytree(self.town.folder, where)
        mailchimp = self.town.sandbox.mailchimp
        boxes = list(mailchimp.outbox), list(mailchimp.test_outbox)
        return Kept(self, where, self.town.sandbox.dump(), self.clock.at, *boxes)

    def ends(self) -> dict[str, Any]:
        """How far things have come, in a form that two ways there can be compared by."""
        with self.town.ledger() as ledger:
            vote = self.vote_in(ledger)
            return {
                "state": vote.state,
                "result": vote.result and vote.result.races,
                "letters": self.letters(),
                "officers": any(self.town.sandbox.mailchimp.test_outbox),
                "campaigns": Counter(
                    (kind, campaign.status in ("sending", "sent"))
                    for campaign in self.town.sandbox.mailchimp.campaigns.values()
                    if (kind := campaign.settings["title"]).startswith(f"clerk: {self.name} ")
                ).total(),
                "mailings": {m.letter: m.state for m in ledger.mailings.of(self.name)},
                "record": Counter(map(said_in, ledger.votes.lines(self.name))),
                "codes": len(self.codes_on_the_list),
                "voters": len(ledger.votes.roll(self.name)),
                "pages": sorted(f.name for f in self.folder("pages").glob("*")),
                "public": sorted(f.name for f in (self.town.folder / "public").glob("*/*")),
            }


def said_in(line: AuditLogEntry) -> str:
    """What a line of the record says, whenever it was written: act and facts.

    Pages bear the seal of the line before, and that one its time.
    """
    told = facts(line.event, TZ)
    timeless = ((k, v) for k, v in sorted(told.items()) if k not in (PAGES, TELLERS))
    listed = (f"{fact}: {value}" for fact, value in timeless)
    return f"{sentence(line.event)} ({', '.join(listed)})"


def kind_of(letter: Letter) -> str:
    """Which letter of the vote it is: its title without the chapter's own marks."""
    return " ".join(letter.title.split()[2:-1])


def ranks(first: str = "", second: str = "") -> dict[str, str]:
    """A ranking of the mayor's race, as the grid has it."""
    return {f"Mayor [{name}]": rank for name, rank in ((first, "1st"), (second, "2nd")) if name}


@dataclass(frozen=True)
class Kept:
    """A vote as it was at a moment: both services, the folder, the clock."""

    poll: Poll
    where: Path
    services: dict[str, Any] = field(repr=False)
    moment: datetime
    outbox: list[Letter] = field(repr=False)
    test_outbox: list[Letter] = field(repr=False)

    def restore(self) -> Poll:
        """Make it so again."""
        poll = self.poll
        sandbox = poll.town.sandbox
        sandbox.reset()
        sandbox.faults.on_request = None
        sandbox.load(deepcopy(self.services))
        sandbox.mailchimp.outbox[:] = self.outbox
        sandbox.mailchimp.test_outbox[:] = self.test_outbox
        poll.clock.at = self.moment
        shutil.rmtree(poll.town.folder)
        shutil.copytree(self.where, poll.town.folder)
        return poll
