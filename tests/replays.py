"""What a chapter does is played once in a process: from the same state, its end is put back.

Hundreds of tests begin with the same first night and the same opening. The first of them lets it
happen; the others are given all it left behind: both services to the last number, their journal,
the clock, and each file of the folder.

The state is all that the end can depend on: both services, the folder, the moment, and the
variables that our settings read. So a test that changed anything before plays what follows anew. So
does one that has something patched (with pytest's MonkeyPatch), a fault or a hook in waiting, or
the ledger open, and one that looks at what is printed or logged.
"""

import hashlib
import io
import os
import pickle
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakSet

import pytest

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.server import Sandbox

T = TypeVar("T")
Files = dict[str, tuple[int, bytes | None]]
"""Path in the folder → its mode, and what a file holds; None for a folder."""
_LISTENERS = {"caplog", "capfd", "capfdbinary", "capsys", "capsysbinary", "recwarn"}
_INSIDE = 'ledger = "sqlite:///ledger/'
_OUTSIDE = re.compile(r'"(/|~|\.\.)')
"""Of `chapter.toml`: where the ledger must be, and a path that leads out of the folder."""
_NOT_STATE = {"now", "tokens"}
"""Of the sandbox's Google: the clock is asked apart, and a token is good for its bearer alone."""


class NotPlain(Exception):
    """A state that cannot be put back."""


@dataclass(frozen=True)
class _End:
    services: bytes
    files: Files
    journal: list[Exchange]
    returned: Any


class Replays:
    """The ends of what was played in this process.

    Args:
        most: how many are kept, of about half a megabyte each.

    Attributes:
        listened: whether the test of now looks at what is printed or logged.
    """

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._ends: OrderedDict[bytes, _End] = OrderedDict()
        self._patches: WeakSet[pytest.MonkeyPatch] = WeakSet()
        self.listened = True  # outside of a test, as where speed is measured, all is played
        self.harmless: pytest.MonkeyPatch | None = None

    def __len__(self) -> int:
        return len(self._ends)

    def forget(self) -> None:
        """Play everything anew."""
        self._ends.clear()

    def watch(self) -> None:
        """Know of each MonkeyPatch from now on."""
        known, made = self._patches, pytest.MonkeyPatch.__init__

        def noted(self: pytest.MonkeyPatch) -> None:
            made(self)
            known.add(self)

        pytest.MonkeyPatch.__init__ = noted  # type: ignore[method-assign]

    def begin(self, fixtures: Iterable[str]) -> None:
        """A test begins that uses these fixtures."""
        self.listened = not _LISTENERS.isdisjoint(fixtures)

    def of(
        self, what: object, sandbox: Sandbox, folder: Path, now: object, play: Callable[[], T]
    ) -> T:
        """Play it, or put back its end.

        Args:
            what: names all that `play` does, as its repr says it.
            now: what the clock says.
            play: changes nothing but the sandbox and the folder; what it returns is not changed.
        """
        try:
            before, files = self._state(sandbox, folder)
        except NotPlain:
            return play()
        said = [before, repr((what, now, sandbox.google_url)).encode()]
        said += [repr((path, *files[path])).encode() for path in sorted(files)]
        key = hashlib.sha256(b"\0".join(hashlib.sha256(one).digest() for one in said)).digest()
        if end := self._ends.get(key):
            self._ends.move_to_end(key)
            _put_back(end, sandbox, folder, files)
            returned: T = end.returned
            return returned
        asked = len(sandbox.journal)
        played = play()
        try:
            _, files = self._state(sandbox, folder)
        except NotPlain:
            return played
        after = pickle.dumps(_services(sandbox))
        self._ends[key] = _End(after, files, sandbox.journal[asked:], played)
        while len(self._ends) > self._most:
            self._ends.popitem(last=False)
        return played

    def _state(self, sandbox: Sandbox, folder: Path) -> tuple[bytes, Files]:
        patched = any(_patches_now(one) for one in self._patches if one is not self.harmless)
        if self.listened or patched or not sandbox.faults.quiet:
            raise NotPlain
        try:
            services = _told(_services(sandbox))
        except (pickle.PicklingError, AttributeError, TypeError):
            raise NotPlain from None  # somebody listens in it
        return services, _files(folder)


def _patches_now(one: pytest.MonkeyPatch) -> bool:
    ours = [target for target, *_ in one._setattr if not isinstance(target, pytest.Config)]
    return bool(ours or one._setitem or one._cwd or one._savesyspath is not None)


def _services(sandbox: Sandbox) -> tuple[dict[str, Any], dict[str, Any]]:
    google = {n: v for n, v in vars(sandbox.google).items() if n not in _NOT_STATE}
    return google, {f.name: getattr(sandbox.mailchimp, f.name) for f in fields(sandbox.mailchimp)}


def _told(state: Any) -> bytes:
    """Return the same bytes for equal states, whichever of their texts are one object."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out)
    pickler.fast = True
    pickler.dump(state)
    return out.getvalue()


def _files(folder: Path) -> Files:
    settings = (folder / "chapter.toml").read_text()
    if (
        _INSIDE not in settings
        or _OUTSIDE.search(settings)
        or any(n.startswith("CLERK_") for n in os.environ)
    ):
        raise NotPlain  # something of it is kept elsewhere
    found: Files = {}
    for path in folder.rglob("*"):
        if path.is_symlink() or not (path.is_file() or path.is_dir()) or "-wal" in path.name:
            raise NotPlain  # the ledger is open, or it is no usual folder
        content = path.read_bytes() if path.is_file() else None
        found[str(path.relative_to(folder))] = path.stat().st_mode & 0o777, content
    return found


def _put_back(end: _End, sandbox: Sandbox, folder: Path, files: Files) -> None:
    google, mailchimp = pickle.loads(end.services)  # noqa: S301 - our own, of this process
    for state, new in ((sandbox.google, google), (sandbox.mailchimp, mailchimp)):
        for name, value in new.items():
            setattr(state, name, _become(getattr(state, name), value))
    sandbox.recall(end.journal)
    for gone in sorted(files.keys() - end.files.keys(), reverse=True):
        path = folder / gone
        path.rmdir() if path.is_dir() else path.unlink()
    for name, (mode, content) in sorted(end.files.items()):
        if files.get(name) == (mode, content):
            continue
        path = folder / name
        path.mkdir(exist_ok=True) if content is None else path.write_bytes(content)
        path.chmod(mode)


def _become(old: Any, new: Any) -> Any:
    """The new value, in the old one's place wherever a test may hold that in its hand."""
    if type(old) is not type(new):
        return new
    if isinstance(new, dict):
        changed = {key: _become(old.get(key), value) for key, value in new.items()}
        old.clear()
        old.update(changed)
    elif isinstance(new, list):
        old[:] = [_become(was, value) for was, value in zip_longest(old[: len(new)], new)]
    elif isinstance(new, set):
        old.clear()
        old.update(new)
    elif is_dataclass(new) and not new.__dataclass_params__.frozen:
        for each in fields(new):
            setattr(old, each.name, _become(getattr(old, each.name), getattr(new, each.name)))
    else:
        return new
    return old


REPLAYS = Replays()
