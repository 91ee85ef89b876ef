"""The ledger under a key, and people who leave it: the same on SQLite and on PostgreSQL.

Rules: DP-3, DP-6.
"""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Text, select, type_coerce, update

from connectors.ledger import Ledger
from connectors.ledger.cipher import Cipher, new_key
from connectors.ledger.columns import PersonalText, PrivateBlob
from connectors.ledger.schema import claims, contacts, meta, metadata
from models.errors import ClerkError, FixTheSettings
from models.intake.people import PersonId
from models.mail.audience import Contact, ContactState
from models.privacy import Email, Name

ANN, BEN = Email("ann@example.org"), Email("ben@example.org")
TODAY = date(2026, 3, 31)
ERASED: dict[str, Any] = {
    "contacts": 1,
    "rows": 0,
    "by": "Thea Novak",
    "at": datetime(2026, 3, 31, tzinfo=UTC),
}


def stored(ledger: Ledger) -> bytes:
    """Everything that lies in the private columns, as it lies there."""
    columns: list[tuple[Any, Any]] = [
        (claims.c.address, Text), (claims.c.name, Text), (contacts.c.address, Text),
        (meta.c.value, LargeBinary),
    ]  # fmt: skip
    with ledger._database.reading() as db:
        cells: list[str | bytes | None] = [
            cell
            for column, kind in columns
            for cell in db.execute(select(type_coerce(column, kind))).scalars()
        ]
    return b"\n".join(c.encode() if isinstance(c, str) else bytes(c or b"") for c in cells)


def fill(ledger: Ledger) -> None:
    """Two people."""
    from connectors.ledger import people

    with ledger._database.writing() as db:
        found = {(ANN, Name("Ann Alder")): PersonId("p-1"), (BEN, None): PersonId("p-2")}
        people.learn(db, ledger.key, found)
    ledger.save_contacts([Contact(ANN, ContactState.SUBSCRIBED)], watermark="then")


@pytest.mark.parametrize("later", [False, True])
def test_under_a_key_no_column_shows_anybody(url: str, later: bool) -> None:
    key = new_key()
    with Ledger.open(url, "" if later else key) as ledger:
        fill(ledger)
        if later:
            assert b"ann@" in stored(ledger)
            ledger.encrypt(key)
        assert b"ann@" not in stored(ledger)
        assert b"Alder" not in stored(ledger)
        assert ledger.key not in stored(ledger)
    with Ledger.open(url, key) as ledger:
        assert ledger.ids() == {(ANN, Name("Ann Alder")): "p-1", (BEN, None): "p-2"}
        assert list(ledger.audience()[0]) == [ANN]
        ledger.save_contacts([Contact(ANN, ContactState.UNSUBSCRIBED)])
        assert [c.state for c in ledger.audience()[0].values()] == [ContactState.UNSUBSCRIBED]
    with pytest.raises(FixTheSettings, match="no key is set"):
        Ledger.open(url)


def test_a_failed_encryption_leaves_the_ledger_as_it_was(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ledger)
    before = stored(ledger)
    calls = iter(range(3))

    def once_too_often(*_: object) -> bytes:
        if next(calls, None) is None:
            raise FixTheSettings("the key is gone")
        return b"sealed"

    monkeypatch.setattr("connectors.ledger.cipher.Cipher.close", once_too_often)
    with pytest.raises(ClerkError):
        ledger.encrypt(new_key())
    monkeypatch.undo()
    assert stored(ledger) == before
    assert (ANN, Name("Ann Alder")) in ledger.ids()


def test_each_private_column_names_its_own_place() -> None:
    private = [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, PersonalText | PrivateBlob)
    ]
    assert len(private) >= 7
    assert [column.type.place for column in private] == [str(column) for column in private]  # type: ignore[attr-defined]


def test_a_value_moved_to_another_column_does_not_open(url: str) -> None:
    with Ledger.open(url, new_key()) as ledger:
        fill(ledger)
        with ledger._database.writing() as db:
            name = db.scalar(select(type_coerce(claims.c.name, Text)).where(claims.c.id == 1))
            db.execute(update(claims).values(address=type_coerce(name, Text)))
        with pytest.raises(FixTheSettings, match="the key does not fit"):
            ledger.ids()


def test_the_newest_key_encrypts_and_former_ones_still_open(url: str) -> None:
    old, new = new_key(), new_key()
    with Ledger.open(url, old) as ledger:
        fill(ledger)
        assert ledger.is_under(old)
    with Ledger.open(url, f"{new}\n{old}\n") as ledger:
        assert not ledger.is_under(f"{new} {old}")
        assert len(ledger.ids()) == 2
        ledger.encrypt(f"{new} {old}")
        assert ledger.is_under(f"{new} {old}")
    with Ledger.open(url, new) as ledger:
        assert len(ledger.ids()) == 2
    with pytest.raises(FixTheSettings, match="the key does not fit"):
        Ledger.open(url, old)


def test_a_ledger_that_binds_nothing_works_on_and_is_bound_when_it_is_encrypted_again(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As former versions encrypted it."""
    key = new_key()
    with monkeypatch.context() as former:
        former.setattr(Cipher, "_bound", lambda *_: None)
        with Ledger.open(url, key) as ledger:
            fill(ledger)
    for _ in ("read", "and read what was written"):
        with Ledger.open(url, key) as ledger:
            assert not ledger.is_under(key)
            assert ledger.ids() == {(ANN, Name("Ann Alder")): "p-1", (BEN, None): "p-2"}
            ledger.save_contacts([Contact(BEN, ContactState.SUBSCRIBED)])
    with Ledger.open(url, key) as ledger:
        ledger.encrypt(key)
        assert ledger.is_under(key)
    with Ledger.open(url, key) as ledger:
        assert list(ledger.audience()[0]) == [ANN, BEN]
    monkeypatch.setattr(Cipher, "_bound", lambda *_: None)
    with pytest.raises(FixTheSettings, match="does not fit"):
        Ledger.open(url, key)


def test_an_erased_person_is_known_by_digest_alone(ledger: Ledger) -> None:
    fill(ledger)
    names: list[Email | Name] = [ANN, Name("ann alder")]
    gone = ledger.erasing.erase(PersonId("p-1"), names, TODAY, [], **ERASED)
    assert gone.claims == 1
    assert list(ledger.ids()) == [(BEN, None)]
    assert ledger.audience()[0] == {}
    erased = ledger.erasing.erased()
    assert ANN in erased
    assert Name("ann alder") in erased
    assert BEN not in erased
    assert b"ann" not in stored(ledger).lower()


def test_a_readmitted_person_is_not_kept_out(ledger: Ledger) -> None:
    ledger.erasing.erase(PersonId("p-1"), [ANN], TODAY, [], **ERASED)
    assert ledger.erasing.readmit([ANN], TODAY)
    assert not ledger.erasing.readmit([ANN], TODAY)
    assert not ledger.erasing.erased()
