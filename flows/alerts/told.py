"""What each way out was told, and when: a small note of the ledger beside the rows of the alerts.

A row says what everyone was told. A way of which the note says nothing yet knows what its row says
if that is the officers' own mailbox, as in versions that had no other, and nothing if it is an
address of the file: somebody who joins a chat is told what is so.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cached_property

from pydantic import AwareDatetime, TypeAdapter

from flows.context import ChapterContext
from flows.notes import noted
from models.base import Value
from models.mail.alerts import KnownAlert

MAILBOX = "mailbox"
"""The key of the officers' own mailbox; those of addresses are digests."""
_NOTE = "told alerts"


class Told(Value):
    """What a way out was told of one alert."""

    at: AwareDatetime
    counts: Mapping[str, int] | None = None
    over: bool = False


_NOTED = TypeAdapter(dict[str, dict[int, Told]])


class Record:
    """Who was told what. Hold `Ledger.telling` around what changes it."""

    def __init__(self, context: ChapterContext) -> None:
        self._context = context

    @cached_property
    def _told(self) -> dict[str, dict[int, Told]]:
        return noted(self._context.ledger, _NOTE, _NOTED, {})

    def as_told(self, way: str, known: KnownAlert) -> KnownAlert:
        """An alert with what this way out was told of it."""
        told = self._told.get(way, {}).get(known.id)
        if told is None and way == MAILBOX:
            return known
        if told is None:
            return known.model_copy(update={"told": None, "told_at": None, "told_over": False})
        return known.model_copy(
            update={"told": told.counts, "told_at": told.at, "told_over": told.over}
        )

    def news(self, way: str, now: datetime) -> list[KnownAlert]:
        """What there is to tell it."""
        again = self._context.chapter.alerts.again
        found = (self.as_told(way, known) for known in self._context.ledger.alerts.open())
        return [known for known in found if known.news_at(now, again)]

    def mark(self, way: str, news: Iterable[KnownAlert], now: datetime) -> None:
        """It has been told this."""
        held = self._told.setdefault(way, {})
        for known in news:
            counts = dict(known.alert.counts)
            held[known.id] = Told(at=now, counts=counts, over=known.over is not None)
        self._write()

    def known_to_all(self, ways: Collection[str]) -> list[KnownAlert]:
        """The alerts of which each of these ways was told, and their rows do not say so yet."""
        return [
            one
            for one in self._context.ledger.alerts.open()
            if one.news and ways and all(not self.as_told(way, one).news for way in ways)
        ]

    def settle(self, ways: Collection[str], everyone: Collection[str]) -> None:
        """Mark what everyone was told, and forget what nobody needs to know any more.

        Args:
            ways: all there are; of others nothing is kept.
            everyone: of these, those whose knowing is enough.
        """
        if known := self.known_to_all(everyone):
            self._context.ledger.alerts.mark_told(known)
        ids = {one.id for one in self._context.ledger.alerts.open()}
        kept = {
            way: {one: told for one, told in held.items() if one in ids}
            for way, held in self._told.items()
            if way in ways
        }
        if kept != self._told:
            self.__dict__["_told"] = kept
            self._write()

    def _write(self) -> None:
        self._context.ledger.set_note(_NOTE, _NOTED.dump_json(self._told).decode())
