"""The own tabs, after each night and whenever the clock strikes; what goes wrong stops nothing.

1. A tab that `chapter.toml` names no more is emptied once. One that cannot be emptied stops neither
   new one.
2. Members' requests are answered; then the roll tab and the seats tab, the proposals, the queue of
   requests, the status tab, and the cycle tab.
3. Officers are told of a tab that cannot be emptied: people may read there what they should not.

A strike that finds nothing changed asks no service. A tab that could not be written is tried again
by the next strike, and after some tries more seldom, as mails to the officers are.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Final

from connectors.ledger import Busy
from connectors.settings import OwnTabKind
from flows.alerts.telling import tell as tell_officers
from flows.alerts.trouble import Trouble, Troubles
from flows.context import ChapterContext
from flows.nightly.night import Sync
from flows.requests.nightly import bring_on
from flows.requests.nightly import is_due as requests_are_due
from flows.tabs import cycle, proposed, requested, roll, seats, status
from flows.tabs.written import clear_left_behind, left_behind, write
from flows.views.night_page import write_page
from models.errors import ClerkError, describe
from models.mail.alerts import TABS, Alert, AlertKind

Tell = Callable[[str], None]
KINDS: Final[tuple[OwnTabKind, ...]] = (
    "roll", "seats", "proposed", "requested", "status", "cycle",
)  # fmt: skip
ROLL, SEATS, PROPOSED = "roll tab", "seats tab", "proposals tab"
STATUS, CYCLE = "status tab", "cycle tab"
REQUESTED, REQUESTS = "requests tab", "answers to requests"
READABLE = "roll tab in a spreadsheet that is open to others"
READABLE_SEATS = "seats tab in a spreadsheet that is open to others"
READABLE_BY: Mapping[str, str] = {ROLL: READABLE, SEATS: READABLE_SEATS}
"""Of a tab that names people, the step that fails where it cannot be emptied."""
ALERTED: Mapping[str, str] = {
    READABLE: "roll-tab",
    READABLE_SEATS: "seats-tab",
    "former seats tab": "former-seats-tab",
    "former roll tab": "former-roll-tab",
    "former status tab": "former-status-tab",
    "former cycle tab": "former-cycle-tab",
}
"""The steps whose failing officers are told of, and the place of each alert."""


def after_a_night(context: ChapterContext, tell: Tell, night: Sync | None = None) -> None:
    """Look who can open the roll tab, and bring both up to date; write the night's page.

    Args:
        night: what was applied; None: the night failed.
    """
    if night:
        _try(context, "night page", partial(write_page, context, night), tell)
        _try(context, REQUESTS, partial(bring_on, context, night), tell)
    for kind in KINDS:
        _try(context, f"former {kind} tab", partial(_clear, context, kind), tell)
    for what, (kind, update, _) in _NAMING.items():
        _try(context, what, partial(_alone, context, kind, update), tell)
    _try(context, PROPOSED, partial(proposed.update, context), tell)
    _requested(context, tell)
    _status(context, tell)
    _try(context, CYCLE, partial(_write_cycle, context), tell)
    _alert(context, tell)


def at_a_strike(context: ChapterContext, tell: Tell) -> None:
    """What is due: a night that the requests or a tab do not follow yet, a status that changed."""
    troubles = troubles_of(context)
    owed = REQUESTS in troubles.known or requests_are_due(context)
    if owed and not troubles.rests(REQUESTS):
        _try(context, REQUESTS, partial(bring_on, context), tell)
    for kind in KINDS:
        if not troubles.rests(former := f"former {kind} tab"):
            _try(context, former, partial(_clear, context, kind), tell)
    for what, (kind, update, due) in _NAMING.items():
        steps = {what, READABLE_BY[what]}
        is_due = steps & troubles.known.keys() or due(context)
        if is_due and not any(map(troubles.rests, steps)):
            _try(context, what, partial(_alone, context, kind, update), tell)
    if PROPOSED in troubles.known and not troubles.rests(PROPOSED):
        _try(context, PROPOSED, partial(proposed.update, context), tell)
    if not troubles.rests(REQUESTED):
        _requested(context, tell)
    if not troubles_of(context).rests(STATUS):
        _status(context, tell)
    if not troubles.rests(CYCLE):
        _try(context, CYCLE, partial(_write_cycle, context), tell)
    _alert(context, tell)


def to_empty(context: ChapterContext) -> list[str]:
    """What a plan says of a tab that `chapter.toml` names no more."""
    return [
        f"The tab “{tab.title}” is no longer in chapter.toml. The next nightly run empties it."
        for kind in KINDS
        for tab in left_behind(context, kind)
    ]


def lasting(context: ChapterContext) -> dict[str, Trouble]:
    """What could not be written, and will not be by trying again alone."""
    known = troubles_of(context).known
    return {step: trouble for step, trouble in known.items() if trouble.lasts}


def troubles_of(context: ChapterContext) -> Troubles:
    """What stood in the way of the tabs, and of the night's page."""
    return Troubles(context, "the tabs")


