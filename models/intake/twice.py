"""The hour that comes twice in the fall: the order of the rows shows which one is meant.

A form adds its answers below the last one. Where a sheet was sorted otherwise nothing tells them
apart, and the first of the two hours is meant, as everywhere.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def in_order(moments: Sequence[datetime | None]) -> list[datetime | None]:
    """The moments of a column, those of an hour that comes twice told apart by their order.

    Args:
        moments: as they stand below each other, on their sheet's clock.
    """
    if not any(moment and _comes_twice(moment) for moment in moments):
        return list(moments)
    plain = [moment for moment in moments if moment and not _comes_twice(moment)]
    if plain != sorted(plain):
        return list(moments)
    told: list[datetime | None] = []
    latest = datetime.min.replace(tzinfo=UTC)
    for moment in moments:
        at = moment.astimezone(UTC) if moment else None
        if moment and at and _comes_twice(moment):
            again = moment.replace(fold=1).astimezone(UTC)
            at = moment = again if at < latest <= again else at
        latest = max(latest, at or latest)
        told.append(moment)
    return told


def _comes_twice(moment: datetime) -> bool:
    if not isinstance(moment.tzinfo, ZoneInfo):
        return False
    return moment.utcoffset() > moment.replace(fold=1).utcoffset()  # type: ignore[operator]  # a zone has offsets
