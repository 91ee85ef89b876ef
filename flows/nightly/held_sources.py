"""What the ledger holds of the sources: taken out of it only when somebody needs it."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from connectors.ledger import Ledger, Snapshot
from models.errors import FixTheData
from models.intake.imported import is_imported


class HeldSources(Mapping[str, Snapshot]):
    """Sources by key, those that were not read tonight out of the ledger when they are needed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._found: dict[str, Snapshot | None] = {}
        self._known: dict[str, Snapshot] = {}

    def add(self, key: str, snapshot: Snapshot | None = None) -> None:
        """There is this source; None: as the ledger has it."""
        self._found[key] = snapshot

    def known(self, key: str) -> Snapshot | None:
        """A source as the ledger has it; None if it must be read anew."""
        if key not in self._known and (snapshot := self._ledger.snapshot(key)):
            self._known[key] = snapshot
        return self._known.get(key)

    def __getitem__(self, key: str) -> Snapshot:
        snapshot = self._found[key] or self.known(key)
        assert snapshot is not None  # noqa: S101 - its version was in the ledger
        return snapshot

    def __contains__(self, key: object) -> bool:
        return key in self._found  # reads none

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class OnRecord(Mapping[str, Snapshot]):
    """Every source as last read, taken out of the ledger once somebody looks into one."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @cached_property
    def _all(self) -> dict[str, Snapshot]:
        return self._ledger.snapshots()

    def __getitem__(self, key: str) -> Snapshot:
        return self._all[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def imported(ledger: Ledger) -> dict[str, Snapshot | None]:
    """The lists given as files, as they are kept; None: kept by a program that is unlike this."""
    return {key: ledger.snapshot(key) for key in filter(is_imported, ledger.versions())}


def usable(lists: Mapping[str, Snapshot | None]) -> dict[str, Snapshot]:
    """The lists given as files, each of them: nothing can be read again for one.

    Raises:
        FixTheData: one was kept by another version of the program, and cannot be used.
    """
    for key, kept in lists.items():
        if kept is None:
            raise FixTheData(
                f"the list “{key}” was kept by another version of Chapter Clerk",
                next_step="read its file again with `clerk attendees` or `clerk dues`, or remove "
                "it there with --remove; if it is a request: `clerk requests take-back NUMBER "
                "--by …`, then accept it again",
            )
    return {key: kept for key, kept in lists.items() if kept}
