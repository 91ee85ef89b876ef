"""What the letters of a vote are called by `status`, `history` and a tick."""

from connectors.ledger import ElectionRecord
from models.votes.election import Election
from models.votes.notices import (
    Announcement,
    Invitation,
    RaceNews,
    VoteLetter,
    WithdrawalNews,
    known_letter,
)


def letter_name(vote: ElectionRecord, letter: VoteLetter) -> str:
    """Name an email by its contest or candidate, an announcement by its districts."""
    election, changes = vote.election, vote.changes
    match letter:
        case Invitation(added_by=int()):
            return "late invitation"
        case RaceNews(line=number) | WithdrawalNews(line=number):
            about = [event.race for line, event, _ in changes.races if line.number == number]
            about += [
                f"{event.candidate} ({event.race})"
                for line, event, _ in changes.withdrawals
                if line.number == number
            ]
            return str(letter).replace(str(number), about[0]) if about else str(letter)
        case Announcement():
            return _announcement_name(election, letter)
        case _:
            return str(letter)


def _announcement_name(election: Election, letter: Announcement) -> str:
    if not letter.races:
        return f"announcement to {'everyone else' if election.districts else 'everyone'}"
    theirs = {
        district: [one.id for one in election.contests if district in one.districts]
        for district in sorted(election.districts)
    }
    told = ", ".join(d for d, ids in theirs.items() if ids == list(letter.races))
    return f"announcement to {told}"


def named(vote: ElectionRecord, text: str) -> str:
    """A letter by its name, and what is none as it is."""
    letter = known_letter(text)
    return letter_name(vote, letter) if letter else text
