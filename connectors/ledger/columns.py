"""Column types: people's texts, private bytes, moments. The one place where they are sealed."""

import base64
import json
import zlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from connectors.ledger.cipher import seal_of
from models.privacy import Personal
from models.unmask import reveal


class PersonalText(TypeDecorator[Personal]):
    """An address or a name: masked in Python, in the table plain or sealed (DP-3)."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[Personal], place: str) -> None:
        super().__init__()
        self.kind, self.place = kind, place

    def process_bind_param(self, value: Personal | None, dialect: Dialect) -> str | None:
        """What is stored."""
        if value is None:
            return None
        seal = seal_of(dialect)
        if not seal:
            return reveal(value)
        return base64.b64encode(seal.close(reveal(value).encode(), self.place)).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Personal | None:
        """What is given out; it was tidy when it was stored."""
        if value is None:
            return None
        seal = seal_of(dialect)
        if seal:
            value = seal.open(base64.b64decode(value), self.place).decode()
        return self.kind(value)


class PrivateBlob(TypeDecorator[bytes]):
    """Bytes that hold people, or a secret; sealed where addresses are.

    Args:
        place: the table and column; "" in the migrations of ledgers that bound nothing to it.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """What is stored."""
        seal = seal_of(dialect)
        return seal.close(value, self.place) if seal and value is not None else value

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """What is given out."""
        seal = seal_of(dialect)
        return seal.open(bytes(value), self.place) if seal and value is not None else value


class Moment(TypeDecorator[datetime]):
    """A point in time, kept in UTC: SQLite knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What is stored."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What is given out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def pack(content: Any) -> bytes:
    """Rows as compressed JSON; level 1 is nearly as small and three times as fast."""
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode("ascii"), 1)


def unpack(blob: bytes) -> Any:
    """What `pack` took."""
    return json.loads(zlib.decompress(blob))
