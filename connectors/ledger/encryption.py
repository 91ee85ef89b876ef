"""Whether a ledger is sealed, with which key, and how it becomes so.

A mark among the small values, itself sealed, tells: it opens with the right key alone.
"""

from sqlalchemy import Column, Connection, LargeBinary, Table, insert, select, type_coerce, update
from sqlalchemy.engine import Dialect

from connectors.ledger.chunks import chunks
from connectors.ledger.cipher import WHERE, Cipher, seal_of, use
from connectors.ledger.columns import PersonalText, PrivateBlob
from connectors.ledger.schema import meta, metadata
from models.errors import FixTheSettings


class Encrypted(FixTheSettings):
    """The ledger is encrypted, and was opened without a key."""


_MARK, _SAYS = "sealed", b"chapter-clerk"
_IS_MARK = meta.c.name == _MARK


def start(db: Connection, seal: Cipher | None) -> None:
    """A new ledger takes the key it is first opened with."""
    if seal:
        use(db.dialect, seal)
        db.execute(insert(meta).values(name=_MARK, value=_SAYS))


def unlock(db: Connection, seal: Cipher | None) -> None:
    """Open a ledger with its key, or one that needs none without.

    Raises:
        Encrypted: it is sealed and there is no key.
        FixTheSettings: it is sealed with another key, or not sealed yet.
    """
    mark = db.scalar(select(type_coerce(meta.c.value, LargeBinary)).where(_IS_MARK))
    if mark is None and seal is None:
        return
    if mark is None:
        raise FixTheSettings(
            "a key is set and the ledger is not encrypted yet",
            where=WHERE,
            next_step="clerk ledger encrypt",
        )
    if seal is None:
        raise Encrypted(
            "the ledger is encrypted and no key is set",
            where=WHERE,
            next_step="name the key's file and put your copy of the key there, or set "
            "CLERK_LEDGER_KEY",
        )
    seal.open(bytes(mark))
    use(db.dialect, seal)


def reencrypt(db: Connection, new: Cipher | None) -> None:
    """Write every private column anew under another seal, or none; all of it or nothing."""
    db.execute(meta.delete().where(_IS_MARK))
    for table in metadata.sorted_tables:
        private = [c for c in table.columns if isinstance(c.type, PersonalText | PrivateBlob)]
        if private:
            _reseal(db, table, private, new)
    if new:
        db.execute(
            insert(meta).values(name=_MARK, value=type_coerce(new.close(_SAYS), LargeBinary))
        )


def _reseal(
    db: Connection, table: Table, private: list[Column[object]], new: Cipher | None
) -> None:
    (key,) = table.primary_key.columns
    for some in chunks(db.execute(select(key)).scalars().all(), 200):
        rows = db.execute(select(key, *private).where(key.in_(some))).all()
        with _Under(db.dialect, new):
            for held, *values in rows:
                db.execute(
                    update(table)
                    .where(key == held)
                    .values({c.name: v for c, v in zip(private, values, strict=True)})
                )


class _Under:
    """While in the block, the columns are written under another seal."""

    def __init__(self, dialect: Dialect, seal: Cipher | None) -> None:
        self._dialect, self._seal, self._before = dialect, seal, seal_of(dialect)

    def __enter__(self) -> None:
        use(self._dialect, self._seal)

    def __exit__(self, *exc: object) -> None:
        use(self._dialect, self._before)
