"""Tell the officers what is so, once; and once that it is over.

1. What was found is written down first. What is news for each way out is chosen while no other job
   is at work.
2. It is sent while others may be: a service that does not answer keeps no officer from an act. One
   job at a time tells, and waits no longer than a while for all ways together.
3. What went is written down as told at once.

All news of a check or a nightly run is one message to each way out. A job that dies between 2 and 3
sends that one again. A way that fails is tried again by the next scheduled check, after those that
did not fail, and the others are not told twice. Whatever goes wrong here stops nothing of the work
that it is about.

The ways out are the chapter's own addresses. Where it has none, and once where none of them could
be reached for hours, it is the officers' mailbox, by a test email of the mailing service.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import NamedTuple

from connectors.ledger import Busy
from flows.alerts.told import Record
from flows.alerts.trouble import HOURS, NEWS, Troubles
from flows.alerts.ways import Headed, Mailbox, Way, addresses, keys
from flows.alerts.words import headline
from flows.context import ChapterContext
from models.errors import ClerkError, describe
from models.mail.alerts import Alert, AlertKind

FILE = f"{NEWS}: addresses"
"""The trouble that the file of addresses cannot be read."""
ENOUGH = timedelta(seconds=40)
"""After so long no further way is begun: the next scheduled check goes on."""


_FOUND: ContextVar[list[str] | None] = ContextVar("what a check found", default=None)


@contextmanager
def as_one(context: ChapterContext, log: Callable[[str], None]) -> Iterator[None]:
    """Let all news of what is done within go out at its end: one message of what ended and began.

    Broken off by hand, nothing goes out: half of the news would look like all of it. It is written
    down, and the next check tells it.

    Args:
        log: told what the log may say of it.
    """
    if _FOUND.get() is not None:
        yield
        return
    found: list[str] = []
    token = _FOUND.set(found)
    is_whole = True
    try:
        yield
    except BaseException as ending:
        is_whole = isinstance(ending, Exception)  # a fault is an end as well
        raise
    finally:
        _FOUND.reset(token)
        if is_whole and (said := tell_waiting(context, though_it_failed=bool(found))):
            log(said)


def tell(context: ChapterContext, found: Iterable[Alert], of: Collection[AlertKind]) -> str:
    """Write down what is so, and tell what is new, worse, still so or over.

    Args:
        found: everything that is so, of these kinds.
        of: what was looked at.

    Returns:
        What the log may say of it; "" when there was nothing to tell.
    """
    try:
        context.ledger.alerts.reconcile(found, of, context.now())
    except Exception as fault:  # noqa: BLE001 - an alert never stops the work it is about
        return f"the news for the officers could not be recorded: {describe(fault)}"
    if (gathered := _FOUND.get()) is not None:
        gathered.append("news")
        return ""
    return tell_waiting(context, though_it_failed=True)


def tell_waiting(context: ChapterContext, *, though_it_failed: bool = False) -> str:
    """Tell what is written down and was not told yet.

    Args:
        though_it_failed: try now, however often it failed; else it rests for hours at last.

    Returns:
        As `tell`.
    """
    if _FOUND.get() is not None:
        return ""
    try:
        return _tell_waiting(context, though_it_failed)
    except Busy:
        return ""  # another job is at work: the next strike looks again
    except Exception as fault:  # noqa: BLE001 - an alert never stops the work it is about
        return _not_told(fault)


def _tell_waiting(context: ChapterContext, though_it_failed: bool) -> str:
    if not context.ledger.alerts.open():
        return ""
    wanted = ways_out(context)
    everyone = keys(wanted.own or wanted.all)
    is_due = any(_due(context, way, though_it_failed) for way in wanted.all)
    if not is_due and not Record(context).known_to_all(everyone):
        return ""
    with context.ledger.telling():
        chosen = _chosen(context, wanted, though_it_failed)
        until = context.now() + ENOUGH
        said = [_tell(context, way, news) for way, news in chosen if context.now() < until]
        Record(context).settle(keys(wanted.all), everyone)
    return "; ".join(dict.fromkeys(said))


class WaysOut(NamedTuple):
    """Where alerts go now."""

    own: Sequence[Way]
    """The chapter's addresses."""
    all: Sequence[Way]
    """These, or the officers' mailbox, or both."""
    fault: ClerkError | None
    """Why the addresses are not known."""


def ways_out(context: ChapterContext) -> WaysOut:
    """Where alerts go now; that the file of addresses has a fault stands in the troubles."""
    troubles = failed_mail(context)
    try:
        own = addresses(context)
    except ClerkError as fault:
        if not troubles.rests(FILE):
            troubles.failed(FILE, fault)
        return WaysOut((), [Mailbox()], fault)
    if FILE in troubles.known:
        troubles.over(FILE)
    failed = [troubles.known.get(step_of(way)) for way in own]
    unreached = all(one and context.now() - one.since >= HOURS for one in failed)
    return WaysOut(own, [*own, Mailbox()] if unreached else own, None)


def _chosen(
    context: ChapterContext, wanted: WaysOut, though_it_failed: bool
) -> list[tuple[Way, Headed]]:
    """What each way is to be told, those first that failed least."""
    now, again = context.now(), context.chapter.alerts.again

    def news(way: Way) -> Headed:
        found = Record(context).news(way.key, now)
        return [(kind, one) for one in found if (kind := one.news_at(now, again))]

    def failed(way: Way) -> int:
        trouble = failed_mail(context).known.get(step_of(way))
        return trouble.times if trouble else 0

    with context.ledger.alone():
        due = (way for way in wanted.all if _due(context, way, though_it_failed))
        return [(way, news(way)) for way in sorted(due, key=failed)]


def step_of(way: Way) -> str:
    """What a way's trouble is known by."""
    return NEWS if isinstance(way, Mailbox) else f"{NEWS} {way.key}"


def _due(context: ChapterContext, way: Way, though_it_failed: bool) -> bool:
    if not though_it_failed and failed_mail(context).rests(step_of(way)):
        return False
    return bool(Record(context).news(way.key, context.now()))


def _tell(context: ChapterContext, way: Way, news: Headed) -> str:
    """Tell one way out its news. Hold `Ledger.telling` around it."""
    now, record, troubles = context.now(), Record(context), failed_mail(context)
    said = headline(kind for kind, _ in news)
    try:
        way.tell(context, news)
    except Exception as fault:  # noqa: BLE001 - the other ways are told all the same
        troubles.failed(step_of(way), fault)
        if isinstance(way, Mailbox):
            return _not_told(fault)
        return f"the officers could not be alerted by one address: {describe(fault)}"
    record.mark(way.key, (one for _, one in news), now)
    troubles.over(step_of(way))
    return f"{'emailed' if isinstance(way, Mailbox) else 'alerted'} the officers: {said}"


def failed_mail(context: ChapterContext) -> Troubles:
    """What stood in the way of the officers' news."""
    return Troubles(context, "the officers' news")


def _not_told(fault: Exception) -> str:
    return (
        "the officers could not be emailed; the next scheduled check tries again: "
        f"{describe(fault)}"
    )
