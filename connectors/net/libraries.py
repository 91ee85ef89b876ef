"""Code in C, whose sockets are not seen: none that did not come with the installation (DP-3)."""

import os
import site
import sysconfig

from connectors.net.refusals import not_started

PAST_US = {
    "_posixsubprocess": "it would start programs unasked: the one that asks is loaded already",
    "cffi": "it calls any function in C; what needs its compiled part alone goes on",
    "_xxsubinterpreters": "another interpreter in this process would have no net",
    "_interpreters": "as above; its name since Python 3.13",
}
"""Modules that are not loaded behind the net, and why."""


def _installed() -> tuple[str, ...]:
    known = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    places = {*known, *site.getsitepackages()}
    return tuple(os.path.realpath(place) + os.sep for place in places)


INSTALLED = _installed()
"""Where compiled modules may be loaded from: Python's own library, and what was installed."""


def hold_modules(name: str, file: object, *_: object) -> None:
    """Let a module be loaded, and a compiled one from where Python and its packages are installed.

    Raises:
        NotDone: it may not; the path is not repeated.
    """
    if name in PAST_US:
        raise not_started(f"the module {name}")
    if file is not None and not os.path.realpath(os.fsdecode(file)).startswith(INSTALLED):  # type: ignore[arg-type]  # a path, or None
        raise not_started("a compiled module from elsewhere")


def hold_libraries(name: object) -> None:
    """Let `ctypes` open the interpreter itself, which it does when it is imported, and no library.

    Raises:
        NotDone: it may not.
    """
    if name is not None:
        raise not_started("a library in C")


def hold_functions(_: object, name: object) -> None:
    """Let `ctypes` find the interpreter's own functions, and no others.

    Raises:
        NotDone: it may not.
    """
    if not str(name).startswith("Py"):
        raise not_started("a function in C")
