"""The letters of a vote as they will be sent, with its own values, for an officer to look at."""

from collections.abc import Callable, Mapping

from connectors.ledger import Vote
from flows.cli.typed import letter_from
from flows.context import Desk
from flows.votes.emails.ballots import (
    EXTENSION_TEXTS,
    INVITATION_TEXTS,
    REMINDER_TEXTS,
    as_test,
    ballot_words,
    words_of,
)
from flows.votes.emails.reminders import reminders_in_all, sent_reminders
from flows.votes.emails.tellers import REPORT_TEXTS, report_words
from flows.votes.lifecycle import look_at
from flows.votes.publish import ANNOUNCEMENT_TEXTS, announcement_words
from models.errors import FixTheData, Refused
from models.mail.notices import KINDS, Words
from models.votes.election import REMINDERS, Election
from models.votes.events import Extended
from models.votes.history import last

UNWRITTEN, UNWRITTEN_ES = "(the reason that you give)", "(el motivo que usted dé)"


def letter_words(desk: Desk, name: str, election: str) -> Words:
    """A letter's texts, about a person's standing or about a vote.

    Args:
        election: the vote's name; "" for a letter about a standing.

    Raises:
        FixTheData: there is no such letter, or it wants the name of a vote.
        Refused: it tells of a result that there is not (EN-R8).
    """
    if name not in _OF_A_VOTE and name not in KINDS:
        raise FixTheData(
            "there is no such letter",
            next_step=f"name one of {', '.join([*KINDS, *_OF_A_VOTE])}",
        )
    if name in KINDS:
        return desk.words(letter_from(name))
    if not election:
        raise FixTheData(
            "a letter of a vote is shown with the values of one",
            where=name,
            next_step="name the vote: --election NAME",
        )
    vote = desk.ledger.votes.get(election)
    return _OF_A_VOTE[name](desk, vote.election if vote else desk.election(election), vote)


def test_words(desk: Desk, name: str, election: str) -> Words:
    """The same for a test: what stands for a voter's code is one that nobody holds."""
    words = letter_words(desk, name, election)
    return as_test(desk, election, words) if election else words


def _words(
    desk: Desk, election: Election, vote: Vote | None, letter: str, **facts: object
) -> Words:
    """With what was cancelled or withdrawn since the approval (EN-R11)."""
    return (
        ballot_words(desk, vote, letter, **facts)
        if vote
        else words_of(desk, election, letter, (), **facts)
    )


def _invitation(desk: Desk, election: Election, vote: Vote | None) -> Words:
    return _words(desk, election, vote, INVITATION_TEXTS)


def _reminder(desk: Desk, election: Election, vote: Vote | None) -> Words:
    gone = sent_reminders(desk, vote.name) if vote else 0
    number = min(gone + 1, REMINDERS)
    in_all = max(number, reminders_in_all(desk, vote)) if vote else REMINDERS
    return _words(desk, election, vote, REMINDER_TEXTS, number=number, in_all=in_all)


def _extension(desk: Desk, election: Election, vote: Vote | None) -> Words:
    told = last(desk.ledger.votes.lines(vote.name), Extended) if vote else None
    reason, reason_es = (told.reason, told.reason_es) if told else (UNWRITTEN, UNWRITTEN_ES)
    because = {"reason": reason, "reason_es": reason_es}
    return _words(desk, election, vote, EXTENSION_TEXTS, **because)


def _announcement(desk: Desk, election: Election, vote: Vote | None) -> Words:
    return announcement_words(desk, _counted(election, vote), election.contests)


def _report(desk: Desk, election: Election, vote: Vote | None) -> Words:
    return report_words(desk, _counted(election, vote))


def _counted(election: Election, vote: Vote | None) -> Vote:
    if vote is None or vote.result is None:
        raise Refused(
            "there is no result that it could tell",
            where=election.name,
            rule="EN-R8",
            next_step=look_at(election.name),
        )
    return vote


_OF_A_VOTE: Mapping[str, Callable[[Desk, Election, Vote | None], Words]] = {
    INVITATION_TEXTS: _invitation,
    REMINDER_TEXTS: _reminder,
    EXTENSION_TEXTS: _extension,
    ANNOUNCEMENT_TEXTS: _announcement,
    REPORT_TEXTS: _report,
}
"""The letters of a vote by the folders of their texts."""
