"""Dues to the statewide body: read only where a rule asks for them, and of those it asks about."""

from pathlib import Path

import pytest

from connectors.sandbox.invented import address_of, name_of
from flows.committee.nominees import nominees_of
from flows.lists.dues import look
from flows.lists.keeping import carry_out
from flows.nightly.sources import known_sources
from models.errors import FixTheData, Refused
from tests.flows.town import Town

FILE = f"Email,Date paid\n{address_of(1)},2026-01-15\n{address_of(2)},2026-01-15\n"


def given(town: Town, folder: Path, text: str = FILE) -> None:
    (folder / "dues.csv").write_text(text)
    with town.context() as context:
        carry_out(context, lambda: look(context, folder / "dues.csv", {}), by="Thea")


def nominate(town: Town, *numbers: int) -> None:
    rows = [["2026-02-01", name_of(n), address_of(n), "", "yes"] for n in numbers]
    town.add_tab("nominations", *rows)
    town.night()


def test_a_nominees_dues_are_found_by_the_address_alone(town: Town, tmp_path: Path) -> None:
    """SC-2"""
    nominate(town, 1, 3)
    given(town, tmp_path, f"{FILE}somebody.else@example.org,2026-01-15\n")
    with town.context() as context:
        found = {one.said.name: one.came.dues for one in nominees_of(context).found}
    assert found == {
        name_of(1): (True, "dues paid through January 15, 2027"),
        name_of(3): (False, "dues not paid by the file of dues"),
    }


def test_the_dues_of_nobody_else_are_kept(town: Town, tmp_path: Path) -> None:
    """DP-5"""
    nominate(town, 1)
    given(town, tmp_path)
    with town.context() as context:
        kept, _ = known_sources(context.ledger).snapshots["dues file"].tables
    assert [row for row in kept.rows if any(row)] == [[address_of(1), "2026-01-15"]]


def test_dues_are_not_read_where_no_rule_asks_for_them(town: Town, tmp_path: Path) -> None:
    """DP-5"""
    town.add_tab("dues", [address_of(1), "2026-01-15"])
    town.night()
    with pytest.raises(Refused, match="no rule asks for dues"):
        given(town, tmp_path)
    with town.context() as context:
        tables = [t for s in known_sources(context.ledger).snapshots.values() for t in s.tables]
    assert "dues" not in {table.kind for table in tables}


@pytest.mark.parametrize("header", ["Card number", "Card", "Account", "Bank account"])
def test_a_file_of_dues_with_a_column_of_cards_or_accounts_is_refused(
    town: Town, tmp_path: Path, header: str
) -> None:
    """DP-5"""
    nominate(town, 1)
    text = f"Email,Date paid,{header}\n{address_of(1)},2026-01-15,4111\n"
    with pytest.raises(FixTheData, match=r"card, or account number.*\(DP-5\)"):
        given(town, tmp_path, text)
