"""What the calendar wants sent now: three reminders, each to those whose ballot is missing (EN-R7).

Of the ballots only times and codes are looked at; who has voted is known to this moment alone and
written nowhere.
"""

from datetime import datetime

from connectors.ledger import Vote
from flows.ballot_letters import ballot_words
from flows.desk import Desk
from flows.election import calendar
from flows.vote_letters import Reach, send_once
from models.ballots.received import Code
from models.elections import REMINDERS, reminder_due
from models.frozen_roll import codes_of, voted
from models.people import PersonId

REMINDER = "reminder {}"


def sent_reminders(desk: Desk, name: str) -> dict[int, datetime]:
    """Number → when it went out."""
    held = desk.ledger.votes.mailings(name)
    kinds = {number: held.get(REMINDER.format(number)) for number in range(1, REMINDERS + 1)}
    return {number: one.sent for number, one in kinds.items() if one and one.sent}


def next_reminder(desk: Desk, vote: Vote) -> tuple[int, datetime] | None:
    """The next reminder and its time; None when all three went."""
    planned = calendar(desk, vote.election).reminders
    name, closes = vote.election.name, vote.election.closes
    return reminder_due(planned, sent_reminders(desk, name), closes, desk.now())


def remind(desk: Desk, vote: Vote, number: int, reached: Reach) -> int:
    """Send a reminder to everybody on the roll whose ballot has not arrived."""
    words = ballot_words(desk, vote, "vote-reminder", number=number)
    return send_once(desk, vote, REMINDER.format(number), words, missing(desk, vote), reached)


def missing(desk: Desk, vote: Vote) -> list[PersonId]:
    """Those on the roll without a ballot at this moment."""
    name = vote.election.name
    lines = desk.ledger.votes.roll(name)
    roll, codes = codes_of(lines, vote.secret, name)
    numbers = arrived_numbers(desk, vote)
    return [person for person, code in codes.items() if roll[code].number not in numbers]


def arrived_numbers(desk: Desk, vote: Vote) -> set[int]:
    """The numbers of the voters whose ballot has arrived in the window."""
    name, opened = vote.election.name, vote.opened
    roll, _ = codes_of(desk.ledger.votes.roll(name), vote.secret, name)
    rows = desk.ballot_forms.arrived(vote.election.ballots).rows
    inside = (r for r in rows if r.at and opened and opened <= r.at < vote.election.closes)
    return voted((code_of(row.code) for row in inside), roll)


def code_of(typed: str) -> Code | None:
    """The code on a row; None when the cell is empty."""
    try:
        return Code.parse(typed)
    except ValueError:
        return None
