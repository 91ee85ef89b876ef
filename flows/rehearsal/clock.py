"""The rehearsal's own time: it stands still unless it is moved.

It is kept in a file of the rehearsal's folder, so that a command in another terminal has the same
time.
"""

from datetime import UTC, datetime
from pathlib import Path

from connectors.files.private_files import write_private
from models.errors import FixTheSettings

FILE = "clock"


class RehearsalClock:
    """The time that a rehearsal's folder says."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def now(self) -> datetime:
        """The rehearsal's time, in UTC."""
        try:
            return datetime.fromisoformat(self._file.read_text("ascii").strip()).astimezone(UTC)
        except (OSError, ValueError):
            raise FixTheSettings(
                "the rehearsal's time cannot be read",
                where=str(self._file),
                next_step="end this rehearsal with `clerk rehearse --over`, and begin another",
            ) from None

    __call__ = now

    def set(self, to: datetime) -> None:
        """Move it; no time of a rehearsal comes again."""
        write_private(self._file, to.astimezone(UTC).isoformat().encode("ascii"))
