"""What ends a night for good; all else leaves it cut short, and the clock takes it up again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from flows.context import ChapterContext
from models.errors import ClerkError, TryAgainLater

Ends = Callable[[BaseException], bool]
"""Whether what a night met ends it."""


def fault(met: BaseException) -> bool:
    """End a scheduled run at every fault, but not when its own process ends (Ctrl-C)."""
    return isinstance(met, Exception)


def fault_or_ctrl_c(met: BaseException) -> bool:
    """A night that a person began at a terminal: what they stop stays stopped."""
    return isinstance(met, Exception | KeyboardInterrupt)


def incurable(met: BaseException) -> bool:
    """A night that the clock finishes: the next strike tries again where that may help."""
    return fault(met) and not isinstance(met, TryAgainLater)


@contextmanager
def marked_if(context: ChapterContext, run: int, ends: Ends) -> Iterator[None]:
    """Mark the run as failed if what it meets in the block ends it."""
    try:
        yield
    except BaseException as met:
        if ends(met):
            with suppress(ClerkError):  # the ledger itself may be what fails
                context.ledger.fail(run, context.now())
        raise
