"""A vote of an invented committee on the sandbox (SC-4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from connectors import elections
from connectors.sandbox import invented_election as invented
from connectors.sandbox.mailchimp.letters import Letter
from connectors.sandbox.server import Sandbox
from flows.context import open_chapter
from flows.votes.ballot_form import build_form
from flows.votes.sending import reach
from models.unmask import reveal
from tests.conftest import Clock
from tests.elections.polls import BALLOT, NAME, RACES, TZ, Poll
from tests.flows.town import Town

OPENS = datetime(2026, 4, 2, 9, tzinfo=TZ)
CLOSES = OPENS + timedelta(hours=2)
COUNTS = CLOSES + timedelta(minutes=10)
BUDGET: Mapping[str, Any] = {"id": "budget", "title": "The budget", "kind": "committee"}
CHAIRS: Mapping[str, Any] = {
    "id": "chairs",
    "title": "Co-chairs",
    "kind": "approval",
    "candidates": [0, 1, 2, 3],
}
CODE = "CLCOMMIT"


@dataclass
class Board(Poll):
    """A vote of a committee, whose members are people of the town."""

    members: tuple[tuple[str, str], ...] = ()
    """Name and address of each, by name."""

    @classmethod
    def seated(
        cls,
        sandbox: Sandbox,
        clock: Clock,
        folder: Path,
        *races: Mapping[str, Any],
        many: int = 8,
        **table: Any,
    ) -> Self:
        """A chapter with a committee in its tab, and a draft with its form.

        Args:
            races: with a member's place in the place of a name.
        """
        town = Town.found(sandbox, clock, folder, 40)
        town.night()
        members = _people(town)[:many]
        town.add_tab("committee", *([name, who, "2026-01-20"] for name, who in members))
        town.night()
        sandbox.google.add_form(BALLOT, "Untitled form")
        said = {
            "title": "April decisions",
            "electorate": "committee",
            "opens": OPENS.replace(tzinfo=None),
            "closes": CLOSES.replace(tzinfo=None),
            "ballots": {"form": BALLOT},
        }
        named = [_named(race, members) for race in races or (BUDGET,)]
        elections.write_new(folder, NAME, said | table, named)
        board = cls(town, clock, members=tuple(members))
        with board.context() as context:
            build_form(context, board.election(context))
        return board

    def codes(self) -> dict[str, str]:
        """Address → the code in its invitation."""
        return {letter.to: letter.values[CODE] for letter in self.mine("invitation")}

    def codes_in(self, field: str) -> set[str]:
        """The codes that stand on contacts now."""
        return {str(m.merge_fields.get(field, "")) for m in self.town.audience.members.values()} - {
            ""
        }

    def mine(self, kind: str) -> list[Letter]:
        """The letters of a kind that are out."""
        return [
            letter
            for letter in self.town.sandbox.mailchimp.outbox
            if letter.title.startswith(f"clerk: {self.name} {kind}")
        ]

    def decides(self, place: int, *marks: str | Sequence[str], at: datetime | None = None) -> None:
        """A member votes: a mark for each contest, in order."""
        code = self.codes()[self.members[place][1]]
        questions = dict(invented.questions(self.form))
        titles = [title for title in questions if title != "Ballot code"]
        self.answers(code, dict(zip(titles, marks, strict=False)), at)  # type: ignore[arg-type]  # checkboxes


@dataclass
class Beside(Poll):
    """A vote of the members in the same chapter."""

    def sent(self, kind: str) -> list[Letter]:
        """The letters of a kind that are out."""
        outbox = self.town.sandbox.mailchimp.outbox
        return [one for one in outbox if one.title.startswith(f"clerk: {self.name} {kind}")]


def beside(board: Board) -> Beside:
    """A vote of the members that opens at the same minute."""
    name, form = "members", "members-ballot"
    board.town.sandbox.google.add_form(form, "Untitled form")
    said = {
        "title": "Spring endorsements",
        "opens": OPENS.replace(tzinfo=None),
        "closes": (OPENS + timedelta(days=10)).replace(tzinfo=None),
        "ballots": {"form": form},
    }
    elections.write_new(board.town.folder, name, said, RACES[:1])
    poll = Beside(board.town, board.clock, form, name)
    with poll.context() as context:
        build_form(context, poll.election(context))
    return poll


def _people(town: Town) -> list[tuple[str, str]]:
    """People whom letters reach, and whose name nobody else has."""
    with open_chapter(town.folder, town.clock) as context:
        reached = reach(context)
        named: dict[str, list[str]] = {}
        for person, one in reached.roll.entries.items():
            if person in reached.mailboxes and one.person.name:
                name = reveal(one.person.name)
                named.setdefault(name, []).append(reveal(reached.mailboxes[person]))
    return sorted((name, boxes[0]) for name, boxes in named.items() if len(boxes) == 1)


def _named(race: Mapping[str, Any], held: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A contest with members' names in the place of their places."""
    return {
        key: [held[one][0] for one in value] if key in ("recused_members", "candidates") else value
        for key, value in race.items()
    }
