"""A database's errors in our words. Its own are dropped, not chained: they quote rows (DP-3)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from models.errors import ClerkError, FixTheSettings, TryAgainLater

WHERE = "ledger"
_RIGHTS = ("unable to open", "readonly", "read-only", "permission denied")
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_REFUSED = ("password", "authentication", "does not exist", "no pg_hba.conf entry")


class Busy(TryAgainLater):
    """Another job has the ledger: what is due is its work, or that of the next strike."""


@contextmanager
def translated() -> Iterator[None]:
    """Run database work.

    Raises:
        Busy: the database is locked by another job.
        TryAgainLater: it cannot be reached.
        FixTheSettings: it refuses us, is no ledger, is damaged, or its disk is full or fails.
        ClerkError: anything else; a fault in the program.
    """
    try:
        yield
    except SQLAlchemyError as exc:
        raise _our_word_for(exc) from None
    except sqlite3.Error as exc:
        raise _refusal(exc, type(exc).__name__) from None


def _our_word_for(exc: SQLAlchemyError) -> ClerkError:
    if isinstance(exc, NoFreeConnection):
        return busy()
    if not isinstance(exc, DBAPIError):
        return ClerkError(f"the ledger's own code failed ({type(exc).__name__})", where=WHERE)
    return _refusal(exc.orig, type(exc).__name__)


def _refusal(exc: BaseException | None, name: str) -> ClerkError:
    said = str(exc).lower()
    state = str(getattr(exc, "sqlstate", None) or "")
    if "locked" in said or state in ("55P03", "40001", "40P01"):
        return busy()
    if "full" in said or state == "53100":
        return FixTheSettings("the disk is full", where=WHERE, next_step="free some space")
    code = getattr(exc, "sqlite_errorcode", 0) & 0xFF  # the kind, without its details
    if code in DAMAGED:
        return FixTheSettings(
            "the ledger is damaged or is not a database",
            where=WHERE,
            next_step="restore the latest backup: clerk restore FILE --replace keeps the damaged "
            "file next to it; if this is a different file, correct the ledger's path in "
            "chapter.toml",
        )
    if code == sqlite3.SQLITE_IOERR:
        return FixTheSettings(
            "the disk cannot be read or written: it fails, or a limit on its use is reached",
            where=WHERE,
            next_step="look at the disk and at the user's quota",
        )
    if any(word in said for word in _RIGHTS) or state == "42501":
        return FixTheSettings(
            "the database cannot be opened or written",
            where=WHERE,
            next_step="check that the path or URL is right and belongs to the user who runs this",
        )
    if state[:2] in ("28", "3D") or (not state and any(word in said for word in _REFUSED)):
        return FixTheSettings(
            "the database server refuses the user, the password or the database's name",
            where=WHERE,
            next_step="check the ledger's URL",
        )
    if name == "OperationalError" and (not state or state[:2] in ("08", "57", "53")):
        return TryAgainLater("the database cannot be reached just now", where=WHERE)
    kind = f"{name} {state}".strip()
    return ClerkError(f"the database refused what the program asked ({kind})", where=WHERE)


def busy() -> Busy:
    """The error while another job holds rows or a connection."""
    return Busy("the ledger is busy with another job", where=WHERE)
