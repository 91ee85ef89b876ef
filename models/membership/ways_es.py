"""The same in Spanish: phrases for the Spanish half of the letters, made of the paths in force.

The kinds of events have the chapter's own English names, so that a way that rests on some kinds is
told in general words: that the bylaws' conditions are met. What is said is true of every recipient.
"""

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
from models.membership.asked import asked_es
from models.membership.ways import (
    Counting,
    Single,
    Ways,
    carrying,
    counting,
    either,
    ends_all,
    enough_again,
    going_on,
    lacking,
    one_of,
    told,
)


def ways_es_of(membership: Membership, *, steady: bool = True, dues: bool = False) -> Ways:
    """What the Spanish half of a letter may name; "" where there is nothing true to say.

    Args:
        steady: whether no edition to come changes who may vote.
        dues: whether a tab with dues is read.
    """
    paths = told(membership, dues=dues)
    alone = [path.conditions[0] for path in paths if len(path.conditions) == 1]
    enough = enough_again(alone)
    said = {
        "carried_by": either(filter(None, map(_doing, carrying(paths))), " o "),
        "again": "yes" if enough and not enough.kinds else "",
        "ago": _long(ends_all(paths)),
        "carry_on": either(filter(None, map(_do_enough, going_on(paths))), " o ").capitalize(),
    }
    return {
        "did": _did(paths),
        "asked": asked_es(paths),
        "within": one_of({_within(one) for one in counting(membership)}),
        "one_more": ""
        if lacking(membership, paths) is not None
        else " del tipo que todavía le falta",
        "or_else": ", o haga voluntariado una vez" if any(map(_is_once, alone)) else "",
        **(said if steady else dict.fromkeys(said, "")),
    }


def _did(paths: tuple[Path, ...]) -> str:
    """What somebody did who has the vote; "" where a kind of event is part of it."""
    said = [[_condition(one) for one in path.conditions] for path in paths]
    if not all(all(path) for path in said):
        return ""
    return either((" y ".join(path) for path in said), ", o ").capitalize()


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


def _do_enough(one: Single) -> str:
    """What is enough for a vote to go on; "" where a kind of event is part of it."""
    match one:
        case Events() if not one.kinds:
            many = one.at_least.value > 1
            return f"asista a {'suficientes actividades' if many else 'una actividad'}"
        case Volunteered():
            return "haga voluntariado una vez"
    return ""


def _doing(one: Single) -> str:
    match one:
        case Events() if not one.kinds:
            return "asistir a actividades"
        case Volunteered():
            return "hacer voluntariado"
    return ""


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
