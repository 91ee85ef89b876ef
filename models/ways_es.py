"""The same in Spanish: phrases for the Spanish half of the letters, made of the paths in force.

The kinds of events have the chapter's own English names, so that a way that rests on some kinds is
told in general words: that the bylaws' conditions are met. What is said is true of every recipient.
"""

from collections.abc import Iterator

from models.bylaws.conditions import (
    AnyCondition,
    DuesPaid,
    Events,
    LastEvents,
    OfEvents,
    Registered,
    Share,
    Volunteered,
)
from models.bylaws.paths import Membership, Path
from models.bylaws.windows import CALENDAR_YEAR, EVER, YEAR, Window
from models.ways import COUNTING, Counting, Ways, ends_all


def ways_es_of(membership: Membership) -> Ways:
    """What the Spanish half of a letter may name; "" where there is nothing true to say."""
    alone = [path.conditions[0] for path in membership.paths if len(path.conditions) == 1]
    lasting = [one for one in alone if isinstance(one, Events) and one.window.value != EVER]
    counting = [one for one in membership.conditions() if isinstance(one, COUNTING)]
    looked_back = {_within(one) for one in counting}
    return {
        "did": _did(membership.paths),
        "carried": "yes" if lasting and not lasting[0].kinds else "",
        "within": looked_back.pop() if len(looked_back) == 1 else "hasta ahora" if counting else "",
        "or_else": "".join(", o haga voluntariado una vez" for one in alone if _is_once(one)),
        "ago": _long(ends_all(membership.paths)),
        "carry_on": " o ".join(_carrying(alone)).capitalize(),
    }


def _did(paths: tuple[Path, ...]) -> str:
    """What somebody did who has the vote; "" where a kind of event is part of it."""
    said = [[_condition(one) for one in path.conditions] for path in paths]
    if not all(all(path) for path in said):
        return ""
    return ", o ".join(" y ".join(path) for path in said).capitalize()


def _condition(one: AnyCondition) -> str:
    match one:
        case OfEvents() if one.kinds:
            return ""
        case Events() | Share():
            return "asistió a suficientes actividades nuestras"
        case LastEvents():
            return "asistió a suficientes de nuestras últimas actividades"
        case Volunteered():
            return "hizo voluntariado con nosotros"
        case Registered():
            return "lleva suficiente tiempo en nuestro registro"
        case DuesPaid():
            return "pagó sus cuotas"
    return ""


def _is_once(one: AnyCondition) -> bool:
    return isinstance(one, Volunteered) and one.at_least.value == 1


def _carrying(alone: list[AnyCondition]) -> Iterator[str]:
    for one in alone:
        if isinstance(one, Events) and one.window.value != EVER and not one.kinds:
            yield "asista a una actividad"
        elif _is_once(one):
            yield "haga voluntariado una vez"


def _within(one: Counting) -> str:
    if isinstance(one, LastEvents):
        return f"entre las últimas {one.of_last.value}"
    window = one.window.value
    said = {YEAR: "en el último año", CALENDAR_YEAR: "en este año calendario", EVER: "hasta ahora"}
    return said.get(window) or f"en los últimos {_long(window)}"


def _long(window: Window) -> str:
    """A window as a length of time, "" where it is none."""
    if window in (CALENDAR_YEAR, EVER):
        return ""
    if window == YEAR:
        return "un año"
    months = int(window.split()[0])
    return "un mes" if months == 1 else f"{months} meses"
