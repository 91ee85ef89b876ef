"""A vote on the sandbox: a draft that is checked, or ballots in a tab that are counted."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import ZONE
from connectors.sandbox.server import Sandbox
from flows.votes.check import check
from flows.votes.lifecycle import approve
from flows.votes.tally.count import close, counted, decide, tally
from models.errors import ClerkError
from models.votes.election import failing
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.elections.polls import COUNTS, OFFICER, OPENS, RACES, Kept, Poll
from tests.elections.test_sources import HEADERS, LINK, TAB, WORKBOOK, arrive
from tests.pointers.scene import Said

PEOPLE = 14
BALLOTS: tuple[tuple[Cell, ...], ...] = (
    ("1st", "2nd", "", "", "Yes"),
    ("1st", "", "2nd", "", "Yes"),
    ("", "1st", "", "", "No"),
    ("2nd", "", "1st", "", "Yes"),
)


class Draft:
    """A vote that nobody has approved; `clerk election check` looks at it."""

    def __init__(self, poll: Poll) -> None:
        self.poll = poll
        self.before, self.said_before = self.truth(), self.said()

    def said(self) -> list[Said]:
        """What stands in the way of an approval; a finding says its way out itself."""
        try:
            with self.poll.context() as context:
                return [
                    Said(fact, fact)
                    for fact in failing(check(context, self.poll.election(context)))
                ]
        except ClerkError as error:
            return [Said(error.fact, error.next_step)]

    def truth(self) -> object:
        """What voters are asked; "" for a folder that cannot be read."""
        with self.poll.context() as context:
            races = self.poll.election(context).contests
            return [(one.title, getattr(one, "candidates", ())) for one in races]

    def opens(self) -> bool:
        """Whether an officer can approve it now."""
        with self.poll.context() as context:
            approve(context, self.poll.name, OFFICER)
        return True

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a text of the vote's folder."""
        path = self.poll.town.folder / "elections" / self.poll.name / file
        said = path.read_text()
        assert old in said, said
        path.write_text(said.replace(old, new))


class Count:
    """A vote after its close, whose answers arrived in a tab."""

    tallies = False
    """Whether the count is recorded, too, so that a tie stops it."""

    def __init__(self, poll: Poll) -> None:
        self.poll = poll
        poll.clock.at = COUNTS
        with poll.context() as context:
            close(context, poll.vote)
        self.before, self.said_before = self.truth(), self.said()

    def said(self) -> list[Said]:
        """What `clerk election tally` refuses."""
        try:
            if self.tallies:
                with self.poll.context() as context:
                    tally(context, self.poll.vote)
            self.truth()
        except ClerkError as error:
            return [Said(error.fact, error.next_step)]
        return []

    def truth(self) -> object:
        """Every sum, and how each race ends."""
        with self.poll.context() as context:
            boxes, races, _ = counted(context, self.poll.vote)
        sums = boxes.received, len(boxes.counted), len(boxes.set_aside)
        return sums, [(one.contest.id, one.result) for one in races]

    def decide(self, contest: str, picked: str) -> None:
        """Record how a tie was decided."""
        with self.poll.context() as context:
            decide(context, self.poll.name, contest, picked, "the committee, 5 to 0", OFFICER)

    def edit(self) -> Any:
        """The rows of the tab that is read, to be changed in place."""
        return self.poll.town.sandbox.google.edit(WORKBOOK, TAB)


def draft(services: tuple[Sandbox, Clock], folder: Path) -> Kept:
    """A vote whose folder and form fit."""
    sandbox, clock = services
    clock.at = FIRST_NIGHT
    empty(sandbox)
    poll = Poll.prepare(sandbox, clock, folder / "chapter", people=PEOPLE)
    return poll.keep(folder / "kept")


def arrived(services: tuple[Sandbox, Clock], folder: Path) -> Kept:
    """An open vote whose ballots arrive in a tab, with four of them."""
    sandbox, clock = services
    clock.at = FIRST_NIGHT
    empty(sandbox)
    box = {"workbook": WORKBOOK, "tab": TAB, "link": LINK}
    poll = Poll.prepare(
        sandbox, clock, folder / "chapter", people=PEOPLE, races=RACES, build=False, ballots=box
    )
    sandbox.google.add_workbook(WORKBOOK, "Ballots", {TAB: [list(HEADERS)]}, time_zone=ZONE)
    poll.opened()
    codes = sorted(poll.invited().values())
    for hours, (code, ballot) in enumerate(zip(codes, BALLOTS, strict=False), start=1):
        arrive(poll, code, *ballot, at=OPENS + timedelta(hours=hours))
    return poll.keep(folder / "kept")
