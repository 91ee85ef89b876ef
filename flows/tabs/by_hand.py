"""A night that a person asks for, at the terminal or the officers' page: the same to the end."""

from collections.abc import Callable

from flows.alerts import telling
from flows.alerts.nights import done
from flows.context import ChapterContext
from flows.nightly.night import Sync, SyncOptions
from flows.nightly.sync import sync
from flows.tabs.keep import after_a_night

Tell = Callable[[str], None]


def sync_by_hand(
    context: ChapterContext,
    wishes: SyncOptions,
    *,
    tell: Tell,
    remark: Tell,
    show: Callable[[Sync], None] = lambda _: None,
) -> Sync:
    """Look, or apply; after a night that was applied, officers and the own tabs hear of it.

    Args:
        tell: is told of progress.
        remark: is told what went wrong beside the night, which stops nothing.
        show: called with the plan before anything is done.

    Raises:
        ClerkError: as `sync`.
    """
    night = sync(context, wishes, show=show, tell=tell)
    if night.applied:
        telling.tell(context, *done(night))
        after_a_night(context, remark, night)
    return night
