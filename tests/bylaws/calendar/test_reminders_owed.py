"""The reminders that are owed"""

from collections.abc import Iterable
from datetime import UTC, datetime

from models.votes.audit_log import START, AuditLogEntry
from models.votes.events import (
    Counted,
    LetterBroughtAgain,
    LetterDelivered,
    LetterSent,
    LetterStopped,
    LetterUndelivered,
    OfAVote,
    as_json,
)
from models.votes.reminded import missing, reminded

INVITATION = LetterSent(letter="invitation", people=9)
ONE, TWO, THREE = (LetterSent(letter=f"reminder {number}", people=9) for number in (1, 2, 3))
STOPPED = LetterStopped(letter="reminder 2", campaign="paused")
LOST = LetterUndelivered(letter="reminder 3", campaign="canceled", people=9)
OUT = LetterDelivered(letter="reminder 3", people=8, booked=9)
AGAIN = LetterBroughtAgain(letter="reminder 3")
NOBODY = LetterSent(letter="reminder 3", people=0)
COUNT = Counted(received=0, counted=0, superseded=0, set_aside={}, outcomes={})


def went(*events: OfAVote) -> int:
    """How many went out, by a record of these lines; what is missing of three is the rest."""
    held = list(lines(events))
    assert reminded(held) + missing(held) == 3
    return reminded(held)


def lines(events: Iterable[OfAVote]) -> Iterable[AuditLogEntry]:
    at = datetime(2026, 4, 2, tzinfo=UTC)
    for number, event in enumerate(events, 1):
        said = as_json(event)
        yield AuditLogEntry(
            number=number, at=at, election="v", who="clerk", said=said, before=START
        )


def test_three_are_owed_and_no_other_letter_is_one() -> None:
    """EN-10, EN-R13"""
    assert went(INVITATION) == 0
    assert went(INVITATION, ONE, TWO, THREE) == 3


def test_one_that_was_missed_is_missing() -> None:
    """EN-R13"""
    assert went(ONE, THREE) == 2


def test_one_that_was_stopped_did_not_go_out() -> None:
    """EN-R13"""
    assert went(ONE, STOPPED, THREE) == 2


def test_one_that_was_never_delivered_did_not_go_out() -> None:
    """EN-R13"""
    assert went(ONE, TWO, THREE, LOST) == 2


def test_one_that_had_nobody_left_to_go_to_is_not_missing() -> None:
    """EN-R13"""
    assert went(ONE, TWO, NOBODY) == 3


def test_what_is_found_after_the_count_changes_no_page_of_it() -> None:
    """EN-R13"""
    assert went(ONE, TWO, THREE, COUNT, LOST) == 3


def test_one_that_came_out_after_all_went_out() -> None:
    """EN-R13"""
    assert went(ONE, TWO, THREE, LOST, OUT) == 3


def test_one_that_is_brought_again_goes_out_once_it_is_sent() -> None:
    """EN-R13"""
    assert went(ONE, TWO, THREE, LOST, AGAIN) == 2
    assert went(ONE, TWO, THREE, LOST, AGAIN, THREE) == 3
