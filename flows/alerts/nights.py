"""What a night's end is to the officers: done, refused by a guard, failed, or cut short before."""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta

from connectors.ledger import Ledger
from flows.context import ChapterContext
from flows.nightly.night import Sync
from models.errors import keys_refused
from models.mail.alerts import KEYS, MISSED, NIGHTS, SIGN_INS, Alert, AlertKind
from models.mail.plans import UnsafePlan

PATIENCE, DAY = timedelta(hours=3), timedelta(days=1)
"""A night may be so late: its service was down, or another job at work."""
NIGHT = "night"
"""The place of all these: a chapter has one night."""
Ended = tuple[Iterable[Alert], Set[AlertKind]]
"""What is so, and of which kinds it is all."""


def done(night: Sync) -> Ended:
    """A night came to its own end: nothing is so any more but what it saw in the sheets."""
    return [*_of_reckoning(night), *_of_sheets(night)], NIGHTS | MISSED | KEYS | SIGN_INS


def finished(ledger: Ledger, night: Sync) -> Ended:
    """A night had been cut short, and the clock finished it."""
    counts = {
        "nights": _in_a_row(ledger, AlertKind.NIGHT_CUT_SHORT),
        "changes": len(night.plan.changes),
        "letters": sum(many for _, many in night.sent),
        "to-review": night.found.to_review,
    }
    cut = Alert(kind=AlertKind.NIGHT_CUT_SHORT, place=NIGHT, counts=counts)
    return [cut, *_of_reckoning(night), *_of_sheets(night)], NIGHTS | MISSED | KEYS | SIGN_INS


def _of_reckoning(night: Sync) -> list[Alert]:
    """The weekly full reckoning compares; quiet nights were wrong if it finds something else."""
    return [Alert(kind=AlertKind.NIGHT_DIFFERS, place=NIGHT)] if night.differs else []


def _of_sheets(night: Sync) -> list[Alert]:
    """One event without a sign-in can be so; several in a row are a sheet that got no more."""
    many = night.found.unsigned
    counts = {"events": many}
    return [Alert(kind=AlertKind.SIGN_INS_STOPPED, place="sign-ins", counts=counts)][: many > 1]


def fell(ledger: Ledger, fault: Exception, begun: datetime | None = None) -> Ended:
    """A night was refused by a guard, or failed.

    Which of the two it was, and how much; that a night was cut short before is another matter. A
    night that came as far as its guards has not failed; of one that failed nobody knows what its
    guards would have said.

    Args:
        begun: when it began that is taken up again: it is one night, however often it fails.
    """
    if isinstance(fault, UnsafePlan):
        refused = Alert(kind=AlertKind.NIGHT_REFUSED, place=NIGHT, counts=_of_plan(fault))
        return [refused], MISSED | {AlertKind.NIGHT_REFUSED, AlertKind.NIGHT_FAILED}
    refused_keys, keys = of_keys(ledger, fault)
    return [*_failed(ledger, begun), *refused_keys], MISSED | keys | {AlertKind.NIGHT_FAILED}


def of_keys(ledger: Ledger, fault: Exception) -> Ended:
    """That a service does not take the chapter's key, if that is what failed.

    What failed otherwise says nothing of the keys, nor one of the other.
    """
    services = keys_refused(fault)
    if not services:
        return [], frozenset()
    before = [one.alert for one in ledger.alerts.still_so() if one.alert.kind in KEYS]
    new = [Alert(kind=AlertKind.KEY_REFUSED, place=service) for service in sorted(services)]
    return [*(one for one in before if one.place not in services), *new], KEYS


def missed(context: ChapterContext) -> Ended:
    """That the schedule's time passed and no night came, of a chapter that has had one.

    A night that was refused or failed has come; one a day is what the schedule says, whatever the
    hour, for a chapter's own timer may keep another.
    """
    last = context.ledger.last_run()
    nights = [one.seen for one in context.ledger.alerts.still_so() if one.alert.kind in NIGHTS]
    many = 0
    if last:
        many = (context.now() - max([last.started, *nights]) - PATIENCE) // DAY
    counts = {"nights": many}
    found = [Alert(kind=AlertKind.NIGHT_MISSED, place=NIGHT, counts=counts)] if many > 0 else []
    return found, MISSED


def _failed(ledger: Ledger, begun: datetime | None) -> Iterator[Alert]:
    known = (one for one in ledger.alerts.still_so() if one.alert.kind is AlertKind.NIGHT_FAILED)
    is_told = begun is not None and any(one.seen >= begun for one in known)
    counts = {"nights": _in_a_row(ledger, AlertKind.NIGHT_FAILED) - is_told}
    yield Alert(kind=AlertKind.NIGHT_FAILED, place=NIGHT, counts=counts)


def _in_a_row(ledger: Ledger, kind: AlertKind) -> int:
    """How many nights ended so, this one included; an earlier version did not count all kinds."""
    before = (known.alert for known in ledger.alerts.still_so())
    return 1 + sum(one.counts.get("nights", 1) for one in before if one.kind is kind)


def _of_plan(unsafe: UnsafePlan) -> dict[str, int]:
    return {
        "had": max(unsafe.had, unsafe.tags_held),
        "losing": max(unsafe.losing, unsafe.tags_removed),
        "unforeseen": unsafe.unexpected,
        "gaining": unsafe.gaining,
        "rows-missing": sum(one.before - one.now for one in unsafe.shrunk),
        "rows-unusable": sum(one.rows for one in unsafe.unusable),
    }
