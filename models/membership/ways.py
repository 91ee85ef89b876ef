"""What the letters say of the ways to a vote: phrases made of the paths in force (VM-4, VM-R7).

A letter goes to many at once, so that it speaks of the rule; each recipient's own numbers are merge
fields. What is said is true of every recipient, whatever path their vote rests on; where there is
nothing of that kind to say, the sentence is left out rather than wrong.
"""

from collections.abc import Iterable, Iterator, Sequence

from models.bylaws.conditions import (
    AnyCondition,
    Attended,
    Attested,
    DuesPaid,
    Events,
    Kinds,
    LastEvents,
    OfEvents,
    OnTheDay,
    Registered,
    Share,
    Volunteered,
)
from models.bylaws.paths import Membership, Path
from models.bylaws.windows import CALENDAR_YEAR, EVER, YEAR, Window
from models.membership.asked import asked
from models.membership.reasons import back, numbered

Ways = dict[str, str]
Counting = Events | LastEvents | Share | Attended | Volunteered
COUNTING = Events, LastEvents, Share, Attended, Volunteered
"""What counts events; others look at a day, or a person."""
Single = Events | Attended | Volunteered
SINGLE = Events, Attended, Volunteered
"""What a person fulfils by coming, whatever else the chapter held."""
LACKING = " of the kind you still need"
"""Said of one event more where people may lack events of different kinds."""


def ways_of(membership: Membership, *, steady: bool = True, dues: bool = False) -> Ways:
    """What a letter's text may name, by name; "" where there is nothing true to say.

    Args:
        steady: whether no edition to come changes who may vote. While one does, a vote may end
            with it whatever somebody does, so that nothing is said of what lasts.
        dues: whether a tab with dues is read.
    """
    paths = told(membership, dues=dues)
    alone = [path.conditions[0] for path in paths if len(path.conditions) == 1]
    enough = enough_again(alone)
    once = dict.fromkeys(filter(None, map(_do_once, alone)))
    said = {
        "carried_by": either(map(_doing, carrying(paths))),
        "together": "yes" if stay_together(membership.paths) else "",
        "ago": _ago(paths),
        "carry_on": either(map(_do_enough, going_on(paths))).capitalize(),
        "again": f"enough {_events(enough)}" if enough else "",
    }
    return {
        "did": either((" and ".join(map(_did, path.conditions)) for path in paths), ", or "),
        "within": one_of({_within(one) for one in counting(membership)}),
        "one_more": _one_more(membership, paths),
        "or_else": "".join(f", or {do}" for do in once),
        "asked": asked(paths),
        "ends": "yes" if all(map(_ends, paths)) else "",
        **(said if steady else dict.fromkeys(said, "")),
    }


def told(membership: Membership, *, dues: bool = False) -> tuple[Path, ...]:
    """The paths that letters speak of: those that can hold for somebody.

    Args:
        dues: whether a tab with dues is read.
    """
    unread = () if dues else membership.asking_for_dues()
    return tuple(p for p in membership.paths if p.name not in unread) or membership.paths


def counting(membership: Membership) -> list[Counting]:
    """What counts events, on a path that nothing reads yet too: they count for the evidence."""
    return [one for one in membership.conditions() if isinstance(one, COUNTING)]


def enough_again(alone: Sequence[AnyCondition]) -> Events | None:
    """The events of which enough bring back a vote that has lapsed."""
    events = (one for one in alone if isinstance(one, Events))
    return next((one for one in events if one.window.value != EVER), None)


def one_of(said: set[str]) -> str:
    """What all say, "" where they differ."""
    return said.pop() if len(said) == 1 else ""


def either(phrases: Iterable[str], between: str = " or ") -> str:
    """Each once, in order."""
    return between.join(dict.fromkeys(phrases))


def carrying(paths: Sequence[Path]) -> list[Single]:
    """What can carry every vote further; none where a vote may have no end to carry."""
    return [one for one in _rolling(paths) if all(map(_ends, paths))]


