"""What the letters of a vote are called by `status`, `history` and a tick."""

from models.text.sentences import Sentence
from models.votes.election import Election
from models.votes.election_record import ElectionRecord
from models.votes.notices import (
    Announcement,
    CancellationNews,
    ExtensionNews,
    Invitation,
    RaceNews,
    Reminder,
    TellersReport,
    VoteLetter,
    WithdrawalNews,
    known_letter,
)


def letter_name(vote: ElectionRecord, letter: VoteLetter) -> str:
    """Name an email by its contest or candidate, an announcement by its districts."""
    election, changes = vote.election, vote.changes
    match letter:
        case Invitation(added_by=int()):
            return Sentence("late invitation")
        case Invitation():
            return Sentence("invitation")
        case Reminder(number=number):
            return Sentence("reminder {number}", number=number)
        case ExtensionNews(number=number):
            return Sentence("extension {number}", number=number)
        case CancellationNews():
            return Sentence("cancellation")
        case TellersReport():
            return Sentence("tellers' report")
        case RaceNews(line=number) | WithdrawalNews(line=number):
            about = [event.race for line, event, _ in changes.races if line.number == number]
            about += [
                f"{event.candidate} ({event.race})"
                for line, event, _ in changes.withdrawals
                if line.number == number
            ]
            what = about[0] if about else number
            if isinstance(letter, RaceNews):
                return Sentence("cancelled race {what}", what=what)
            return Sentence("withdrawn candidate {what}", what=what)
        case Announcement():
            return _announcement_name(election, letter)


def _announcement_name(election: Election, letter: Announcement) -> str:
    if not letter.races:
        if election.districts:
            return Sentence("announcement to everyone else")
        return Sentence("announcement to everyone")
    theirs = {
        district: [one.id for one in election.contests if district in one.districts]
        for district in sorted(election.districts)
    }
    told = ", ".join(d for d, ids in theirs.items() if ids == list(letter.races))
    return Sentence("announcement to {districts}", districts=told)


def named(vote: ElectionRecord, text: str) -> str:
    """A letter by its name, and what is none as it is."""
    letter = known_letter(text)
    return letter_name(vote, letter) if letter else text
