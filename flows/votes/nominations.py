"""What is held on a person as a nominee of a slate, before its vote (SC-2, DP-6).

The ledger holds it from the approval to the opening; the chapter's own file of the contest holds it
as long as the chapter keeps the file.
"""

from collections.abc import Iterator
from typing import NamedTuple

from connectors import elections
from connectors.ledger import Ledger
from flows.context import ChapterContext
from models.bylaws.counting import CommitteeCount
from models.committee.nominees import Nominee, criteria
from models.contests.contest import UpOrDown
from models.errors import FixTheSettings
from models.privacy import Name
from models.votes.election import Election


class Nomination(NamedTuple):
    """Where it is held, and what was asked of the nominee."""

    where: str
    nominee: Nominee
    asked: CommitteeCount
    """What the bylaws ask of a nominee whom the members vote on that day."""

    def told(self) -> str:
        """Every fact, for the person whom it is about."""
        asked = criteria(self.nominee, self.asked)
        waived = [f"{one.criterion} waived: {one.reason}" for one in self.nominee.waivers]
        return "nominee: " + "; ".join([*(reason.fact for reason in asked), *waived])


def in_the_ledger(context: ChapterContext, name: Name | None) -> Iterator[Nomination]:
    """In votes that are approved and have not opened."""
    for vote in context.ledger.votes.all():
        yield from _of(context, vote.approved, "ledger", name)


def on_ballots(ledger: Ledger, name: Name | None) -> Iterator[tuple[str, str]]:
    """What ballots say of somebody they name (EN-R14): of which vote, and what."""
    for vote in ledger.votes.all():
        for one in (each for contest in vote.approved.contests for each in contest.about):
            if name and Name.parse(one.name).folded() == name.folded():
                told = one.model_dump(exclude={"name"})
                said = "; ".join(f"{key}: {text}" for key, text in told.items() if text)
                yield vote.name, said


def in_the_files(context: ChapterContext, name: Name | None) -> Iterator[Nomination]:
    """In the chapter's folders of elections; `clerk election check` says of one that is broken."""
    for folder in elections.names(context.chapter.folder):
        try:
            election = context.election(folder)
        except FixTheSettings:
            continue
        yield from _of(context, election, f"{elections.FOLDER}/{folder}/contests", name)


def _of(
    context: ChapterContext, election: Election, where: str, name: Name | None
) -> Iterator[Nomination]:
    for contest in election.contests:
        for nominee in contest.nominees if isinstance(contest, UpOrDown) else ():
            if name and Name.parse(nominee.name).folded() == name.folded():
                asked = context.bylaws.closest(election.record_date).committee
                yield Nomination(where, nominee, asked)
