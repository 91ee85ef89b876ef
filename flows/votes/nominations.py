"""What is held on a person as a nominee of a slate, before its vote (SC-2, DP-6).

The ledger holds it from the approval to the opening; the chapter's own file of the contest holds it
as long as the chapter keeps the file.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from connectors import elections
from connectors.ledger import Ledger
from flows.context import ChapterContext
from flows.nightly.keeping import HORIZON
from flows.nightly.sources import facts_of, known_sources
from models.bylaws.counting import CommitteeCount
from models.committee.nominees import Attendance, Nominee, TimesAttended, criteria
from models.contests.contest import UpOrDown
from models.errors import FixTheSettings
from models.intake.people import PersonId
from models.membership.voter_roll import Facts
from models.privacy import Name
from models.votes.election import Election


def attended_by_name(context: ChapterContext, on: date) -> Attendance:
    """What the sheets as last read say of everybody's events (SC-2).

    Two who bear one name are left out: the contest's file has a name alone.
    """
    facts = facts_of(context, known_sources(context.ledger))
    return {name: came for name, (_, came) in bearers(context, facts, on).items()}


def bearers(
    context: ChapterContext, facts: Facts, on: date
) -> dict[Name, tuple[PersonId, TimesAttended]]:
    """Everybody whose name nobody else has, by that name folded."""
    rules = context.bylaws.closest(on).membership
    whole_from = _whole_from(context, facts)
    people = {number: p.name.folded() for number, p in facts.known.people.items() if p.name}
    bearers = Counter(people.values())
    found: dict[Name, tuple[PersonId, TimesAttended]] = {}
    for number, name in people.items():
        if bearers[name] == 1:
            events = (facts.events[event] for event in facts.attended.get(number, ()))
            came = (one.day.year for one in events if not one.why_not(rules, context.today))
            person = facts.known.people[number].id
            found[name] = person, TimesAttended(Counter(came), whole_from)
    return found


def _whole_from(context: ChapterContext, facts: Facts) -> int:
    """The first year of which the sheets have every row: events outlive who came to them (DP-6)."""
    first = min((event.day.year for event in facts.events), default=context.today.year)
    kept_since = context.ledger.note(HORIZON)
    return max(first, date.fromisoformat(kept_since).year if kept_since else first) + 1


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
