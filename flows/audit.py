"""The record of votes against what the ledger holds: nothing was changed behind the program's back.

Every seal must hold, and of each vote how far it has come, what was approved, its close, its
opening, its roll, its decided ties, its result and its pages must be what the record's lines say of
them. A record cut short shows by what is still there: the vote's state, or its pages.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from connectors import elections
from connectors.ledger import Vote, votes
from flows.desk import Desk
from flows.election import APPROVED, EXTENDED, OPENED
from flows.publish import PUBLISHED_IT
from flows.tally import CLOSED_IT, COUNTED_IT, DECIDED
from flows.tally_pages import PAGES, TELLERS
from models.chain import Line, faults
from models.elections import ElectionState
from models.errors import FixTheData
from models.frozen_roll import digest_of
from models.tally.digests import json_digest


def audit(desk: Desk) -> list[Line]:
    """Check every seal, and every vote against its lines.

    Returns:
        The whole record, which holds.

    Raises:
        FixTheData: something was changed behind the program's back.
    """
    lines = desk.ledger.votes.lines()
    wrong = [f"{fault} (VM-R3)" for fault in faults(lines)]
    for vote in desk.ledger.votes.all():
        wrong += _changed(desk, vote, [line for line in lines if line.election == _name(vote)])
    wrong += _unrecorded_pages(desk)
    if wrong:
        raise FixTheData(
            "; ".join(wrong),
            where="the record of votes",
            next_step="compare with a backup, and with the seals on published pages; "
            "`clerk election recount` counts again, and puts changed pages back",
        )
    return lines


def _changed(desk: Desk, vote: Vote, lines: list[Line]) -> Iterator[str]:
    """What of a vote is not as its lines say; a line of an earlier version may say less."""
    name = _name(vote)
    approvals = [place for place, line in enumerate(lines) if line.what == APPROVED]
    lines = lines[approvals[-1] :] if approvals else lines  # withdrawn ones are over
    reached = [STATES[line.what] for line in lines if line.what in STATES]
    if reached[-1:] != [vote.state]:
        yield f"{name} is {vote.state}, and its record ends otherwise (VM-R3)"
    if _last(lines, votes.DEFINITION, vote.definition_digest) != vote.definition_digest:
        yield f"what {name} is on is not what was approved (EN-R6)"
    closes = _last(lines, "to", "", EXTENDED) or _last(lines, "closes", "", APPROVED)
    if closes and datetime.fromisoformat(closes) != vote.election.closes.replace(
        second=0, microsecond=0
    ):
        yield f"the close of {name} is not the one that was recorded (EN-R6)"
    if vote.opened not in (None, *(line.at for line in lines if line.what == OPENED)):
        yield f"the opening of {name} is not the one that was recorded (EN-R6)"
    kept = vote.roll_digest and vote.secret  # retention destroys a roll with its secret
    held = digest_of(desk.ledger.votes.roll(name)) if kept else vote.roll_digest
    if {held, vote.roll_digest} != {_last(lines, votes.ROLL, vote.roll_digest)}:
        yield f"the frozen roll of {name} is not the one that was recorded (VM-R3)"
    decided = [tuple(map(line.facts.get, _DECISION)) for line in lines if line.what == DECIDED]
    if decided != [(one["contest"], one["picked"], one["how"]) for one in vote.decisions]:
        yield f"the decided ties of {name} are not those that were recorded (EN-R5)"
    if vote.result is not None:
        result = json_digest(vote.result)
        if _last(lines, votes.RESULT, result, COUNTED_IT) != result:
            yield f"the result of {name} is not the one that was counted (BA-2)"
    for kind, folder in _folders(desk, name).items():
        if (held := elections.pages_digest(folder)) and _last(lines, _FACT[kind], held) != held:
            yield f"the {kind} of {name} are not as the count left them (BA-2)"


def _folders(desk: Desk, name: str) -> dict[str, Path]:
    """Where the files of a count lie, by what they are; not all need be there."""
    chapter = desk.chapter
    own = elections.folder_of(chapter.folder, name)
    public = chapter.path(chapter.elections.public) / name
    return {"pages": own / PAGES, "tellers' files": own / TELLERS, "published pages": public}


_FACT = {"pages": PAGES, "tellers' files": TELLERS, "published pages": PAGES}


def _unrecorded_pages(desk: Desk) -> Iterator[str]:
    """Pages of votes that the ledger knows no result of: it is not the ledger that made them."""
    for name in elections.names(desk.chapter.folder):
        vote = desk.ledger.votes.get(name)
        there = [kind for kind, folder in _folders(desk, name).items() if folder.is_dir()]
        if there and (vote is None or vote.result is None):
            yield f"there are {' and '.join(there)} of {name}, and no count of it (EN-R8)"


STATES = {
    APPROVED: ElectionState.DRAFT,
    OPENED: ElectionState.OPEN,
    CLOSED_IT: ElectionState.CLOSED,
    COUNTED_IT: ElectionState.COUNTED,
    PUBLISHED_IT: ElectionState.PUBLISHED,
}
"""What a line says of how far its vote has come."""
_DECISION = ("race", "picked", "how")


def _name(vote: Vote) -> str:
    return vote.election.name


def _last(lines: Iterable[Line], fact: str, missing: str, what: str = "") -> str:
    """What the last line with a fact says of it."""
    said = [
        str(line.facts[fact]) for line in lines if fact in line.facts and what in ("", line.what)
    ]
    return said[-1] if said else missing


def sealed_results(lines: Iterable[Line]) -> dict[str, Line]:
    """Election → the line whose seal stands at the foot of its result's page."""
    latest: dict[str, Line] = {}
    found: dict[str, Line] = {}
    for line in lines:
        if line.what == COUNTED_IT and line.election in latest:
            found[line.election] = latest[line.election]
        latest[line.election] = line
    return found
