"""What the committee is told of its own vote: how it ended, in numbers, and who took part (BA-6).

Choices are never told. It goes to the committee whatever the numbers are, and to nobody else.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from connectors import pages
from flows.committee.roll import names_in_the_list
from flows.context import ChapterContext
from models.contests.contest import Contest
from models.errors import ClerkError
from models.intake.people import PersonId
from models.mail.notices import EmailContent
from models.text import formats
from models.votes.election_record import ElectionRecord
from models.votes.results import ElectionResult

RESULT_TEXTS = "committee-result"
"""The folder of the letter's texts."""
GONE = "(no longer in the committee's list)"


class Attendance(NamedTuple):
    """Who took part in a vote of the committee, by name."""

    there: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def active(self) -> int:
        """Of how many."""
        return len(self.there) + len(self.missing)


class Item(NamedTuple):
    """One item as the letter tells it in one language."""

    title: str
    ended: str
    votes: str
    """Each choice and its number."""


def attendance(context: ChapterContext, vote: ElectionRecord) -> Attendance:
    """Who took part, of those who could; without a name where the list has nobody of them now."""
    names: dict[PersonId, str] = {}
    with suppress(ClerkError):  # the list may be gone by now
        names = names_in_the_list(context)
    found: dict[PersonId, bool] = {}
    for voter in context.ledger.votes.roll(vote.name):
        if voter.on_roll and voter.took_part is not None:
            found[voter.person] = found.get(voter.person, False) or voter.took_part
    told = {person: names.get(person, GONE) for person in found}
    there = sorted(told[person] for person, came in found.items() if came)
    return Attendance(
        tuple(there), tuple(sorted(told[person] for person, came in found.items() if not came))
    )


def items(vote: ElectionRecord, tongue: pages.Language) -> Iterator[Item]:
    """Each item with how it ended, and the numbers."""
    said, result = pages.words(tongue), vote.result
    assert result is not None  # noqa: S101 - what is told was counted
    for contest in vote.election.contests:
        outcome = result.outcomes[contest.id]
        ended = pages.ended(said, contest, outcome)
        yield Item(said.title(contest), ended, votes_of(result, contest, said))


def votes_of(result: ElectionResult, contest: Contest, said: pages.PageTexts) -> str:
    """Each choice and its number; "" of an item that was not counted."""
    names, rounds = said.names(contest), result.races[contest.id].rounds
    numbers = rounds[0] if rounds else {}
    return ", ".join(f"{names.get(choice, choice)}: {many}" for choice, many in numbers.items())


def committee_words(context: ChapterContext, vote: ElectionRecord) -> EmailContent:
    """The letter to the committee."""
    took_part, languages = attendance(context, vote), context.chapter.languages
    return context.words(
        RESULT_TEXTS,
        title=vote.election.title,
        title_es=vote.election.title_in("es"),
        titles=vote.election.titles(languages),
        items={tongue: [one._asdict() for one in items(vote, tongue)] for tongue in languages},
        present=len(took_part.there),
        active=took_part.active,
        there={tongue: formats.listed(took_part.there, tongue) for tongue in languages},
        missing={tongue: formats.listed(took_part.missing, tongue) for tongue in languages},
    )
