"""The record of votes against what the ledger holds: nothing was changed behind the program's back.

Every seal must hold, and of each vote how far it has come, what was approved, its close, its
opening, its roll, its decided ties, its result and its pages must be what the record's lines say of
them. A record cut short shows by what is still there: the vote's state, or its pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from connectors import elections
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.votes.pages import PAGES, TELLERS
from models.errors import FixTheData
from models.votes.audit_log import AuditLogEntry, faults
from models.votes.codes import secret_digest
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import Counted, TieDecided
from models.votes.frozen_roll import digest_of
from models.votes.replay import Told, replayed
from models.votes.results import TieDecision

TELLERS_FILES = "tellers' files"


def audit(context: ChapterContext) -> list[AuditLogEntry]:
    """Check every seal, and every vote against its lines.

    Returns:
        The whole record, which holds.

    Raises:
        FixTheData: something was changed behind the program's back.
    """
    lines = context.ledger.votes.lines()
    wrong = [f"{fault} (VM-R3)" for fault in faults(lines)]
    votes = {vote.name: vote for vote in context.ledger.votes.all()}
    for name in sorted({line.election for line in lines if line.election} | votes.keys()):
        told = replayed(line for line in lines if line.election == name and line.readable)
        if vote := votes.get(name):
            wrong += _changed(context, vote, told)
        elif told.state:
            wrong.append(
                f"the audit log says that {name} is {told.state}, but the ledger has no such "
                "election (VM-R3)"
            )
    wrong += _unrecorded_pages(context)
    if wrong:
        raise FixTheData(
            "; ".join(wrong),
            where="the audit log",
            next_step="compare with a backup and with the hashes on published pages; `clerk "
            "election recount NAME` recounts and restores changed pages",
        )
    return lines


def _changed(context: ChapterContext, vote: ElectionRecord, told: Told) -> Iterator[str]:
    """What of a vote is not as its lines say; a line of an earlier version may say less."""
    name = vote.name
    if told.state is not vote.state:
        yield f"{name} is {vote.state}, but its audit log ends differently (VM-R3)"
    if told.definition not in (None, vote.definition_digest):
        yield f"the contests of {name} are not the ones that were approved (EN-R6)"
    if told.closes not in (None, _close(vote, told)):
        yield f"the closing time of {name} is not the one that was recorded (EN-R6)"
    if vote.opened not in (told.openings or (None,)):
        yield f"the opening time of {name} is not the one that was recorded (EN-R6)"
    if bool(vote.secret) is told.roll_destroyed:  # retention destroys a roll with its secret
        there = "is still there" if vote.secret else "is gone"
        yield f"the secret of the codes of {name} {there}, but the audit log says otherwise (DP-6)"
    elif vote.secret and told.secret not in (None, secret_digest(vote.secret)):
        yield f"the secret of the codes of {name} is not the one that was recorded (BA-1)"
    frozen = told.openings and not told.roll_destroyed
    held = digest_of(context.ledger.votes.roll(name)) if frozen else vote.roll_digest
    if {held, vote.roll_digest} != {told.roll or vote.roll_digest}:
        yield f"the frozen voter roll of {name} is not the one that was recorded (VM-R3)"
    if not _as_decided(vote.decisions, told.decisions):
        yield f"the tie decisions of {name} are not the ones that were recorded (EN-R5)"
    if told.result not in (None, vote.result_digest):
        yield f"the result of {name} is not the one that was counted (BA-2)"
    for kind, folder in _folders(context.chapter, name).items():
        recorded = told.tellers if kind == TELLERS_FILES else told.pages
        if (there := elections.pages_digest(folder)) and recorded not in (None, there):
            yield f"the {kind} of {name} were changed after the count (BA-2)"


def _close(vote: ElectionRecord, told: Told) -> datetime:
    closes = vote.election.closes
    return closes.replace(second=0, microsecond=0) if told.to_the_minute else closes


def _as_decided(held: Sequence[TieDecision], told: Sequence[TieDecided]) -> bool:
    """Whether the same ties were decided in the same way."""
    return len(held) == len(told) and all(
        (one.contest, one.picked, one.how) == (line.race, line.picked, line.how)
        and line.tied in ((), one.tied)
        for one, line in zip(held, told, strict=True)
    )


def _folders(chapter: Chapter, name: str) -> dict[str, Path]:
    """Where the files of a count lie, by what they are; not all need be there."""
    own = elections.folder_of(chapter.folder, name)
    public = chapter.path(chapter.elections.public) / name
    return {"pages": own / PAGES, TELLERS_FILES: own / TELLERS, "published pages": public}


def _unrecorded_pages(context: ChapterContext) -> Iterator[str]:
    """Pages of votes that the ledger knows no result of: it is not the ledger that made them."""
    for name in elections.names(context.chapter.folder):
        vote = context.ledger.votes.get(name)
        there = [
            kind for kind, folder in _folders(context.chapter, name).items() if folder.is_dir()
        ]
        said = vote is not None and vote.state is ElectionState.CANCELLED  # by a page (EN-R11)
        if there and not said and (vote is None or vote.result is None):
            yield f"there are {' and '.join(there)} of {name}, but it was never counted (EN-R8)"


def sealed_results(lines: Iterable[AuditLogEntry]) -> dict[str, AuditLogEntry]:
    """Election → the line whose seal stands at the foot of its result's page."""
    latest: dict[str, AuditLogEntry] = {}
    found: dict[str, AuditLogEntry] = {}
    for line in lines:
        if isinstance(line.event, Counted) and line.election in latest:
            found[line.election] = latest[line.election]
        latest[line.election] = line
    return found
