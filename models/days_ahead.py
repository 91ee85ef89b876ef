"""The day it is, which remembers the days it was compared with: until when a result holds.

What the rules find changes by itself on some days: an event drops out of its window, a spell ends,
an edition comes into force, a date in a row is no longer in the future. To list these days would be
to write each rule a second time. Instead, the day that is handed to the rules notes each comparison
that another day would decide otherwise. Whatever else is asked of it holds for one day alone.

What reads a date behind Python's back is not seen: `datetime.combine` alone does, and no rule
combines the day it is.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Self

DAY = timedelta(days=1)


class DaysAhead:
    """Until when what was found with the help of a day holds."""

    def __init__(self, today: date) -> None:
        self.on = date(today.year, today.month, today.day)
        """The day itself."""
        self.changes: date = date.max
        """The first day on which something may be found otherwise."""
        self.today: date = WatchedDay.of(self.on, self, timedelta(0))
        """The day as the rules get it."""

    def note(self, day: date) -> None:
        """Something may change on this day."""
        self.changes = min(self.changes, max(day, self.on + DAY))

    def tomorrow(self) -> None:
        """Something may change with each day."""
        self.note(self.on)


class WatchedDay(date):
    """The day it is, or one at a distance from it."""

    _ahead: DaysAhead
    _distance: timedelta
    _plain: date

    @classmethod
    def of(cls, plain: date, ahead: DaysAhead, distance: timedelta) -> Self:
        """The day that lies so far from the one it is."""
        made = cls.__new__(cls, plain.year, plain.month, plain.day)
        made._ahead, made._distance, made._plain = ahead, distance, plain
        return made

    def _compared(self, how: Callable[[date, date], bool], other: object) -> bool:
        if type(other) is not date:
            if isinstance(other, WatchedDay):  # both move on alike
                return how(self._plain, other._plain)
            if not isinstance(other, date) or isinstance(other, datetime):
                return NotImplemented  # type: ignore[no-any-return]  # asks the other
        found = how(self._plain, other)
        if self._plain <= other:
            if self._plain < other and how(other, other) != found:
                self._note(other)
            elif other < date.max and how(other + DAY, other) != found:
                self._note(other + DAY)
        return found

    def _note(self, day: date) -> None:
        """Something changes once this day has come as far as that one."""
        try:
            on = day - self._distance
        except OverflowError:
            on = date.max if self._distance < timedelta(0) else date.min
        self._ahead.note(on)

    def __lt__(self, other: object) -> bool:
        return self._compared(lt, other)

    def __le__(self, other: object) -> bool:
        return self._compared(le, other)

    def __gt__(self, other: object) -> bool:
        return self._compared(gt, other)

    def __ge__(self, other: object) -> bool:
        return self._compared(ge, other)

    def __eq__(self, other: object) -> bool:
        return self._compared(eq, other)

    def __ne__(self, other: object) -> bool:
        return self._compared(ne, other)

    def __add__(self, distance: timedelta) -> Self:
        return self.of(self._plain + distance, self._ahead, self._distance + distance)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self + -other
        if isinstance(other, WatchedDay):
            return self._plain - other._plain
        return self._of_today() - other

    def __rsub__(self, other: date) -> timedelta:
        return other - self._of_today()

    @property
    def year(self) -> int:
        """Its year, which another follows."""
        self._note(date(min(self._plain.year + 1, date.max.year), 1, 1))
        return self._plain.year

    def _of_today(self) -> date:
        """The plain day: what is asked of it holds today."""
        self._ahead.tomorrow()
        return self._plain

    @property
    def month(self) -> int:
        """Its month."""
        return self._of_today().month

    @property
    def day(self) -> int:
        """Its day of the month."""
        return self._of_today().day

    def __hash__(self) -> int:
        return hash(self._of_today())

    def __reduce__(self) -> Any:
        return self._of_today().__reduce__()

    def __str__(self) -> str:
        return str(self._of_today())

    def __repr__(self) -> str:
        return repr(self._of_today())

    def __format__(self, form: str) -> str:
        return format(self._of_today(), form)


def _asked_today(name: str) -> Callable[..., Any]:
    """What a date is asked by a method that tells of this very day."""

    def asked(self: WatchedDay, *arguments: Any, **named: Any) -> Any:
        return getattr(self._of_today(), name)(*arguments, **named)

    return asked


for _name in (
    "ctime", "isocalendar", "isoformat", "isoweekday", "replace", "strftime", "timetuple",
    "toordinal", "weekday",
):  # fmt: skip
    setattr(WatchedDay, _name, _asked_today(_name))
