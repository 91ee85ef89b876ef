"""The sealed record: what is written down of an act, in the transaction of what it changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from connectors.ledger.vote_schema import record
from models.errors import FixTheData
from models.outgoing import naming_nobody

if TYPE_CHECKING:
    from models.votes.audit_log import AuditLogEntry
    from models.votes.events import Written


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did, for the record; no voter in it.

    Raises:
        Refused: an address stands in a text of it.
    """

    who: str
    at: datetime
    event: "Written"

    def __post_init__(self) -> None:
        from models.votes.events import as_json

        # The record is sealed line by line: what stands in it cannot be taken out again (DP-6).
        naming_nobody(self.who, "by")
        for where, said in as_json(self.event).items():
            for text in _texts(said):
                naming_nobody(text, where)


def _texts(said: Any) -> Iterator[str]:
    """Every text in a JSON."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for key, value in said.items():
            yield from (key, *_texts(value))
    elif isinstance(said, list):
        for one in said:
            yield from _texts(one)


def append(db: Connection, name: str, act: Act) -> None:
    """Write the next line of the record; a name of "" is the chapter's own affair."""
    from models.votes.audit_log import START, AuditLogEntry
    from models.votes.events import as_json

    newest = select(record.c.number, record.c.seal).order_by(record.c.number.desc()).limit(1)
    last = db.execute(newest).one_or_none()
    line = AuditLogEntry(
        number=last.number + 1 if last else 1,
        at=act.at,
        election=name,
        who=act.who,
        said=as_json(act.event),
        before=last.seal if last else START,
    ).sealed()
    db.execute(insert(record).values(**dict(line)))


def lines(db: Connection, name: str | None = None) -> "list[AuditLogEntry]":
    """The record, oldest first: of one vote, or whole.

    Raises:
        FixTheData: somebody wrote into it what is no line at all.
    """
    from models.votes.audit_log import AuditLogEntry

    asked = select(record).order_by(record.c.number)
    if name is not None:
        asked = asked.where(record.c.election == name)
    found: list[AuditLogEntry] = []
    try:
        for row in db.execute(asked):
            found.append(AuditLogEntry.model_validate(dict(row._mapping)))  # noqa: PERF401 - says how far
    except (TypeError, ValueError):  # a column that does not fit, or a JSON that is none
        after = f"after entry {found[-1].number}" if found else "at its start"
        raise FixTheData(
            f"{after} there is something that the program did not write",
            where="the audit log",
            rule="VM-R3",
            next_step="compare it with a backup: someone changed it without the program",
        ) from None
    return found
