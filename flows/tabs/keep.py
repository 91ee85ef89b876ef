"""Both tabs, after each night and whenever the clock strikes; what goes wrong stops nothing.

A strike that finds nothing changed asks no service. A tab that could not be written is tried again
by the next strike, and after some tries more seldom, as mails to the officers are.
"""

from collections.abc import Callable
from functools import partial

from connectors.ledger import Busy
from flows.alerts.trouble import Troubles
from flows.context import ChapterContext
from flows.nightly.night import Sync
from flows.tabs import roll, status
from flows.tabs.written import clear_former, former, write
from flows.views.night_page import write_page
from models.errors import describe

Tell = Callable[[str], None]
ROLL, STATUS = "roll tab", "status tab"


def after_a_night(context: ChapterContext, tell: Tell, night: Sync | None = None) -> None:
    """Look who can open the roll tab, and bring both up to date; write the night's page.

    Args:
        night: what was applied; None: the night failed.
    """
    if night:
        _try(context, "night page", partial(write_page, context, night), tell)
    if _concerns_roll(context):
        _try(context, ROLL, partial(_alone, context), tell)
    _status(context, tell)


def at_a_strike(context: ChapterContext, tell: Tell) -> None:
    """What is due: a night that the roll tab does not tell of, a status that changed."""
    troubles = _troubles(context)
    if (ROLL in troubles.known or roll.is_due(context)) and not troubles.rests(ROLL):
        _try(context, ROLL, partial(_alone, context), tell)
    if not _troubles(context).rests(STATUS):
        _status(context, tell)


def left_behind(context: ChapterContext) -> list[str]:
    """What a plan says of a tab that `chapter.toml` names no more."""
    tabs = filter(None, (former(context, kind) for kind in ("roll", "status")))
    return [
        f"The tab “{tab.title}” is no longer in chapter.toml. The next nightly run empties it."
        for tab in tabs
    ]


def _concerns_roll(context: ChapterContext) -> bool:
    return bool(context.chapter.own_tab("roll") or former(context, "roll"))


def _alone(context: ChapterContext) -> str:
    with context.ledger.alone():
        return roll.update(context)


def _status(context: ChapterContext, tell: Tell) -> None:
    _try(context, STATUS, partial(_write_status, context), tell)


def _write_status(context: ChapterContext) -> None:
    clear_former(context, "status")
    if tab := context.chapter.own_tab("status"):
        write(context, tab, status.content_of(context))


def _try(context: ChapterContext, what: str, work: Callable[[], str | None], tell: Tell) -> None:
    try:
        said = work()
    except Busy:
        return  # another job is at work: the next strike looks again
    except Exception as fault:  # noqa: BLE001 - the tabs never stop the work they are about
        _troubles(context).failed(what, fault)
        tell(f"the {what} could not be written: {describe(fault)}")
        return
    _troubles(context).over(what)
    if said:
        tell(said)


def _troubles(context: ChapterContext) -> Troubles:
    return Troubles(context, "the tabs")
