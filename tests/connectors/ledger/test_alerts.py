"""The ledger knows since when an alert is so, and what was told of it."""

from datetime import UTC, datetime, timedelta

import pytest

from connectors.ledger import Ledger
from models.mail.alerts import Alert, AlertKind, News

NIGHT = timedelta(days=1)
FIRST = datetime(2026, 4, 2, 6, tzinfo=UTC)
REFUSED, FAILED = AlertKind.NIGHT_REFUSED, AlertKind.NIGHT_FAILED


def refused(**counts: int) -> Alert:
    return Alert(kind=REFUSED, place="night", counts=counts)


def tell(ledger: Ledger) -> list[News | None]:
    """Everything there is to tell, told."""
    news = ledger.alerts.untold()
    ledger.alerts.mark_told(news)
    return [known.news for known in news]


def test_an_alert_is_one_row_for_as_long_as_it_is_so(ledger: Ledger) -> None:
    ledger.alerts.reconcile([refused(losing=3)], {REFUSED}, FIRST)
    ledger.alerts.reconcile([refused(losing=4)], {REFUSED}, FIRST + NIGHT)
    (known,) = ledger.alerts.still_so()
    assert (known.raised, known.seen) == (FIRST, FIRST + NIGHT)
    assert known.alert == refused(losing=4)


def test_it_is_told_once_when_worse_and_when_over(ledger: Ledger) -> None:
    told = []
    for losing in (3, 3, 5, 6, 6, 0, 0, 3):
        found = [refused(losing=losing)] if losing else []
        ledger.alerts.reconcile(found, {REFUSED}, FIRST)
        told.append(tell(ledger))
    assert told == [[News.FOUND], [], [], [News.WORSE], [], [News.OVER], [], [News.FOUND]]


def test_what_was_not_looked_at_stays_as_it_is(ledger: Ledger) -> None:
    ledger.alerts.reconcile([refused(losing=3)], {REFUSED}, FIRST)
    ledger.alerts.reconcile([], {FAILED}, FIRST + NIGHT)
    (known,) = ledger.alerts.still_so()
    assert known.over is None


def test_places_are_told_apart(ledger: Ledger) -> None:
    one, other = (Alert(kind=FAILED, place=place) for place in ("spring", "autumn"))
    ledger.alerts.reconcile([one, other], {FAILED}, FIRST)
    ledger.alerts.reconcile([other], {FAILED}, FIRST + NIGHT)
    assert [known.alert for known in ledger.alerts.still_so()] == [other]


def test_what_came_and_went_untold_is_told_once_as_over(ledger: Ledger) -> None:
    ledger.alerts.reconcile([refused(losing=3)], {REFUSED}, FIRST)
    ledger.alerts.reconcile([], {REFUSED}, FIRST + NIGHT)
    (known,) = ledger.alerts.untold()
    assert (known.news, known.raised, known.over) == (News.OVER, FIRST, FIRST + NIGHT)
    assert tell(ledger) == [News.OVER]
    assert tell(ledger) == []


@pytest.mark.parametrize("losing", [6, 0])
def test_what_changes_while_a_letter_is_on_its_way_is_told_by_the_next(
    ledger: Ledger, losing: int
) -> None:
    ledger.alerts.reconcile([refused(losing=3)], {REFUSED}, FIRST)
    news = ledger.alerts.untold()
    ledger.alerts.reconcile([refused(losing=6)] if losing else [], {REFUSED}, FIRST + NIGHT)
    ledger.alerts.mark_told(news)
    assert tell(ledger) == [News.WORSE if losing else News.OVER]
