"""What a session keeps on the server, so that no name, search, or person's id is in an address.

It is lost when the program stops: pages then say so, and lead back.
"""

import secrets
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from datetime import datetime
from threading import Lock

_KEPT, _SESSIONS = 20_000, 200
"""Names, and sessions; a session's go with its end."""


class SessionMemory:
    """Handles that stand in addresses for what must not, and what the next page is to say."""

    def __init__(self) -> None:
        self._values: OrderedDict[str, Hashable] = OrderedDict()
        self._handles: dict[Hashable, str] = {}
        self._said: dict[str, list[str]] = {}
        self._lock = Lock()

    def keep(self, value: Hashable) -> str:
        """A handle for a value; the same value has the same handle in a session."""
        with self._lock:
            handle = self._handles.get(value)
            if handle is None:
                handle = self._handles[value] = secrets.token_urlsafe(9)
                self._values[handle] = value
                if len(self._values) > _KEPT:
                    _, oldest = self._values.popitem(last=False)
                    self._handles.pop(oldest, None)
            return handle

    def kept(self, handle: str) -> Hashable | None:
        """What a handle stands for; None if it is of another session, or too old."""
        return self._values.get(handle)

    def say_next(self, path: str, lines: Iterable[str]) -> None:
        """Let the page of this path say what was done, when it is shown next."""
        with self._lock:
            self._said.setdefault(path.partition("#")[0], []).extend(lines)

    def said(self, path: str) -> list[str]:
        """What the page of this path is to say now, once."""
        with self._lock:
            return self._said.pop(path, [])


class Memories:
    """The memories of all sessions, by the session's key."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, SessionMemory] = OrderedDict()
        self._ends: dict[str, datetime] = {}
        self._lock = Lock()

    def of(self, key: str, ends: datetime, now: datetime) -> SessionMemory:
        """A session's memory; what ended sessions kept is dropped."""
        with self._lock:
            for one in [one for one, end in self._ends.items() if end <= now]:
                self._drop(one)
            self._ends[key] = ends
            held = self._held.setdefault(key, SessionMemory())
            self._held.move_to_end(key)
            while len(self._held) > _SESSIONS:
                self._drop(next(iter(self._held)))
            return held

    def forget(self, key: str) -> None:
        """A session has ended."""
        with self._lock:
            self._drop(key)

    def _drop(self, key: str) -> None:
        self._held.pop(key, None)
        self._ends.pop(key, None)
