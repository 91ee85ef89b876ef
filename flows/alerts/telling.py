"""Tell the officers what is so, once; and once that it is over.

What was found is written down first; all news of a run is one letter, by a test send to the
officers' one address; afterwards it is written down as told. A job that dies between the two sends
the letter once more, and a mail that fails is tried again by the next strike of the clock. Whatever
goes wrong here stops nothing of the work that it is about.
"""

from collections.abc import Collection, Iterable

from connectors.ledger import Busy
from flows.alerts.trouble import NEWS, Troubles
from flows.alerts.words import groups, headline
from flows.context import ChapterContext
from flows.mail.delivery import send_test_words
from flows.mail.officers import officers
from models.errors import describe
from models.mail.alerts import Alert, AlertKind

LETTER, TITLE = "officers-news", "clerk: news for the officers"


def tell(context: ChapterContext, found: Iterable[Alert], of: Collection[AlertKind]) -> str:
    """Write down what is so, and tell what is new, worse or over.

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
    return tell_waiting(context, though_it_failed=True)


def tell_waiting(context: ChapterContext, *, though_it_failed: bool = False) -> str:
    """Tell what is written down and was not told yet.

    Args:
        though_it_failed: try now, however often it failed; else it rests for hours at last.

    Returns:
        As `tell`.
    """
    try:
        if not though_it_failed and failed_mail(context).rests(NEWS):
            return ""
        return _tell_waiting(context)
    except Busy:
        return ""  # another job is at work: the next strike looks again
    except Exception as fault:  # noqa: BLE001 - an alert never stops the work it is about
        return _not_told(fault)


def _tell_waiting(context: ChapterContext) -> str:
    if not context.ledger.alerts.untold():
        return ""
    with context.ledger.alone():
        news = context.ledger.alerts.untold()
        if not news:
            return ""
        zone, said = context.chapter.tz, headline(news)
        words = context.words(LETTER, headline=said, groups=groups(news, zone))
        try:
            send_test_words(
                context, words, officers(context.chapter, "what officers are told"), title=TITLE
            )
        except Exception as fault:
            failed_mail(context).failed(NEWS, fault)
            raise
        context.ledger.alerts.mark_told(news)
        failed_mail(context).over(NEWS)
    return f"emailed the officers: {said}"


def failed_mail(context: ChapterContext) -> Troubles:
    """What stood in the way of the officers' news."""
    return Troubles(context, "the officers' news")


def _not_told(fault: Exception) -> str:
    return (
        "the officers could not be emailed; the next scheduled check tries again: "
        f"{describe(fault)}"
    )
