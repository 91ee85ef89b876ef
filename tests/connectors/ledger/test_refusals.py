"""Whom the mailing list refuses is remembered, without the address (DP-3, DP-6)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from connectors.ledger import Ledger
from models.intake.people import PersonId
from models.mail.refusals import NotTaken, Refusal, WhyRefused
from models.privacy import Email, Name
from tests.connectors.ledger.nights import TODAY

ADDRESS = Email("nia@example.org")
RETENTION: dict[str, Any] = {"rows": 0, "by": "clerk", "at": datetime(2026, 1, 1, tzinfo=UTC)}
NIA, NIA_NEW = (ADDRESS, Name("Nia")), (ADDRESS, Name("Nia New"))


def refused(
    ledger: Ledger,
    *times: tuple[Email, Name],
    why: WhyRefused = WhyRefused.OTHER,
    on: date = TODAY,
) -> None:
    for one in times:
        ledger.note_refusals([NotTaken(*one, why)], on)


def is_tried(ledger: Ledger, who: tuple[Email, Name], on: date = TODAY) -> bool:
    known = ledger.refusals(on).of(who)
    return known is None or known.is_tried


def test_one_refusal_may_be_an_accident(ledger: Ledger) -> None:
    refused(ledger, NIA)
    assert ledger.refusals(TODAY).of(NIA) == Refusal(TODAY, passes=False, is_tried=True)
    refused(ledger, NIA)
    assert not is_tried(ledger, NIA)
    assert is_tried(ledger, (Email("ben@example.org"), Name("Ben")))


def test_what_is_for_good_is_not_tried_a_second_time(ledger: Ledger) -> None:
    refused(ledger, NIA, why=WhyRefused.FORGOTTEN)
    assert not is_tried(ledger, NIA, TODAY + timedelta(days=300))


def test_what_passes_is_tried_again_after_some_days(ledger: Ledger) -> None:
    """And after some more, and so on; since when it is so stays known."""
    tried = []
    for days in range(20):
        on = TODAY + timedelta(days=days)
        if is_tried(ledger, NIA, on):
            tried.append(days)
            refused(ledger, NIA, why=WhyRefused.BUSY_ADDRESS, on=on)
        known = ledger.refusals(on).of(NIA)
        assert known == Refusal(TODAY, passes=True, is_tried=False)
    assert tried == [0, 3, 6, 9, 12, 15, 18]


def test_what_passed_and_is_refused_otherwise_counts_from_then(ledger: Ledger) -> None:
    refused(ledger, NIA, NIA, why=WhyRefused.NO_ROOM)
    refused(ledger, NIA)
    assert is_tried(ledger, NIA)
    refused(ledger, NIA)
    assert not is_tried(ledger, NIA, TODAY + timedelta(days=300))


def test_who_registers_anew_is_tried_anew(ledger: Ledger) -> None:
    refused(ledger, NIA, NIA)
    assert is_tried(ledger, NIA_NEW)
    refused(ledger, NIA_NEW)
    assert is_tried(ledger, NIA_NEW)


def test_a_refusal_goes_with_the_person_and_with_time(ledger: Ledger) -> None:
    refused(ledger, NIA, NIA)
    ledger.erasing.expire(TODAY, [], **RETENTION)
    assert not is_tried(ledger, NIA)
    ledger.erasing.expire(TODAY + timedelta(days=1), [], **RETENTION)
    assert is_tried(ledger, NIA)
    refused(ledger, NIA, NIA)
    ledger.erasing.erase(PersonId("p-nia"), [ADDRESS], TODAY, [], contacts=0, **RETENTION)
    assert is_tried(ledger, NIA)
