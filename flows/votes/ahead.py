"""A vote as it will be read once an event is a line of its record; nothing is written."""

from dataclasses import replace
from datetime import datetime

from connectors.ledger import Act
from models.votes.audit_log import START, AuditLogEntry
from models.votes.changes import Changes, as_it_stands
from models.votes.election_record import ElectionRecord
from models.votes.events import ChangeOfRaces, as_json


def after(vote: ElectionRecord, act: Act) -> ElectionRecord:
    """The vote with one more line; its number is not known yet, and no page shows it."""
    line = AuditLogEntry(
        number=0,
        at=act.at,
        election=vote.name,
        who=act.who,
        said=as_json(act.event),
        before=START,
    )
    changes = Changes((*vote.changes.lines, line), vote.approved)
    if not isinstance(act.event, ChangeOfRaces):
        return replace(vote, changes=changes)
    return replace(vote, election=as_it_stands(vote.approved, changes), changes=changes)


def extended_to(vote: ElectionRecord, closes: datetime) -> ElectionRecord:
    """The vote with a later close."""
    return replace(vote, election=vote.election.model_copy(update={"closes": closes}))
