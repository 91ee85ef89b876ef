"""The section `[backup]`: backups on a schedule."""

from typing import Literal

from pydantic import Field

from connectors.settings.kinds import File
from models.base import Value


class Backup(Value):
    """Backups that the program makes by itself, each tried before an older one is removed."""

    folder: File
    """It must be there: one on a disk that is not connected is not made anew."""
    every: Literal["day", "week"] = "day"
    keep: int = Field(7, ge=1, le=1000)
    """So many of those that were tried are kept."""

    @property
    def days(self) -> int:
        """The days between two."""
        return 1 if self.every == "day" else 7
