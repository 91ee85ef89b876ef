"""A folder that is marked as a rehearsal's: what its settings must be, and its own time.

Nothing in it can reach the real services: each base URL leads to this machine, no alert goes out,
the ledger is a file of the folder's own, and the environment is not read, for it may hold the real
chapter's keys (docs/decisions/0097-a-rehearsal.md).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from connectors.files.own_files import read_own
from connectors.files.private_files import write_private
from connectors.settings.kinds import ChapterName
from connectors.settings.sections import Alerts, Desk, Google, Mailchimp
from models.base import Value
from models.errors import ClerkError, FixTheSettings

CLOCK, SECTION = "clock", "rehearsal"
AGAIN = "end this rehearsal with `clerk rehearse --over`, and begin another"
_LEDGER = "sqlite:///ledger/"


class Rehearsal(Value):
    """The mark of a rehearsal's folder."""

    of: ChapterName
    """The chapter whose settings are tried."""


class RehearsalClock:
    """A rehearsal's time: it stands still unless it is moved, and a file of the folder has it.

    So a command in another terminal has the same time.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / CLOCK

    def now(self) -> datetime:
        """The rehearsal's time, in UTC.

        Raises:
            FixTheSettings: its file is missing or says no time.
        """
        try:
            said = read_own(self._file, self._file.parent, most=100).decode("ascii").strip()
            return datetime.fromisoformat(said).astimezone(UTC)
        except (ClerkError, ValueError):
            raise FixTheSettings(
                "the rehearsal's time cannot be read", where=str(self._file), next_step=AGAIN
            ) from None

    __call__ = now

    def set(self, to: datetime) -> None:
        """Move it."""
        write_private(self._file, to.astimezone(UTC).isoformat().encode("ascii"))


def faults_of(
    google: Google, mailchimp: Mailchimp, alerts: Alerts, desk: Desk | None, ledger: str
) -> Iterator[str]:
    """Each setting by which a rehearsal could reach something beyond its folder."""
    for name, base_url in (("Google", google.base_url), ("Mailchimp", mailchimp.base_url)):
        if not base_url:
            yield f"a rehearsal never reaches {name} itself: [{name.lower()}] needs its base_url"
    if google.credentials != "key":
        yield "a rehearsal signs in to its simulator with a key_file of its own"
    if alerts.file:
        yield "a rehearsal alerts nobody: take [alerts] file out"
    if not ledger.startswith(_LEDGER) or ".." in Path(ledger).parts:
        yield f"a rehearsal has a ledger of its own: write ledger = “{_LEDGER}clerk.sqlite”"
    if desk and desk.address:
        yield "a rehearsal's page is on this computer only: take [desk] address out"
