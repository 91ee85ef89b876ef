"""The ledger: what the program decided, did and must never do twice.

One SQLite file, or a PostgreSQL database by URL. It reads and writes only its own tables; every
method of `Ledger` is one transaction, so that a crash leaves the state before or after it.
"""

from connectors.ledger.exit import exit_of
from connectors.ledger.looks import Look, LookEnd
from connectors.ledger.record import Act
from connectors.ledger.records import (
    HistoryRow,
    Mailing,
    MailingState,
    Night,
    Recorded,
    RunRecord,
    Snapshot,
)
from connectors.ledger.seal import Seal, new_key
from connectors.ledger.sealing import Encrypted
from connectors.ledger.store import Ledger
from connectors.ledger.trouble import Busy
from connectors.ledger.vote_rows import Vote

__all__ = [
    "Act",
    "Busy",
    "Encrypted",
    "HistoryRow",
    "Ledger",
    "Look",
    "LookEnd",
    "Mailing",
    "MailingState",
    "Night",
    "Recorded",
    "RunRecord",
    "Seal",
    "Snapshot",
    "Vote",
    "exit_of",
    "new_key",
]
