"""How much may be asked in how short a time: a wall against guessing and against a mad script."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

_REMEMBERED = 1000


class Limit:
    """At most so many in a span of time, for each who asks."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most, self._within = most, within
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def allows(self, who: str, now: datetime) -> bool:
        """Whether one more is within the limit; it is counted if so."""
        with self._lock:
            times = self._seen.setdefault(who, deque())
            self._seen.move_to_end(who)
            while len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
            while times and times[0] <= now - self._within:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(now)
            return True
