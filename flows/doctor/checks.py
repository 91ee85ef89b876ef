"""One thing that `clerk doctor` looks at, what it found, and what all of them come to."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from models.errors import ClerkError, TryAgainLater

Look = tuple[str, Callable[[], str]]
"""One thing to check, and how; it gives what was found or raises what is wrong."""


class Check(NamedTuple):
    """One thing checked."""

    what: str
    fine: bool
    found: str
    next_step: str = ""
    exit_code: int = 0
    same_as: str = ""
    """The check that failed for the same reason and tells it; "" for a reason of its own."""


def exit_code_of(checks: Iterable[Check]) -> int:
    """The highest code; “try again later” only if trying again is all there is to do."""
    codes = {check.exit_code for check in checks}
    return max(codes - {0, TryAgainLater.exit_code}, default=max(codes, default=0))


def summary_of(checks: Iterable[Check]) -> str:
    """The last line: as many as were shown, and how many of them want a hand."""
    wrong = [check for check in checks if not check.fine]
    follow = sum(1 for check in wrong if check.same_as)
    if not wrong:
        return "Everything works."
    if not follow:
        return f"{len(wrong)} to fix"
    return f"{len(wrong)} ✗: {len(wrong) - follow} to fix; {follow} fail for the same reasons"


def looked(what: str, look: Callable[[], str]) -> Check:
    """Look, and take an error for what was found."""
    try:
        return Check(what, True, look())
    except ClerkError as error:
        return failed(what, error)


def failed(what: str, error: ClerkError) -> Check:
    """A check that an error speaks for."""
    found = f"{error.where}: {error.fact}" if error.where else error.fact
    if error.rule:
        found += f" ({error.rule})"
    return Check(what, False, found, error.next_step, error.exit_code)
