"""How the heavy work treats Python's memory."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Leave reference cycles alone for a while.

    A night makes millions of small values and hardly a cycle among them; looking for cycles each
    time they have grown takes a quarter of its time.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
