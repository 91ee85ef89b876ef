"""Alerts in the ledger: what is so, since when, and what the officers were told of it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from connectors.ledger.database import Database
from connectors.ledger.schema import alerts
from models.mail.alerts import Alert, AlertKind, KnownAlert

_SO = alerts.c.ended.is_(None)


class Alerts:
    """What officers are, or are to be, told of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def still_so(self) -> list[KnownAlert]:
        """What is so now, by what was last looked at; oldest first."""
        with self._database.reading() as db:
            rows = db.execute(select(alerts).where(_SO).order_by(alerts.c.id))
            return [_known(row) for row in rows]

    def open(self) -> list[KnownAlert]:
        """What is so now, and what is over without everyone knowing it; oldest first."""
        mayhap = _SO | alerts.c.told_over.is_(False)
        with self._database.reading() as db:
            rows = db.execute(select(alerts).where(mayhap).order_by(alerts.c.id))
            return [_known(row) for row in rows]

    def untold(self) -> list[KnownAlert]:
        """What there is to tell to everyone, oldest first."""
        return [known for known in self.open() if known.news]

    def reconcile(self, found: Iterable[Alert], kinds: Collection[AlertKind], at: datetime) -> None:
        """Write down what is so: what is new, what is still so, and what is over.

        Args:
            found: everything that is so, of these kinds.
            kinds: what was looked at; an alert of another kind stays as it is.
        """
        so = {(alert.kind, alert.place): alert for alert in found}
        with self._database.writing(aside=True) as db:
            rows = db.execute(select(alerts).where(_SO, alerts.c.kind.in_(kinds))).all()
            for row in rows:
                alert = so.pop((AlertKind(row.kind), row.place), None)
                _over(db, row.id, at) if alert is None else _still(db, row.id, alert, at)
            for alert in so.values():
                _raise(db, alert, at)

    def mark_told(self, news: Iterable[KnownAlert]) -> None:
        """The officers have been told this: what has changed since is still to be told."""
        with self._database.writing(aside=True) as db:
            for known in news:
                told = {"told": dict(known.alert.counts)}
                over = {"told_over": True} if known.over else {}
                db.execute(update(alerts).where(alerts.c.id == known.id).values(told | over))


def _raise(db: Connection, alert: Alert, at: datetime) -> None:
    db.execute(
        insert(alerts).values(
            kind=alert.kind.value,
            place=alert.place,
            counts=dict(alert.counts),
            raised=at,
            seen=at,
            told_over=False,
        )
    )


def _still(db: Connection, held: int, alert: Alert, at: datetime) -> None:
    changed = {"counts": dict(alert.counts), "seen": at}
    db.execute(update(alerts).where(alerts.c.id == held).values(changed))


def _over(db: Connection, held: int, at: datetime) -> None:
    db.execute(update(alerts).where(alerts.c.id == held).values(ended=at))


def _known(row: Row[Any]) -> KnownAlert:
    return KnownAlert(
        id=row.id,
        alert=Alert(kind=AlertKind(row.kind), place=row.place, counts=row.counts),
        raised=row.raised,
        seen=row.seen,
        over=row.ended,
        told=row.told,
        told_over=row.told_over,
    )
