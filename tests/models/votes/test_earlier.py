"""Lines of former versions as events: whatever their facts were at the time."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from models.ballots.boxes import RejectionReason
from models.errors import FixTheData
from models.tally.outcome import Outcome, OutcomeKind
from models.votes import events as e
from models.votes.audit_log import START, AuditLogEntry, faults
from models.votes.earlier import translated

CLOSES = datetime(2026, 4, 13, 1, tzinfo=UTC)
APPROVAL = {
    "opens": "2026-04-02T09:00-04:00",
    "closes": "2026-04-12T21:00-04:00",
    "record date": "2026-04-02",
    "contests": "mayor, question-6",
}
SUMS = {"received": 5, "counted": 3, "superseded": 1, "set aside, not on roll": 1}


@pytest.mark.parametrize(
    ("what", "facts", "event"),
    [
        (
            "approved the vote",  # before the definition and the rules were sealed
            {**APPROVAL, "digests": "0123456789ab"},
            e.Approved(
                opens=datetime(2026, 4, 2, 13, tzinfo=UTC),
                closes=CLOSES,
                record_date=date(2026, 4, 2),
                contests=("mayor", "question-6"),
            ),
        ),
        (
            "opened the vote",  # before early answers were counted
            {"voters": 3, "record date": "2026-04-02", "roll": "sha256:0"},
            e.Opened(voters=3, record_date=date(2026, 4, 2), roll="sha256:0"),
        ),
        (
            "opened the vote",  # before the roll was sealed
            {"voters": 3, "record date": "2026-04-02"},
            e.Opened(voters=3, record_date=date(2026, 4, 2)),
        ),
        (
            "added to the roll",  # before the roll was sealed
            {"voter": "p-1", "reason": "was at the door"},
            e.VoterAdded(reason="was at the door", voter="p-1"),
        ),
        (
            "struck from the roll",
            {"voter": "p-1", "reason": "moved"},
            e.VoterStruck(reason="moved", voter="p-1"),
        ),
        (
            "added to the roll",  # by the person's id
            {"voter": "p-1", "reason": "was at the door", "roll": "sha256:0"},
            e.VoterAdded(reason="was at the door", roll="sha256:0", voter="p-1"),
        ),
        (
            "struck from the roll",
            {"reason": "moved", "roll": "sha256:0", "line of the roll": 4},
            e.VoterStruck(reason="moved", roll="sha256:0", line=4),
        ),
        ("took the codes off the mailing list", {}, e.CodesCleared()),
        (
            "counted the vote",  # before its pages and its result were sealed
            {**SUMS, "mayor": "endorsed: Pat Doe, Jr.", "question-6": "no consensus"},
            e.Counted(
                received=5,
                counted=3,
                superseded=1,
                set_aside={RejectionReason.NOT_ON_ROLL: 1},
                outcomes={
                    "mayor": Outcome(OutcomeKind.ENDORSED, ("Pat Doe, Jr.",)),
                    "question-6": Outcome(OutcomeKind.NO_CONSENSUS),
                },
            ),
        ),
        (
            "erased a person",
            {"contacts": 1, "rows": 2, "addresses and names": 1},
            e.PersonErased(contacts=1, rows=2, claims=1),
        ),
        (
            "retention",
            {"rows": 3, "lines of frozen rolls": 20, "letters noted": 1},
            e.RowsDestroyed(rows=3, rolls=20, letters=1),
        ),
    ],
)
def test_a_line_of_each_former_version_is_read(
    what: str, facts: dict[str, str | int], event: e.Event
) -> None:
    assert translated(what, facts) == event


def test_a_sentence_that_is_unknown_is_kept_as_it_stands() -> None:
    assert translated("danced", {"steps": 3}) == e.Unread(what="danced", facts={"steps": 3})


@pytest.mark.parametrize(
    ("what", "facts"),
    [
        ("opened the vote", {}),
        ("opened the vote", {"voters": "many", "record date": "spring", "roll": "sha256:0"}),
        ("struck from the roll", {"voter": "p-1"}),
        ("counted the vote", {**SUMS, "mayor": "won by a nose"}),
        ("counted the vote", {**SUMS, "set aside, lost": 1}),
        ("extended the vote", {"from": "noon", "to": "night", "reason": ""}),
    ],
)
def test_a_known_sentence_that_cannot_be_read_is_a_fault(what: str, facts: dict[str, Any]) -> None:
    """Taken for a line that nobody knows, it would pass the audit, and a letter would be lost."""
    said = {"what": what, "facts": facts}
    line = AuditLogEntry(
        number=1, at=CLOSES, election="spring", who="x", said=said, before=START
    ).sealed()
    assert list(faults([line])) == ["entry 1 cannot be read by this version of the program"]
    with pytest.raises(FixTheData, match="entry 1 cannot be read by this version of the program"):
        _ = line.event
