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
from flows.context import Desk
from flows.mail.delivery import send_test_words
from flows.mail.officers import officers
from models.errors import ClerkError, told_of
from models.mail.alerts import Alert, AlertKind

LETTER, TITLE = "officers-news", "clerk: news for the officers"


def tell(desk: Desk, found: Iterable[Alert], of: Collection[AlertKind]) -> str:
    """Write down what is so, and tell what is new, worse or over.

    Args:
        found: everything that is so, of these kinds.
        of: what was looked at.

    Returns:
        What the log may say of it; "" when there was nothing to tell.
    """
    try:
        desk.ledger.alerts.reconcile(found, of, desk.now())
    except Exception as fault:  # noqa: BLE001 - an alert never stops the work it is about
        return f"what the officers are to be told could not be written down: {_said(fault)}"
    return tell_waiting(desk, though_it_failed=True)


def tell_waiting(desk: Desk, *, though_it_failed: bool = False) -> str:
    """Tell what is written down and was not told yet.

    Args:
        though_it_failed: try now, however often it failed; else it rests for hours at last.

    Returns:
        As `tell`.
    """
    try:
        if not though_it_failed and failed_mail(desk).rests(NEWS):
            return ""
        return _tell_waiting(desk)
    except Busy:
        return ""  # another job is at work: the next strike looks again
    except Exception as fault:  # noqa: BLE001 - an alert never stops the work it is about
        return _not_told(fault)


def _tell_waiting(desk: Desk) -> str:
    if not desk.ledger.alerts.untold():
        return ""
    with desk.ledger.alone():
        news = desk.ledger.alerts.untold()
        if not news:
            return ""
        zone, said = desk.chapter.tz, headline(news)
        words = desk.words(LETTER, headline=said, groups=groups(news, zone))
        try:
            send_test_words(desk, words, officers(desk, "what officers are told"), title=TITLE)
        except Exception as fault:
            failed_mail(desk).failed(NEWS, fault)
            raise
        desk.ledger.alerts.mark_told(news)
        failed_mail(desk).over(NEWS)
    return f"told the officers: {said}"


def failed_mail(desk: Desk) -> Troubles:
    """What stood in the way of the officers' news."""
    return Troubles(desk, "the officers' news")


def _not_told(fault: Exception) -> str:
    return f"the officers could not be told, the next strike tries again: {_said(fault)}"


def _said(fault: Exception) -> str:
    return str(fault) if isinstance(fault, ClerkError) else told_of(fault)
