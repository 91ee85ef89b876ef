"""What is asked of a newcomer who wants to vote: the paths in force, as things to do (VM-5, VM-R7).

Unlike the other phrases of the letters, these say how many events: the reader has yet to come.
"""

from collections.abc import Iterable

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
from models.bylaws.paths import Path
from models.bylaws.windows import CALENDAR_YEAR, EVER, YEAR, Window
from models.membership.reasons import numbered


def asked(paths: Iterable[Path]) -> str:
    """As “come to 3 events within a year, or volunteer once within a year”."""
    return ", or ".join(" and ".join(map(_do, path.conditions)) for path in paths)


def asked_es(paths: Iterable[Path]) -> str:
    """The same in Spanish; "" where a kind of event, which has an English name, is part of it."""
    said = [[_do_es(one) for one in path.conditions] for path in paths]
    return ", o ".join(" y ".join(path) for path in said) if all(map(all, said)) else ""


def _do(one: AnyCondition) -> str:
    match one:
        case Events():
            many = one.at_least.value
            return f"come to {many} {_of(one, many)}{_within(one.window.value)}"
        case LastEvents():
            last = one.of_last.value
            return f"come to {one.at_least.value} of our last {last} {_of(one, last)}"
        case Share():
            return f"come to {_share(one)} of our {_of(one, 2)}{_within(one.window.value)}"
        case OnTheDay():
            return f"come to the {_of(one, 1)} at which we vote"
        case Attended():
            return f"come to our {numbered(one.kinds, 1)}{_within(one.window.value)}"
        case Volunteered():
            many = one.at_least.value
            times = "once" if many == 1 else f"{many} times"
            return f"volunteer {times}{_within(one.window.value)}"
        case Registered():
            days = one.days.value
            return f"be registered for {days} {'day' if days == 1 else 'days'}"
        case DuesPaid():
            return "pay your dues"
        case Attested():
            return "have someone record that you take part"


def _do_es(one: AnyCondition) -> str:
    match one:
        case OfEvents() if one.kinds:
            return ""
        case Events():
            many = one.at_least.value
            activities = "una actividad" if many == 1 else f"{many} actividades"
            return f"asista a {activities}{_within_es(one.window.value)}"
        case LastEvents():
            last = one.of_last.value
            return f"asista a {one.at_least.value} de nuestras últimas {last} actividades"
        case Volunteered():
            many = one.at_least.value
            times = "una vez" if many == 1 else f"{many} veces"
            return f"haga voluntariado {times}{_within_es(one.window.value)}"
        case Registered():
            days = one.days.value
            return f"lleve {days} {'día' if days == 1 else 'días'} en nuestro registro"
        case DuesPaid():
            return "pague sus cuotas"
    return ""


def _of(one: OfEvents, many: int) -> str:
    return str(numbered(one.kinds or ("event",), many))


def _share(one: Share) -> str:
    percent = one.share.value * 100
    return f"{percent}%" if percent.denominator == 1 else str(one.share.value)


def _within(window: Window) -> str:
    """In what time, counted from whatever day."""
    said = {YEAR: " within a year", CALENDAR_YEAR: " within a calendar year", EVER: ""}
    return said.get(window, f" within {window}")


def _within_es(window: Window) -> str:
    said = {YEAR: " en un año", CALENDAR_YEAR: " en un mismo año calendario", EVER: ""}
    if window in said:
        return said[window]
    months = int(window.split()[0])
    return " en un mes" if months == 1 else f" en {months} meses"
