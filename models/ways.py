"""What the letters say of the ways to a vote: phrases made of the paths in force (VM-4, VM-R7).

A letter goes to many at once, so that it speaks of the rule; each recipient's own numbers are merge
fields. Where paths differ too much for one phrase, it is left out rather than wrong.
"""

from collections.abc import Iterator, Sequence

from models.bylaws.conditions import (
    AnyCondition,
    Attended,
    Attested,
    DuesPaid,
    Events,
    LastEvents,
    OfEvents,
    OnTheDay,
    Registered,
    Share,
    Volunteered,
)
from models.bylaws.paths import Membership, Path
from models.bylaws.windows import CALENDAR_YEAR, EVER, YEAR, Window
from models.reasons import back, numbered

Ways = dict[str, str]
Counting = Events | LastEvents | Share | Attended | Volunteered
COUNTING = Events, LastEvents, Share, Attended, Volunteered
"""What counts events; the others look at a day, or at the person."""


def ways_of(membership: Membership) -> Ways:
    """What a letter's text may name, by name; "" where there is nothing true to say."""
    alone = [path.conditions[0] for path in membership.paths if len(path.conditions) == 1]
    lasting = [one for one in alone if isinstance(one, Events) and one.window.value != EVER]
    helping: list[OfEvents] = [one for one in membership.conditions() if isinstance(one, OfEvents)]
    counting = [one for one in membership.conditions() if isinstance(one, COUNTING)]
    looked_back = {_within(one) for one in counting}
    return {
        "did": ", or ".join(" and ".join(map(_did, path.conditions)) for path in membership.paths),
        "carried_by": _one(lasting[0]) if lasting else "",
        "within": looked_back.pop() if len(looked_back) == 1 else "so far" if counting else "",
        "one_more": _one_more(helping),
        "or_else": "".join(f", or {do}" for one in alone if (do := _do_once(one))),
        "together": "yes" if all(isinstance(one, Events) for one in helping) else "",
        "ago": _ago(membership.paths),
        "carry_on": " or ".join(_carrying(alone)).capitalize(),
        "again": f"enough {_events(lasting[0])}" if lasting else "",
    }


def _did(one: AnyCondition) -> str:
    """What somebody did who fulfils a condition."""
    match one:
        case Events() | Share():
            return f"came to enough of our {_events(one)}"
        case LastEvents():
            return f"came to enough of our last {_events(one)}"
        case OnTheDay():
            return f"came to the {_one(one)} of the day"
        case Attended():
            return f"came to our {_one(one)}"
        case Volunteered():
            return "volunteered with us"
        case Registered():
            return "have been registered for long enough"
        case DuesPaid():
            return "paid your dues"
        case Attested():
            return "are on record as taking part"


def _do_once(one: AnyCondition) -> str:
    """What somebody may do to have the vote by that alone, beside coming to one more event."""
    match one:
        case Volunteered() if one.at_least.value == 1:
            return "volunteer once"
        case Attended():
            return f"come to our {_one(one)}"
    return ""


def _carrying(alone: list[AnyCondition]) -> Iterator[str]:
    """What lets a vote go on without a break."""
    for one in alone:
        if isinstance(one, Events) and one.window.value != EVER:
            event = _one(one)
            yield f"come to {'an' if event[0] in 'aeiou' else 'a'} {event}"
        elif do := _do_once(one):
            yield do


def _one_more(helping: list[OfEvents]) -> str:
    """The kinds of which one more would do; "" where any event would."""
    kinds = [kind for one in helping for kind in one.kinds]
    if not all(one.kinds for one in helping):
        return ""
    return "".join(f" {numbered(tuple(dict.fromkeys(kinds)), 1)}" for _ in kinds[:1])


def _within(one: Counting) -> str:
    """How far back a condition looks."""
    if isinstance(one, LastEvents):
        return f"among the last {one.of_last.value}"
    return back(one.window.value)


def _ago(paths: Sequence[Path]) -> str:
    """How old the first of the events may be that a vote rests on, if that is what ends it."""
    window = ends_all(paths)
    return {YEAR: "a year", CALENDAR_YEAR: "", EVER: ""}.get(window, window)


def ends_all(paths: Sequence[Path]) -> Window:
    """The window that ends what each of the paths gives; “ever” where it is not one for all."""
    windows = {_ends_by(path) for path in paths}
    return windows.pop() if len(windows) == 1 else EVER


def _ends_by(path: Path) -> Window:
    """The window that ends what a path gives; “ever” where it is not a window alone."""
    first, *others = path.conditions
    if others or not isinstance(first, Events | Attended | Volunteered):
        return EVER
    return first.window.value


def _one(one: OfEvents | Attended) -> str:
    return numbered(one.kinds or ("event",), 1)


def _events(one: OfEvents) -> str:
    return numbered(one.kinds or ("event",), 2)
