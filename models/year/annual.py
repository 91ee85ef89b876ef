"""The annual meeting, and what is due at it (SC-1, SC-3, SC-7, VM engagement).

An event of the kind “annual meeting” in the first quarter is this year's.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from models.bylaws.counting import CommitteeCount
from models.committee.members import Committee, SlateVote
from models.committee.nominees import in_first_quarter
from models.intake.participation import Event
from models.membership.reasons import Reason
from models.text import formats
from models.text.folding import folded

KIND: Final = "annual meeting"


class Came(NamedTuple):
    """How many came to the annual meeting, as numbers."""

    day: date
    voters: int
    """Who came and could vote on that day."""
    of_voters: int
    """Who could vote on that day."""
    members: int
    """Of the committee."""
    of_members: int


def annual_meetings(events: Iterable[Event], year: int) -> list[tuple[int, Event]]:
    """The annual meetings of a year's first quarter, with their numbers, earliest first."""
    found = [
        (number, event)
        for number, event in enumerate(events)
        if folded(event.kind) == KIND and event.day.year == year and in_first_quarter(event.day)
        if not event.cancelled
    ]
    return sorted(found, key=lambda one: one[1].day)


def meeting_day(events: Iterable[Event], today: date) -> date | None:
    """The day of the next annual meeting of this year or the next; None where none is planned."""
    events = list(events)
    both = (annual_meetings(events, year) for year in (today.year, today.year + 1))
    return next((e.day for found in both for _, e in found if e.day >= today), None)


def due_this_year(
    meetings: Sequence[Event],
    committee: Committee | None,
    votes: Collection[SlateVote],
    priorities: Collection[date],
    today: date,
    rules: CommitteeCount,
    waiting: Collection[str] = (),
) -> Iterator[Reason]:
    """What the members or the committee vote on in this first quarter, and whether they did.

    Before the quarter's end what is due is for a look; what is late is in the committee's own
    reasons (SC-R5).

    Args:
        meetings: this year's annual meetings, earliest first.
        votes: the members' published votes on slates.
        priorities: the days of their published votes on priorities.
        waiting: `slate` or `priorities`, where this year's vote is counted and not published.
    """
    if not in_first_quarter(today):
        return
    yield _meeting(meetings, today)
    confirmed = any(one.on.year == today.year and one.confirmed for one in votes)
    slates = committee.slates(rules) if committee else []
    confirmed = confirmed or any(day.year == today.year and day <= today for day in slates)
    ratified = any(d.year == today.year for d in priorities)
    for rule, what, done, purpose in (
        ("SC-1", "the slate", confirmed, "slate"),
        ("SC-7", "the annual priorities", ratified, "priorities"),
    ):
        if purpose in waiting and not done:
            fact = f"{what}: voted on in the first quarter of {today.year}, and not published yet"
            yield Reason(rule, fact, True)
        else:
            yield _due(rule, what, done, today)
    if committee is None:
        return
    chosen = [one.co_chair_since for one in committee.members if one.co_chair_since]
    chairs = committee.chairs(today, rules).values()
    done = any(day.year == today.year and day <= today for day in chosen)
    if done or not chairs or min(chair.due for chair in chairs).year <= today.year:
        yield _due("SC-3", "the co-chairs, by the committee", done, today)


def _meeting(meetings: Sequence[Event], today: date) -> Reason:
    if not meetings:
        fact = (
            f"no annual meeting is in the Events tab for the first quarter of {today.year}; add an "
            f"event of the kind “{KIND}”"
        )
        return Reason("SC-1", fact, True, look=True)
    day = meetings[-1].day
    when = "is on" if day >= today else "was on"
    return Reason("SC-1", f"the annual meeting {when} {formats.day(day)}", True)


def _due(rule: str, what: str, done: bool, today: date) -> Reason:
    state = "voted on" if done else "due"
    fact = f"{what}: {state} in the first quarter of {today.year}"
    return Reason(rule, fact, True, look=not done)
