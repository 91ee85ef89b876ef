"""Lists given as files in the ledger: kept and removed with their lines of the record, or not."""

from dataclasses import MISSING, fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.ledger import Act, Ledger, Snapshot
from models.errors import Refused
from models.intake.tables import Table
from models.votes.events import ListImported, ListRemoved

KEY = "attendees 2026-03-20 Forum"
AT = datetime(2026, 3, 31, 6, tzinfo=UTC)
FIELDS_OF_A_LIST = {
    "source", "kind", "zone", "fields", "columns", "first_row", "day_first", "tab_event", "notes",
    "sheet",
}  # fmt: skip
"""With which lists were kept when there first were some."""


def a_list(address: str = "ann@example.org") -> Snapshot:
    table = Table("List", "event_sign_ins", "UTC", ("address",), (0,), [[address]])
    return Snapshot(KEY, "2026-03-31", (table,), {"List|event_sign_ins": 1})


def test_a_list_is_kept_in_the_place_of_the_last_one(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path}/clerk.sqlite") as ledger:
        kept = Act("Thea", AT, ListImported(about="2026-03-20 Forum", rows=1))
        for address in ("ann@example.org", "bo@example.org"):
            ledger.imported.keep(a_list(address), kept)
        assert ledger.snapshot(KEY) == a_list("bo@example.org")
        ledger.imported.remove(KEY, Act("Thea", AT, ListRemoved(about="2026-03-20 Forum", rows=1)))
        assert ledger.versions() == {}
        told = [line.event for line in ledger.votes.lines("")]
    assert [type(one) for one in told] == [ListImported, ListImported, ListRemoved]


def test_an_address_in_the_name_of_its_event_keeps_the_list_out(tmp_path: Path) -> None:
    """DP-3: the record cannot be cleaned of it again."""
    about = ListImported(about="2026-03-20 ann@example.org", rows=1)
    with Ledger.open(f"sqlite:///{tmp_path}/clerk.sqlite") as ledger:
        with pytest.raises(Refused):
            ledger.imported.keep(a_list(), Act("Thea", AT, about))
        assert ledger.versions() == {}


def test_a_list_of_an_earlier_version_can_still_be_read() -> None:
    """Nothing can be read again for it: a field that tables get has a default, and none goes."""
    now = {field.name: field for field in fields(Table)}
    assert now.keys() >= FIELDS_OF_A_LIST
    plain = {
        name for name, field in now.items()
        if field.default is MISSING and field.default_factory is MISSING
    }  # fmt: skip
    assert plain - {"rows"} <= FIELDS_OF_A_LIST
