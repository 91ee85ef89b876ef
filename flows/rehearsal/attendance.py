"""Who came to what: events and sign-ins by which the invented people have the status they play.

Under whatever bylaws: who may vote came to every event and helped, unless a path asks for a number
of events alone; then they came to that many, or to some more.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from flows.rehearsal.people import AWAY, UNREACHED, VOTES
from models.bylaws.conditions import Attested, DuesPaid, Events, LastEvents
from models.bylaws.paths import Membership
from models.text import formats

EVERY = timedelta(days=6)
EVENTS = 10
_NOT_INVENTED: Mapping[type, str] = {
    DuesPaid: "paid dues (which no invented person has)",
    Attested: "a record of the person by name (which no invented person has)",
}


class Held(NamedTuple):
    """An event of the months before."""

    day: date
    name: str
    kind: str


class Came(NamedTuple):
    """Who came to an event, by number."""

    event: Held
    people: tuple[int, ...]


def events(membership: Membership, today: date) -> list[Held]:
    """The events before today, newest first, of all kinds that count by being attended."""
    kinds = [k for k in membership.kinds.value if k not in membership.helping]
    kinds = kinds or list(membership.kinds.value)
    held = []
    for number in range(EVENTS):
        day, kind = today - EVERY * (number + 1), kinds[number % len(kinds)]
        held.append(Held(day, f"{kind.capitalize()} {number + 1}", kind))
    return held


def came(membership: Membership, held: list[Held], plays: list[tuple[int, str]]) -> Iterator[Came]:
    """Who came to each of the events."""
    needed, alone = _needed(membership)
    many = {}
    for number, part in plays:
        if part in (VOTES, UNREACHED):
            many[number] = min(EVENTS, needed + number % 4) if alone else EVENTS
        elif part == AWAY:
            many[number] = needed - 1
    for place, event in enumerate(held):
        yield Came(event, tuple(number for number, most in many.items() if place < most))


def helped(membership: Membership, plays: list[tuple[int, str]]) -> list[int]:
    """Who helped as a volunteer: nobody where events alone give the vote."""
    if _needed(membership)[1]:
        return []
    return [number for number, part in plays if part in (VOTES, UNREACHED)]


def warnings_of(membership: Membership) -> list[str]:
    """What has to be known before: bylaws under which no invented person can vote."""
    asked = [
        {type(one) for one in path.conditions} & _NOT_INVENTED.keys() for path in membership.paths
    ]
    if not all(asked):
        return []
    whys = formats.listed(sorted({_NOT_INVENTED[kind] for kinds in asked for kind in kinds}))
    begins = "Nobody can vote when this rehearsal begins, so no vote can be tried"
    return [f"{begins}: each path of the bylaws asks for {whys}."]


def _needed(membership: Membership) -> tuple[int, bool]:
    """How many events a path asks for, and whether one asks for nothing else."""
    asked = [
        (condition.at_least.value, len(path.conditions) == 1 and _any_kind(condition))
        for path in membership.paths
        for condition in path.conditions
        if isinstance(condition, Events | LastEvents)
    ]
    alone = [many for many, is_alone in asked if is_alone and many <= EVENTS]
    if alone:
        return min(alone), True
    return min((many for many, _ in asked), default=1), False


def _any_kind(condition: Events | LastEvents) -> bool:
    return isinstance(condition, Events) and not condition.kinds and not condition.before_the_day
