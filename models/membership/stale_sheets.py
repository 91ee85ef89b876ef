"""Events that nobody signed in at since a sheet's last day: it may have got no more answers (VM-2).

A sheet of only one event does not say how long the others are kept. A day that has not come is a
slip, or a sign-in ahead of time: the sheet is no newer by it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from operator import itemgetter

from models.bylaws.paths import Membership
from models.intake.participation import Event
from models.membership.event_hints import LATE_ENTRY


def unsigned_since(
    speak_of: Iterable[tuple[str, date]],
    events: Sequence[Event],
    busy: Collection[int],
    membership: Membership,
    today: date,
) -> tuple[str, date, list[Event]]:
    """The sheet with the newest sign-in, its day, and the events held since without one.

    Args:
        speak_of: of each tab or form the days that its rows speak of.
        busy: the numbers of the events that people signed in at.
    """
    past = [one for one in speak_of if one[1] <= today]
    days = Counter(source for source, _ in past)
    of_many = [one for one in past if days[one[0]] > 1]
    source, last = max(of_many or past, key=itemgetter(1), default=("", date.max))
    known = today - LATE_ENTRY  # until then a sheet of paper may still be typed in
    unsigned = (
        event
        for number, event in enumerate(events)
        if last < event.day < known
        and number not in busy
        and not (event.of_the_log or event.why_not(membership, today))
    )
    return source, last, sorted(unsigned, key=str)
