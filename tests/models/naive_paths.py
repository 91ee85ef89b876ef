"""A second judge of paths, deliberately naive: it asks the rule's words of one day after another.

Written from the text of VM-R7, VM-R1, VM-R2 and VM-R5; it shares no code with the judge.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from tests.models.naive import a_year_before

ONE_DAY = timedelta(1)


class Held(NamedTuple):
    """Something the chapter held, and whether the person came."""

    day: date
    kind: str
    came: bool


class Person(NamedTuple):
    """All that is known of somebody."""

    held: tuple[Held, ...]
    registered: date | None = None
    attested: tuple[date, ...] = ()
    paid: tuple[tuple[date, date], ...] | None = None


class Text(NamedTuple):
    """One edition: each path is a list of conditions as a file has them, without citations."""

    starting: date
    paths: tuple[tuple[dict[str, Any], ...], ...]


def begins(window: str, on: date) -> date:
    """The first day whose events still count."""
    if window == "ever":
        return date.min
    if window == "calendar year":
        return date(on.year, 1, 1)
    if window == "trailing year":
        return a_year_before(on)
    months, day = int(window.split()[0]), on
    while _that_much_later(day - ONE_DAY, months) >= on:
        day -= ONE_DAY
    return day


def _that_much_later(day: date, months: int) -> date:
    """The same date in a later month, or that month's last one."""
    month = day.month - 1 + months
    for number in (day.day, 30, 29, 28):
        try:
            return date(day.year + month // 12, month % 12 + 1, number)
        except ValueError:
            continue
    raise AssertionError


def holds(one: dict[str, Any], who: Person, on: date, extra: str | None) -> bool:
    """Whether a condition holds on a day.

    Args:
        extra: the kind of one event more, held and attended on that day.
    """
    return _WORDS[one["condition"]](one, who, on, extra)


def _of(one: dict[str, Any], who: Person, on: date, extra: str | None) -> list[Held]:
    """The events a condition is about, up to a day."""
    more = (Held(on, extra, True),) if extra else ()
    kinds = one.get("kinds")
    return [h for h in (*who.held, *more) if h.day <= on and (not kinds or h.kind in kinds)]


def _events(one: dict[str, Any], who: Person, on: date, extra: str | None) -> bool:
    first = begins(one["window"], on)
    last = on - ONE_DAY if one.get("before_the_day") else on
    came = [h for h in _of(one, who, on, extra) if h.came and first <= h.day <= last]
    return len(came) >= one["at_least"]


def _last_events(one: dict[str, Any], who: Person, on: date, extra: str | None) -> bool:
    held = sorted(_of(one, who, on, extra), key=lambda h: h.day, reverse=True)
    if len(held) > one["of_last"]:
        oldest = held[one["of_last"] - 1].day
        held = [h for h in held if h.day >= oldest]
    return sum(h.came for h in held) >= one["at_least"]


def _share(one: dict[str, Any], who: Person, on: date, extra: str | None) -> bool:
    first = begins(one["window"], on)
    held = [h for h in _of(one, who, on, extra) if first <= h.day]
    came = sum(h.came for h in held)
    return came >= 1 and Fraction(came, len(held)) >= Fraction(one["share"])


def _on_the_day(one: dict[str, Any], who: Person, on: date, extra: str | None) -> bool:
    return any(h.came and h.day == on for h in _of(one, who, on, extra))


def _attended(one: dict[str, Any], who: Person, on: date, extra: str | None) -> bool:
    return _events({**one, "at_least": 1}, who, on, extra)


def _volunteered(one: dict[str, Any], who: Person, on: date, extra: str | None) -> bool:
    return _events({**one, "kinds": ["volunteering"]}, who, on, extra)


def _registered(one: dict[str, Any], who: Person, on: date, extra: str | None) -> bool:
    return who.registered is not None and (on - who.registered).days >= one["days"]


def _dues(one: dict[str, Any], who: Person, on: date, extra: str | None) -> bool:
    return any(since <= on <= until for since, until in who.paid or ())


def _attested(one: dict[str, Any], who: Person, on: date, extra: str | None) -> bool:
    return any(begins(one["window"], on) <= day <= on for day in who.attested)


_WORDS: dict[str, Callable[[dict[str, Any], Person, date, str | None], bool]] = {
    "events": _events,
    "last events": _last_events,
    "share of events": _share,
    "on the day": _on_the_day,
    "attended": _attended,
    "volunteered": _volunteered,
    "registered": _registered,
    "dues paid": _dues,
    "attested": _attested,
}


def counts_events(path: Sequence[dict[str, Any]]) -> bool:
    """Whether a path asks for events as such; one of a kind of its own alone is no more event."""
    return any(
        one["condition"] in ("events", "last events", "share of events", "on the day")
        for one in path
    )


def verdict(who: Person, texts: Sequence[Text], on: date, kinds: Sequence[str]) -> str:
    """Say "voting", "one away" or "not yet" on one day, from what is there."""
    text = [text for text in texts if text.starting <= on][-1]

    def votes(extra: str | None) -> bool:
        return any(
            all(holds(one, who, on, extra if counts_events(path) else None) for one in path)
            for path in text.paths
        )

    if votes(None):
        return "voting"
    return "one away" if any(votes(kind) for kind in kinds) else "not yet"


def as_known(who: Person, on: date) -> Person:
    """What one knows of somebody on a day."""
    return who._replace(
        held=tuple(h for h in who.held if h.day <= on),
        attested=tuple(day for day in who.attested if day <= on),
        registered=who.registered if who.registered and who.registered <= on else None,
    )


def spell(
    who: Person, texts: Sequence[Text], on: date, kinds: Sequence[str], horizon: date
) -> tuple[date, date] | None:
    """The days around one day with the same verdict, as known that day, up to a horizon."""
    known = as_known(who, on)
    now = verdict(known, texts, on, kinds)
    if now == "not yet":
        return None
    since = until = on
    while since > texts[0].starting and verdict(known, texts, since - ONE_DAY, kinds) == now:
        since -= ONE_DAY
    while until < horizon and verdict(known, texts, until + ONE_DAY, kinds) == now:
        until += ONE_DAY
    return since, until
