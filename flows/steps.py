"""How a piece of I/O is run: directly, or as an orchestrator's task."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Step(Protocol):
    """Runs one piece of I/O under a name: directly, or as an orchestrator's task."""

    def __call__(self, name: str, work: Callable[..., T], *arguments: Any) -> T:
        """Do the work and return what it returns."""


def directly(name: str, work: Callable[..., T], *arguments: Any) -> T:
    """Just do it."""
    return work(*arguments)
