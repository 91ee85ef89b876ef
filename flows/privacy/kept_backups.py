"""The scheduled backups there are, as the ledger knows them, and which of them are due or old.

A note of the ledger's holds them. Only a file that it names is ever removed: another in the same
folder, of another ledger perhaps, is nobody's to remove.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain, count
from pathlib import Path

from pydantic import AwareDatetime, TypeAdapter

from connectors.settings.backup import Backup
from flows.context import ChapterContext
from flows.notes import noted
from models.base import Value
from models.votes.events import Closed
from models.votes.history import with_lines

_NOTE = "scheduled backups"
_AWAY = 366
"""Days after which a file that is not there is known no more."""


class KeptBackup(Value):
    """One file, by its name in the folder."""

    name: str
    made: AwareDatetime
    line: int = 0
    """The last line of the record of votes that is in it."""
    tried: AwareDatetime | None = None
    """When its restore was tried, and held; None: not yet."""


class _Noted(Value):
    since: AwareDatetime | None = None
    """When the schedule was first seen."""
    files: tuple[KeptBackup, ...] = ()
    """In the order in which they were made, whatever the clock said."""


_FORM = TypeAdapter(_Noted)


class KeptBackups:
    """The scheduled backups of a chapter that has a schedule."""

    def __init__(self, context: ChapterContext, wanted: Backup) -> None:
        self._context, self._wanted = context, wanted
        self.folder: Path = context.chapter.path(wanted.folder)

    @cached_property
    def _noted(self) -> _Noted:
        return noted(self._context.ledger, _NOTE, _FORM, _Noted())

    @property
    def files(self) -> tuple[KeptBackup, ...]:
        """Those there are to know of, in the order in which they were made."""
        return self._noted.files

    @property
    def newest(self) -> KeptBackup | None:
        """The one made last, tried or not."""
        return self.files[-1] if self.files else None

    @property
    def newest_tried(self) -> KeptBackup | None:
        """The last that was restored for a try."""
        return next((one for one in reversed(self.files) if one.tried), None)

    def is_there(self, one: KeptBackup) -> bool:
        """Whether its file still is where it was written; a disk that fails has none."""
        with suppress(OSError):
            return (self.folder / one.name).is_file()
        return False

    @property
    def is_connected(self) -> bool:
        """Whether the folder answers."""
        with suppress(OSError):
            return self.folder.is_dir()
        return False

    def begin(self) -> None:
        """Note since when there is a schedule; of a ledger with nothing in it, nothing is noted."""
        if self._noted.since is None and not self._context.ledger.is_untouched():
            self._write(self.files)

    def begun(self, slug: str) -> KeptBackup:
        """Note a backup that is about to be made; attempts that left no file are forgotten."""
        made = self._context.now().astimezone(UTC)
        line = max((one.number for one in self._context.ledger.votes.lines()), default=0)
        name = f"{slug}-{made:%Y-%m-%d-%H%M%S}"
        more = (f"{name}-{number}" for number in count(2))
        free = (f"{one}.clerk" for one in chain([name], more))
        taken = {known.name for known in self.files}
        name = next(one for one in free if one not in taken and not (self.folder / one).exists())
        begun = KeptBackup(name=name, made=made, line=line)
        there = [known for known in self.files if known.tried or self.is_there(known)]
        self._write([*there, begun])
        return begun

    def tried(self, one: KeptBackup) -> None:
        """Note that a backup's restore was tried, and held."""
        tried = one.model_copy(update={"tried": self._context.now()})
        self._write([tried if known.name == one.name else known for known in self.files])

    def forget(self, gone: KeptBackup) -> None:
        """Know a removed file no more."""
        self._write([known for known in self.files if known != gone])

    @property
    def proven(self) -> list[KeptBackup]:
        """Those that were tried and whose files are there."""
        return [one for one in self.files if one.tried and self.is_there(one)]

    def to_remove(self) -> list[KeptBackup]:
        """Those older than the newest `keep` that are proven; none where there are fewer.

        One whose file is not there is on another disk perhaps, which comes back: it is known, and
        removed then, for a year (DP-6).
        """
        proven = self.proven
        if len(proven) < self._wanted.keep:
            return []
        older = self.files[: self.files.index(proven[-self._wanted.keep])]
        return [one for one in older if self.is_there(one) or self._days_since(one.made) > _AWAY]

    def is_due(self) -> bool:
        """Whether a night makes one, or tries the one that was not."""
        return self.wants_another() or (self.newest is not None and not self.newest.tried)

    def wants_another(self) -> bool:
        """Whether the newest is as old as the schedule allows, is gone, or a vote closed since.

        One that was made tomorrow, by a clock that was wrong, is old too.
        """
        newest = self.newest
        return (
            newest is None
            or not self.is_there(newest)
            or not 0 <= self._days_since(newest.made) < self._wanted.days
            or self.closed_since()
        )

    def closed_since(self) -> bool:
        """Whether a vote was closed after the newest was made. The first is a night's."""
        if self.newest is None:
            return False
        line = self.newest.line
        later = (one for one in self._context.ledger.votes.lines() if one.number > line)
        return any(True for _ in with_lines(later, Closed))

    def missing(self) -> dict[str, int]:
        """What is missing, as an alert counts it; nothing while all is well.

        A folder on a disk that is not connected just now is no news before the next one is due.
        """
        newest = self.newest_tried
        since = newest.made if newest else self._noted.since
        if newest and self.is_connected and not self.is_there(newest):
            return {"gone": 1}
        if since is None or (days := self._days_since(since)) <= self._wanted.days:
            return {}
        return {"days": days} if newest else {"days": days, "none": 1}

    def _days_since(self, at: datetime) -> int:
        """Whole days of the chapter's calendar: a night is a little earlier or later."""
        return (self._context.today - at.astimezone(self._context.chapter.tz).date()).days

    def _write(self, files: Iterable[KeptBackup]) -> None:
        since = self._noted.since or self._context.now()
        self._noted = _Noted(since=since, files=tuple(files))
        self._context.ledger.set_note(_NOTE, _FORM.dump_json(self._noted).decode())
