"""The mailing list as it is: the ledger's mirror of it, brought up to date and checked.

A night asks only for what changed. Mailchimp does not tell of contacts that were deleted or
archived, and promises nothing about changed tags: so the mirror is held against a census, and where
it does not fit, the whole list is read.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from functools import cached_property, partial

from connectors.ledger import Ledger
from connectors.mailchimp import PAGE, Census
from flows.clock import Clock
from flows.context import ChapterContext
from models.mail.audience import Contact, ContactState
from models.mail.plans import Change
from models.privacy import Email

TAGS_TOUCHED = "our tags were touched"
NOT_SHOWN = "contacts counted and not shown"
SETTLES = timedelta(minutes=1)
"""So long a later change may carry the time of one we have seen: it is asked for again."""


@dataclass(frozen=True)
class Seen:
    """The list tonight."""

    load: Callable[[], dict[Email, Contact]] = field(repr=False)
    """Reads everybody on it."""
    census: Census
    """What Mailchimp counts."""
    changed: list[Contact] = field(repr=False)
    """What the ledger's mirror does not know yet."""
    watermark: str | None
    """Where the next reading starts."""
    whole: bool
    """Whether everybody was read."""
    missing: int
    """How many more Mailchimp counts than it shows."""
    touched: str
    """When our tags were last changed, by Mailchimp's clock."""
    as_before: bool = False
    """It is what an earlier night saw, person by person."""

    @cached_property
    def actual(self) -> dict[Email, Contact]:
        """Everybody on it."""
        return self.load()

    @property
    def remark(self) -> str:
        """What the progress line says of a list that does not show all it counts; else ""."""
        if not self.missing:
            return ""
        return (
            f"Mailchimp counts {self.missing} contacts more than it shows; they stay as they are; "
        )


def read_audience(context: ChapterContext, full: bool, before: Census | None = None) -> Seen:
    """What changed since last night, or everything where the mirror no longer fits.

    Args:
        full: read everybody in any case.
        before: what Mailchimp counted when the mirror was last known to fit, and nobody but
            Mailchimp has changed anything since.
    """
    since = context.ledger.quiet.watermark()
    census = context.audience.census()
    mirror: dict[Email, Contact] | None = None
    if since and not full:
        reading = context.audience.read(since)
        partly = partial(
            Seen,
            census=census,
            watermark=max(since, _settled(context.now, reading.watermark) or since),
            whole=False,
            missing=reading.missing,
            touched=census.touched,
        )
        untouched = census.touched == context.ledger.note(TAGS_TOUCHED)
        fitted = untouched and before == census and not reading.missing
        if fitted and context.ledger.quiet.knows(reading.contacts):
            return partly(partial(_mirror, context.ledger), changed=[], as_before=True)
        mirror = _mirror(context.ledger)
        together = mirror | _by_address(reading.contacts)
        if untouched and census == Census.of(together.values()):
            return partly(lambda: together, changed=reading.contacts)
    mirror = _mirror(context.ledger) if mirror is None else mirror
    reading = context.audience.read()
    # Who has gone since is kept as archived, lest they be subscribed again (DP-4). Where Mailchimp
    # does not show all, nobody can say who has: they stay as they were.
    gone = {address: Contact(address, ContactState.ARCHIVED) for address in mirror}
    actual = (mirror if reading.missing else gone) | _by_address(reading.contacts)
    mark = _settled(context.now, reading.watermark)
    return Seen(
        lambda: actual, census, list(actual.values()), mark, True, reading.missing, census.touched
    )


def fits(seen: Seen) -> bool:
    """Whether the ledger's mirror shows all that Mailchimp counts."""
    return not seen.missing and seen.census == Census.of(seen.actual.values())


def _mirror(ledger: Ledger) -> dict[Email, Contact]:
    return ledger.audience()[0]


def remember(ledger: Ledger, seen: Seen) -> None:
    """Bring the ledger's mirror up to date."""
    ledger.save_contacts(seen.changed, watermark=seen.watermark, replace=seen.whole)
    ledger.set_note(TAGS_TOUCHED, seen.touched)
    if seen.whole:
        ledger.set_note(NOT_SHOWN, str(seen.missing))


def own_writes(context: ChapterContext, changes: Sequence[Change], newest: str) -> None:
    """Skip our own writes on the next run, so that they do not look like changes by others.

    Up to a page of our own contacts is read again and costs nothing; more are passed over. What
    somebody else changed in those minutes shows in the census.

    Args:
        newest: when the last of our writes was made, by Mailchimp's clock.
    """
    if any(change.tag for change in changes):
        context.ledger.set_note(TAGS_TOUCHED, context.audience.tags_touched())
    if len(changes) > PAGE and newest:
        context.ledger.save_contacts((), watermark=newest)


def _by_address(contacts: Iterable[Contact]) -> dict[Email, Contact]:
    return {contact.address: contact for contact in contacts}


def _settled(now: Clock, watermark: str | None) -> str | None:
    """A watermark that is not quite now. Both are RFC 3339 in UTC, and sort as text."""
    latest = (now().astimezone(UTC) - SETTLES).isoformat(timespec="seconds")
    return watermark and min(watermark, latest)
