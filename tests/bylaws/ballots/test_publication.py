"""What may be known of a count"""

from models.tally.outcome import NoteKind
from tests.bylaws.votes import vote


def test_the_tellers_are_warned_when_everyone_said_the_same() -> None:
    """BA-6"""
    assert NoteKind.UNANIMOUS in [note.kind for note in vote("9 A").notes]
    assert NoteKind.UNANIMOUS in [note.kind for note in vote("9 A; 3 -").notes]


def test_they_are_not_when_one_voter_differs_or_there_is_only_one() -> None:
    """BA-6"""
    for votes in ("9 A; 1 B", "1 A"):
        assert NoteKind.UNANIMOUS not in [note.kind for note in vote(votes).notes]