def going_on(paths: Sequence[Path]) -> list[Single]:
    """What lets every vote go on, done on whatever day between the letter and the last one.

    Within a single month an event of the first of these days may run out before the last.
    """
    long = (one for one in _rolling(paths) if one.window.value != "1 month")
    return [one for one in long if not isinstance(one, Volunteered) or one.at_least.value == 1]


def stay_together(paths: Sequence[Path]) -> bool:
    """Whether all that counts for who is one event away counts until the first of it runs out."""
    ways = [path.conditions[0] for path in paths if len(path.conditions) == 1]
    asked = [one for one in ways if isinstance(one, SINGLE)]
    events = {one.kinds for one in asked if isinstance(one, Events)}
    return (
        len(ways) == len(paths)
        and all(isinstance(one, Attested | DuesPaid | Single) for one in ways)
        and len({one.window.value for one in asked}) == 1
        and (events == {()} or (len(events) == 1 and all(isinstance(o, Events) for o in asked)))
    )


def lacking(membership: Membership, paths: Sequence[Path]) -> Kinds | None:
    """The kinds of which one more helps whoever is one event away; None if that differs.

    No kind at all: any event that counts does.
    """
    kinds = membership.kinds.value or ("",)
    helped: dict[tuple[str, ...], None] = {}
    any_event = True
    for path in paths:
        by_kind = [path.helped_by(kind, membership.helping) for kind in kinds]
        for number, one in enumerate(path.conditions):
            by = tuple(k for k, helps in zip(kinds, by_kind, strict=True) if helps[number])
            if by:
                helped[by] = None
                any_event = any_event and isinstance(one, OfEvents) and not one.kinds
    if any_event:
        return ()
    return next(iter(helped)) if len(helped) == 1 else None


def ends_all(paths: Sequence[Path]) -> Window:
    """The window that ends what each of the paths gives; “ever” where it is not one for all."""
    return one_of({_ends_by(path) for path in paths}) or EVER


def _rolling(paths: Sequence[Path]) -> Iterator[Single]:
    """What is a path by itself, and counts each event for so long from its own day on."""
    for path in paths:
        first, *others = path.conditions
        if others or not isinstance(first, SINGLE):
            continue
        if first.window.value not in (EVER, CALENDAR_YEAR):
            yield first


def _ends(path: Path) -> bool:
    """Whether a vote that a path gives has a last day, if nothing more happens."""
    return any(
        isinstance(one, OnTheDay | DuesPaid)
        or (hasattr(one, "window") and one.window.value != EVER)
        for one in path.conditions
    )


def _ends_by(path: Path) -> Window:
    """The window that ends what a path gives; “ever” where it is not a window alone."""
    first, *others = path.conditions
    return EVER if others or not isinstance(first, SINGLE) else first.window.value


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


def _do_enough(one: Single) -> str:
    """What is enough for a vote to go on, whatever it rests on now."""
    if not isinstance(one, Events):
        return _do_once(one)
    if one.at_least.value > 1:
        return f"come to enough {_events(one)}"
    event = _one(one)
    return f"come to {'an' if event[0] in 'aeiou' else 'a'} {event}"


def _doing(one: Single) -> str:
    match one:
        case Events():
            return f"coming to {_events(one)}"
        case Attended():
            return f"coming to our {_one(one)}"
        case Volunteered():
            return "volunteering"


def _one_more(membership: Membership, paths: Sequence[Path]) -> str:
    """The kinds of which one more would do; "" where any event would."""
    kinds = lacking(membership, paths)
    if kinds is None:
        return LACKING
    return f" {numbered(kinds, 1)}" if kinds else ""


def _within(one: Counting) -> str:
    """How far back a condition looks."""
    if isinstance(one, LastEvents):
        return f"among the last {one.of_last.value}"
    return back(one.window.value)


def _ago(paths: Sequence[Path]) -> str:
    """How old the first of the events may be that a vote rests on, if that is what ends it."""
    window = ends_all(paths)
    return {YEAR: "a year", CALENDAR_YEAR: "", EVER: ""}.get(window, window)


def _one(one: OfEvents | Attended) -> str:
    return numbered(one.kinds or ("event",), 1)


def _events(one: OfEvents) -> str:
    return numbered(one.kinds or ("event",), 2)
