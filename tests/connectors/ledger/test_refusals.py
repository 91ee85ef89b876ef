"""Whom the mailing list refuses is remembered, without the address (DP-3, DP-6)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from connectors.ledger import Ledger
from models.people import PersonId
from models.privacy import Email, Name
from tests.connectors.ledger.nights import TODAY

ADDRESS = Email("nia@example.org")
RETENTION: dict[str, Any] = {"rows": 0, "by": "clerk", "at": datetime(2026, 1, 1, tzinfo=UTC)}
NIA, NIA_NEW = (ADDRESS, Name("Nia")), (ADDRESS, Name("Nia New"))


def refused(ledger: Ledger, *times: tuple[Email, Name]) -> None:
    for one in times:
        ledger.note_refusals([one], TODAY)


def test_one_refusal_may_be_an_accident(ledger: Ledger) -> None:
    refused(ledger, NIA)
    assert NIA not in ledger.refusals()
    refused(ledger, NIA)
    assert NIA in ledger.refusals()
    assert (Email("ben@example.org"), None) not in ledger.refusals()


def test_who_registers_anew_is_tried_anew(ledger: Ledger) -> None:
    refused(ledger, NIA, NIA)
    assert NIA_NEW not in ledger.refusals()
    refused(ledger, NIA_NEW)
    assert NIA_NEW not in ledger.refusals()


def test_a_refusal_goes_with_the_person_and_with_time(ledger: Ledger) -> None:
    refused(ledger, NIA, NIA)
    ledger.erasing.expire(TODAY, [], **RETENTION)
    assert NIA in ledger.refusals()
    ledger.erasing.expire(TODAY + timedelta(days=1), [], **RETENTION)
    assert NIA not in ledger.refusals()
    refused(ledger, NIA, NIA)
    ledger.erasing.erase(PersonId("p-nia"), [ADDRESS], TODAY, [], contacts=0, **RETENTION)
    assert NIA not in ledger.refusals()
