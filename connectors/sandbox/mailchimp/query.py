"""The query of a request: paging, trimming, flags and times.

Source: mailchimp.com/developer/marketing/docs/methods-parameters.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from connectors.sandbox.mailchimp.problems import unfit

MOST_AT_ONCE = 1000
Query = Mapping[str, str]
Names = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Trim:
    """`fields` or `exclude_fields`: dotted names of what the answer keeps or loses."""

    keep: Names = ()
    drop: Names = ()

    @classmethod
    def of(cls, query: Query) -> "Trim":
        """As the query has it; both at once are refused."""
        keep, drop = _names(query, "fields"), _names(query, "exclude_fields")
        if keep and drop:
            raise unfit("fields", "fields and exclude_fields may not be used together.")
        return cls(keep, drop)

    def inside(self, key: str) -> "Trim | None":
        """The same for the value under `key`; None if nothing of that is wanted."""
        if (key,) in self.drop or (self.keep and all(name[0] != key for name in self.keep)):
            return None
        return Trim(() if (key,) in self.keep else _below(self.keep, key), _below(self.drop, key))

    def __call__(self, value: Any) -> Any:
        """The value, trimmed."""
        if not self.keep and not self.drop:
            return value
        if isinstance(value, list):
            return [self(each) for each in value]
        if not isinstance(value, dict):
            return value
        kept = ((key, each, self.inside(key)) for key, each in value.items())
        return {key: trim(each) for key, each, trim in kept if trim}


def _names(query: Query, key: str) -> Names:
    return tuple(tuple(n.strip().split(".")) for n in query.get(key, "").split(",") if n.strip())


def _below(names: Names, key: str) -> Names:
    return tuple(name[1:] for name in names if name[0] == key and len(name) > 1)


def page(found: Sequence[Any], query: Query) -> Sequence[Any]:
    """What `count` (10 unless said, 1000 at most) and `offset` ask for of a collection."""
    count, offset = number(query, "count", 10), number(query, "offset", 0)
    if count > MOST_AT_ONCE:
        raise unfit("count", f"Must be less than or equal to {MOST_AT_ONCE}")
    return found[offset : offset + count]


def number(query: Query, key: str, otherwise: int) -> int:
    """A whole number of the query, not below zero."""
    try:
        value = int(query.get(key, otherwise))
    except ValueError:
        raise unfit(key, "Schema describes integer, string found instead") from None
    if value < 0:
        raise unfit(key, "Must be greater than or equal to 0")
    return value


def flag(query: Query, key: str) -> bool:
    """A boolean of the query; the official library writes `True`."""
    return query.get(key, "").lower() in ("true", "1")


def choice(query: Query, key: str, allowed: Collection[str]) -> str | None:
    """One of the allowed words, or None if the query names none."""
    value = query.get(key)
    if value is not None and value not in allowed:
        raise unfit(key, f"Value must be one of: {', '.join(sorted(allowed))}")
    return value


def moment(query: Query, key: str) -> datetime | None:
    """A time of the query, as UTC."""
    return parsed(query[key], key) if key in query else None


def parsed(text: str, field: str) -> datetime:
    """An ISO 8601 time as UTC; without an offset it is UTC already."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise unfit(field, "Data is not a valid date-time.") from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def said(at: datetime | None) -> str | None:
    """A time as Mailchimp writes it."""
    return at.isoformat(timespec="seconds") if at else None


def present(told: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is None.

    A time that never was is left out here. The real service has "" there, against its own
    specification, so a client must accept either.
    """
    return {key: value for key, value in told.items() if value is not None}
