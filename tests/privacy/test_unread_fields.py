"""What no rule uses is not read: it is in no snapshot, and so nowhere (DP-5)."""

import pytest

from flows.nightly.sources import known_sources
from tests.flows.town import Town
from tests.privacy.canaries import Canary, Search, letters


@pytest.mark.parametrize("question", ["Dues paid", "Registered voter"])
def test_answers_that_no_rule_uses_are_nowhere(
    town: Town, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    word = letters()
    with town.edit("Registrations") as rows:
        column = rows[0].index(question)
        for row in rows[1:]:
            row[column] = f"yes, {word}"
    night = town.night()
    search = Search([Canary("answer", word)])
    assert search.files(town.folder) == set()
    assert search.bytes("report", repr((night, *capsys.readouterr())).encode()) == set()
    with town.context() as context:
        kept = known_sources(context.ledger).snapshots.values()
    tables = [table for one in kept for table in one.tables if table.kind == "registrations"]
    assert tables
    assert word not in repr([table.rows for table in tables])
    assert search.bytes("review tab", repr(town.rows("Clerk – needs review")).encode()) == set()


def test_the_search_would_find_them(town: Town) -> None:
    """An answer that a rule uses is in the ledger: the same search finds it there."""
    word = letters()
    with town.edit("Registrations") as rows:
        rows[1][rows[0].index("District")] = word
    town.night()
    assert Search([Canary("answer", word)]).files(town.folder)
