"""New contacts whom the mailing list would not take: tried twice, and not every night.

What passes by itself is tried again after some days, each time some more.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from connectors.ledger.chunks import chunks, upsert
from connectors.ledger.people import digest
from connectors.ledger.schema import refusals
from models.mail.refusals import Newcomer, NotTaken, Refusal
from models.privacy import Email

FINAL = 2
"""So many refusals are no accident."""
PAUSE = timedelta(days=3)
"""Between two tries of what passes; n of them before the n-th."""


class Noted(NamedTuple):
    """Return a row: how often, negative if temporary, and the day of the last one or None."""

    times: int
    day: date

    def and_again(self, one: NotTaken, today: date) -> "Noted":
        """The same after one more refusal."""
        if one.why.passes:
            return Noted(self.times - 1, self.day) if self.times < 0 else Noted(-1, today)
        return Noted(FINAL if one.why.is_for_good else max(self.times, 0) + 1, today)

    def means(self, today: date) -> Refusal:
        """What it means for a night."""
        passes = self.times < 0
        due = today - self.day >= -self.times * PAUSE if passes else self.times < FINAL
        return Refusal(since=self.day, passes=passes, is_tried=due)


class Refusals:
    """Says whether the list refuses somebody; it holds digests and no person."""

    def __init__(self, key: bytes, noted: Mapping[bytes, Noted], today: date) -> None:
        self._key, self._noted, self._today = key, noted, today

    @property
    def next_try(self) -> date:
        """The first day after today on which one of them is tried again; `date.max` if none is."""
        days = (one.day - one.times * PAUSE for one in self._noted.values() if one.times < 0)
        return min((day for day in days if day > self._today), default=date.max)

    def of(self, who: Newcomer) -> Refusal | None:
        """What is known of somebody; None: nothing."""
        found = self._noted.get(digest(self._key, *who)) if self._noted else None
        return found and found.means(self._today)


def known(db: Connection, key: bytes, today: date) -> Refusals:
    """All of them."""
    rows = db.execute(select(refusals.c.named, refusals.c.times, refusals.c.day))
    return Refusals(key, {row.named: Noted(row.times, row.day) for row in rows}, today)


def note(db: Connection, key: bytes, refused: Collection[NotTaken], day: date) -> None:
    """Count a night's refusals; under another name the count starts again."""
    named = {digest(key, one.address): one for one in refused}
    for part in chunks(named, 500):
        asked = select(refusals).where(refusals.c.digest.in_(part))
        before = {row.digest: row for row in db.execute(asked)}
        rows = []
        for each in part:
            one = named[each]
            name, row = digest(key, one.address, one.name), before.get(each)
            held = Noted(row.times, row.day) if row and row.named == name else Noted(0, day)
            now = held.and_again(one, day)
            rows.append({"digest": each, "named": name, "times": now.times, "day": now.day})
        upsert(db, refusals, rows, by="digest", anew=("named", "times", "day"))


def forget(db: Connection, key: bytes, addresses: Iterable[Email]) -> None:
    """Drop what is noted of addresses."""
    for part in chunks(addresses, 500):
        gone = [digest(key, address) for address in part]
        db.execute(delete(refusals).where(refusals.c.digest.in_(gone)))
