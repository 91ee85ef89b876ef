"""`clerk state status`: the whole installation at a glance, counts and times only."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from flows.state.home import StateHome
from models.state.engine import Job, deployment
from models.text.formats import clocked

if TYPE_CHECKING:  # importing it imports Prefect, which reads its settings then
    from flows.state.engine import Due, PrefectEngine

LATE = timedelta(minutes=2)
"""A run that nobody has taken so long after its time is late."""


class Run(NamedTuple):
    """A run that has begun or ended."""

    at: datetime | None
    state: str
    worker: str


class Line(NamedTuple):
    """A chapter, as the server knows it."""

    key: str
    last: Run | None
    """The last nightly run."""
    next: datetime | None
    """The next one."""
    late: int
    """Runs that are due and that nobody has taken."""
    at_work: tuple[str, ...]
    """Its jobs that a worker is at now."""


class Status(NamedTuple):
    """The installation, as the server knows it."""

    chapters: tuple[Line, ...]
    workers: tuple[str, ...]
    """Those that are alive."""

    @property
    def late(self) -> int:
        """Runs that are late, of all chapters."""
        return sum(line.late for line in self.chapters)

    def as_json(self) -> dict[str, Any]:
        """The same for scripts."""
        return {
            "chapters": [
                line._asdict() | {"last": line.last and line.last._asdict()}
                for line in self.chapters
            ],
            "workers": self.workers,
            "late": self.late,
        }


def status_of(engine: "PrefectEngine", home: StateHome, now: datetime | None = None) -> Status:
    """Ask the server how every chapter is."""
    now = now or datetime.now(UTC)
    held = {one.name: one.id for one in engine.deployments()}
    late = engine.late(now - LATE)
    busy = [due for due, _ in engine.under_way()]
    alive = tuple(sorted(name for name, lives in engine.workers().items() if lives))
    lines = tuple(
        _line(engine, one.key, held.get(deployment(Job.NIGHT, one.key)), late[one.key], busy, now)
        for one in home.chapters.served
    )
    return Status(lines, alive)


def _line(
    engine: "PrefectEngine", key: str, night: UUID | None, late: int,
    busy: "Sequence[Due]", now: datetime,
) -> Line:  # fmt: skip
    run = engine.last(night) if night else None
    last = None
    if run:
        when = run.end_time or run.start_time
        last = Run(when, run.state_name or "", run.infrastructure_pid or "")
    return Line(
        key,
        last,
        engine.next(night, now) if night else None,
        late,
        tuple(due.job for due in busy if due.key == key and due.job),
    )


HEADERS = ("chapter", "last night", "its end", "by", "next night", "at work", "late")


def rows_of(status: Status, home: StateHome) -> list[tuple[str, ...]]:
    """As a table shows it, in the installation's zone."""
    return [
        (
            line.key,
            _at(line.last.at if line.last else None, home),
            line.last.state.lower() if line.last else "never",
            line.last.worker if line.last else "",
            _at(line.next, home),
            ", ".join(line.at_work),
            str(line.late or ""),
        )
        for line in status.chapters
    ]


def _at(moment: datetime | None, home: StateHome) -> str:
    return clocked(moment.astimezone(ZoneInfo(home.engine.zone))) if moment else "–"