_NAMING: Final[Mapping[str, tuple[OwnTabKind, Callable[..., str], Callable[..., bool]]]] = {
    ROLL: ("roll", roll.update, roll.is_due),
    SEATS: ("seats", seats.update, seats.is_due),
}
"""The tabs that name people: how each is brought up to date, and when that is due."""


def _alone(
    context: ChapterContext, kind: OwnTabKind, update: Callable[[ChapterContext], str]
) -> str:
    if not context.chapter.own_tab(kind):
        return ""
    with context.ledger.alone():
        return update(context)


def _clear(context: ChapterContext, kind: OwnTabKind) -> str:
    if not left_behind(context, kind):
        return ""
    with context.ledger.alone():
        was_one = clear_left_behind(context, kind)
    return f"emptied the {kind} tab that is no longer in chapter.toml" * was_one


def _status(context: ChapterContext, tell: Tell) -> None:
    _try(context, STATUS, partial(_write_status, context), tell)


def _write_status(context: ChapterContext) -> None:
    if tab := context.chapter.own_tab("status"):
        write(context, tab, status.content_of(context))


def _requested(context: ChapterContext, tell: Tell) -> None:
    def work() -> None:
        if tab := context.chapter.own_tab("requested"):
            write(context, tab, requested.content_of(context))

    _try(context, REQUESTED, work, tell)


def _write_cycle(context: ChapterContext) -> None:
    if tab := context.chapter.own_tab("cycle"):
        write(context, tab, cycle.content_of(context))


def _try(context: ChapterContext, what: str, work: Callable[[], str | None], tell: Tell) -> None:
    try:
        said = work()
    except Busy:
        return  # another job is at work: the next strike looks again
    except Exception as fault:  # noqa: BLE001 - the tabs never stop the work they are about
        step = READABLE_BY.get(what, what) if isinstance(fault, roll.StaysReadable) else what
        troubles_of(context).failed(step, fault)
        verb = "emptied" if what.startswith("former") else "written"
        tell(f"the {what} could not be {verb}: {describe(fault)}")
        return
    for step in filter(None, (what, READABLE_BY.get(what))):
        troubles_of(context).over(step)
    if said:
        tell(said)


def _alert(context: ChapterContext, tell: Tell) -> None:
    """Tell the officers of a tab that cannot be emptied, and when it is over."""
    with suppress(ClerkError):  # the ledger does not answer: the next strike looks again
        places = {ALERTED[step] for step in lasting(context) if step in ALERTED}
        open_ones = (one.alert for one in context.ledger.alerts.still_so())
        if places != {one.place for one in open_ones if one.kind in TABS}:
            kind = AlertKind.TAB_NOT_EMPTIED
            found = [Alert(kind=kind, place=place) for place in sorted(places)]
            if said := tell_officers(context, found, TABS):
                tell(said)
