"""What `clerk alerts` says: what is so and who knows it, and whether each address takes a test."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from connectors.alerts import Message
from flows.alerts.telling import ways_out
from flows.alerts.told import Record
from flows.alerts.ways import Mailbox, addresses
from flows.alerts.words import clock, next_step, sentence
from flows.context import ChapterContext
from models.errors import FixTheSettings
from models.mail.alerts import KnownAlert

TEST = (
    "This is a test. Alerts of the program will arrive here: what needs a person, in counts and "
    "without names. Nothing is wrong, and there is nothing to do."
)


class Listed(NamedTuple):
    """One thing that is so, and when each way out was told of it last; None: not yet."""

    known: KnownAlert
    told: dict[str, datetime | None]

    def for_scripts(self) -> dict[str, Any]:
        """As JSON says it."""
        alert = self.known.alert
        return {
            "kind": alert.kind.value,
            "place": alert.place,
            "counts": dict(alert.counts),
            "since": self.known.raised.isoformat(),
            "seen": self.known.seen.isoformat(),
            "said": sentence(alert),
            "next": next_step(alert.kind),
            "told": {way: at.isoformat() if at else None for way, at in self.told.items()},
        }


def listed(context: ChapterContext) -> list[Listed]:
    """What is so now, oldest first."""
    ways, record = ways_out(context), Record(context)
    found = []
    for known in context.ledger.alerts.still_so():
        told = {}
        for way in ways.all:
            one = record.as_told(way.key, known)
            told[way.name] = (one.told_at or one.raised) if one.told is not None else None
        found.append(Listed(known, told))
    return found


def as_said(one: Listed, zone: ZoneInfo) -> Iterator[str]:
    """One thing for the terminal."""
    yield f"• {sentence(one.known.alert)}"
    told = [f"{way} {clock(at, zone) if at else 'not yet'}" for way, at in one.told.items()]
    yield f"    Since {clock(one.known.raised, zone)}. Told: {', '.join(told)}."
    yield f"    Next: {next_step(one.known.alert.kind)}"


class Tried(NamedTuple):
    """What became of a test to one address."""

    line: int
    scheme: str
    fault: Exception | None

    def for_scripts(self) -> dict[str, Any]:
        """As JSON says it."""
        return {"line": self.line, "scheme": self.scheme, "took_it": self.fault is None}


def tried(context: ChapterContext, tell: Callable[[str], None] | None) -> Iterator[Tried]:
    """Send a test to each address, one after the other.

    Args:
        tell: is told of each that took it.

    Raises:
        FixTheSettings: there is none, or their file has a fault.
    """
    if not (ways := addresses(context)):
        raise FixTheSettings(
            f"no addresses are set: alerts go to the officers' {Mailbox().name} alone",
            where="chapter.toml [alerts] file",
            next_step="docs/alerts.md shows how to add a chat, a phone, or a mailbox",
        )
    message = Message(title=f"{context.chapter.name}: test", body=TEST)
    for way in ways:
        fault: Exception | None = None
        try:
            context.alert(way.target, message)
        except Exception as exc:  # noqa: BLE001 - said by the command, when all were tried
            fault = exc
        if tell and not fault:
            tell(f"✓ {way.name} took the test.")
        yield Tried(way.target.line, way.target.scheme, fault)
