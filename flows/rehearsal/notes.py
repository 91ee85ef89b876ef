"""What a rehearsal remembers of itself, beside the ledger and the stand-in's state.

Counts, sentences without a name of a member, and who began it; its file is replaced as a whole.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from connectors.files.own_files import read_own
from connectors.files.private_files import write_private
from models.errors import FixTheSettings

FILE = "rehearsal.json"
_MOST = 64_000_000


class Happened(BaseModel):
    """A thing that happened, at the rehearsal's own time."""

    at: datetime
    what: str


class Notes(BaseModel):
    """What there is to remember."""

    model_config = ConfigDict(extra="forbid")

    chapter: str
    """The real chapter's name."""
    begun: datetime
    """In the world's own time, and so in `resumed`."""
    by: str = ""
    texts: str = ""
    """A digest of the real chapter's texts of which it was made."""
    resumed: list[datetime] = []
    told: list[Happened] = []
    """What happened while time passed."""
    remarks: list[str] = []
    """How the rehearsal differs from the real chapter."""
    plays: list[tuple[int, str]] = []
    """The invented people, by number, and what they are there for."""
    going_on: dict[str, Any] = {}
    """The troubles that were begun and not put back, with what putting back needs."""
    tried: list[str] = []
    """The troubles that were begun at all."""
    nights: int = 0
    acted: list[str] = []
    """What the members were let do, by key."""
    last: dict[str, datetime] = {}
    """When they did it last, at the rehearsal's time."""
    done: list[str] = []
    """The steps that were found done."""
    voted: dict[str, list[str]] = {}
    """By vote, the codes by which `act` has voted."""

    def save(self, folder: Path) -> None:
        """Write them."""
        write_private(folder / FILE, self.model_dump_json(indent=1).encode())


def read_notes(folder: Path) -> Notes:
    """The notes of a rehearsal's folder.

    Raises:
        FixTheSettings: they are missing or none of ours.
    """
    try:
        return Notes.model_validate_json(read_own(folder / FILE, folder, most=_MOST))
    except ValueError:
        raise FixTheSettings(
            "the notes of this rehearsal cannot be read",
            where=str(folder / FILE),
            next_step="end it with `clerk rehearse --over`, and begin another",
        ) from None
