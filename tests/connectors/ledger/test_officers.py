"""Who looked at whom, as the officers are told it."""

from datetime import UTC, datetime, timedelta

from connectors.ledger import Ledger, LooksInAnHour
from models.intake.people import PersonId

NINE = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)


def test_looks_of_an_hour_are_one_line_with_each_person_once(ledger: Ledger) -> None:
    ann, ben = PersonId("ann"), PersonId("ben")
    for minutes, people in ((0, [ann, ben]), (59, [ann]), (60, [ben])):
        at = NINE + timedelta(minutes=minutes)
        ledger.officers.looked_at("Thea Novak", people, "the roll", at)
    ledger.officers.looked_at("Lou Grant", [ann], "the roll", NINE)
    assert ledger.officers.looks_by_hour(limit=9) == [
        LooksInAnHour(NINE, "Lou Grant", "the roll", 1),
        LooksInAnHour(NINE + timedelta(minutes=60), "Thea Novak", "the roll", 1),
        LooksInAnHour(NINE + timedelta(minutes=59), "Thea Novak", "the roll", 2),
    ]
    assert len(ledger.officers.looks_by_hour(limit=2)) == 2
