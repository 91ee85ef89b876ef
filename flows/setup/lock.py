"""One set-up of a chapter at a time: two would write over one another's answers and settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from connectors.files.own_files import is_there
from connectors.files.private_files import write_private
from models.errors import Refused
from models.privacy import redact_addresses

LOCK, WHERE = ".clerk-init.lock", ".clerk-init.who"


@contextmanager
def alone(folder: Path, where: str) -> Iterator[None]:
    """Be the one set-up of a chapter.

    Args:
        where: how the other one is told of this one; it names nobody.

    Raises:
        Refused: another is under way.
    """
    lock = FileLock(folder / LOCK, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise Refused(
            f"this chapter is being set up {_where(folder)} at the moment",
            where=redact_addresses(str(folder)),
            next_step="finish there, or stop there with what was answered kept; then try again",
        ) from None
    try:
        write_private(folder / WHERE, where.encode())
        yield
    finally:
        for file in (WHERE, LOCK):
            (folder / file).unlink(missing_ok=True)
        lock.release()


def _where(folder: Path) -> str:
    file = folder / WHERE
    return file.read_text("utf-8", "replace")[:100] if is_there(file) else "somewhere else"
