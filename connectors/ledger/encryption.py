"""Whether a ledger is sealed, with which key, and how it becomes so.

A mark among the small values, itself sealed, tells: it opens with the right key alone, and in its
own place alone. A mark that opens outside its place is of a former version, which bound no value to
its column; that ledger is read and written in the same way until it is encrypted again.
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
_PLACE = str(meta.c.value)
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
    mark = _mark(db)
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
    use(db.dialect, _as_written(seal, mark))


def is_current(db: Connection, seal: Cipher) -> bool:
    """Whether an opened ledger is under the newest key, each value bound to its column."""
    mark = _mark(db)
    return mark is not None and _opens(seal.newest(), mark)


def _mark(db: Connection) -> bytes | None:
    mark = db.scalar(select(type_coerce(meta.c.value, LargeBinary)).where(_IS_MARK))
    return None if mark is None else bytes(mark)


def _as_written(seal: Cipher, mark: bytes) -> Cipher:
    """The cipher that opens a mark.

    Raises:
        FixTheSettings: no key of it does.
    """
    if _opens(seal, mark):
        return seal
    former = seal.unbound()
    former.open(mark)
    return former


def _opens(seal: Cipher, mark: bytes) -> bool:
    try:
        return seal.open(mark, _PLACE) == _SAYS
    except FixTheSettings:
        return False


def reencrypt(db: Connection, new: Cipher | None) -> None:
    """Write every private column anew under another seal, or none; all of it or nothing."""
    db.execute(meta.delete().where(_IS_MARK))
    for table in metadata.sorted_tables:
        private = [c for c in table.columns if isinstance(c.type, PersonalText | PrivateBlob)]
        if private:
            _reseal(db, table, private, new)
    if new:
        db.execute(
            insert(meta).values(
                name=_MARK, value=type_coerce(new.close(_SAYS, _PLACE), LargeBinary)
            )
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
