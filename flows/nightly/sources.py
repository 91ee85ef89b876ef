"""What the workbooks and forms say, as values: tonight's view of them, or the last one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from connectors.ledger import Ledger, Snapshot
from flows.nightly.held_sources import OnRecord
from models.intake.tables import Table
from models.mail.plans import Shrunk
from models.membership.erasure import without_marks


@dataclass(frozen=True, slots=True)
class Sources:
    """Tonight's view of every source."""

    snapshots: Mapping[str, Snapshot]
    fresh: tuple[str, ...]
    """The keys read tonight; the others come from the ledger."""
    shrunk: tuple[Shrunk, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)
    """Of each form read tonight, what is to be remembered of its questions."""
    back_to: date | None = None
    """Read anew because rows count again from this day on."""

    def distrusting(self, key: str) -> "Sources":
        """The same, one source marked to be read again next time: we are about to write to it."""
        known = self.snapshots[key]
        return replace(
            self,
            snapshots={**self.snapshots, key: replace(known, version="")},
            fresh=tuple(dict.fromkeys((*self.fresh, key))),
        )


def known_sources(ledger: Ledger) -> Sources:
    """What the last night read, without asking any service; taken out once it is looked into."""
    return Sources(OnRecord(ledger), ())


def tables_of(sources: Sources) -> list[Table]:
    """Every tab and form as the rules read it."""
    return [without_marks(table) for each in sources.snapshots.values() for table in each.tables]
