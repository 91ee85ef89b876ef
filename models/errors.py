"""Errors named by what to do next. Each says place, fact, rule and next step, never an address.

The exit codes are promised to scripts (`docs/exit-codes.md`); 2 is a mistyped command, 1 a bug.
"""

from collections.abc import Sequence


class ClerkError(Exception):
    """What went wrong, told to the person who can mend it.

    Args:
        fact: what was found, in plain words, without personal data (DP-3).
        where: the place, e.g. ``Sign-ins!B17`` or ``chapter.toml [google] key_file``.
        rule: the id of the rule that asks for it, e.g. ``VM-R3``, or "".
        next_step: what the reader can do now.
    """

    exit_code = 1
    parts: Sequence[Exception] = ()
    """Of several faults told as one."""

    def __init__(self, fact: str, *, where: str = "", rule: str = "", next_step: str = "") -> None:
        self.fact, self.where, self.rule, self.next_step = fact, where, rule, next_step
        super().__init__(str(self))

    def __str__(self) -> str:
        said = f"{self.where}: {self.fact}" if self.where else self.fact
        if self.rule:
            said += f" ({self.rule})"
        return f"{said}\nNext: {self.next_step}" if self.next_step else said


class Refused(ClerkError):
    """The program could do it and will not: a guard, a consent rule, a closed vote."""

    exit_code = 3


class FixTheSettings(ClerkError):
    """A setting, credential, header or permission is wrong; the chapter's data person mends it."""

    exit_code = 4


class KeyRefused(FixTheSettings):
    """A service does not take the chapter's key: whatever is asked with it is refused."""

    service = ""
    """Which one, as an alert names it."""


class FixTheData(ClerkError):
    """The input itself is wrong at a named place."""

    exit_code = 5


class AskAPerson(ClerkError):
    """The rules leave it open; a person must decide, and the decision is recorded."""

    exit_code = 6


class TryAgainLater(ClerkError):
    """Somebody else's service is busy, slow or down. Retrying can cure it.

    Args:
        after: seconds the service asked us to wait (Retry-After), if it did.
        by_the_minute: whether it is the service's quota of a minute that is used up: a try within
            that minute is refused again.
    """

    exit_code = 7

    def __init__(
        self,
        fact: str,
        *,
        where: str = "",
        rule: str = "",
        next_step: str = "",
        after: float | None = None,
        by_the_minute: bool = False,
    ) -> None:
        self.after, self.by_the_minute = after, by_the_minute
        super().__init__(fact, where=where, rule=rule, next_step=next_step)


def combined(faults: Sequence[Exception]) -> Exception:
    """Several faults as one, that is tried again if this can cure any of them."""
    worth_a_try = sorted(faults, key=lambda fault: not isinstance(fault, TryAgainLater))
    said = list(dict.fromkeys(map(describe, worth_a_try)))
    if len(said) == 1:
        return worth_a_try[0]
    kinds = (TryAgainLater, AskAPerson, Refused, FixTheSettings, FixTheData)
    kind = next((kind for kind in kinds if isinstance(worth_a_try[0], kind)), ClerkError)
    whole = kind("\n".join(said))
    whole.parts = tuple(faults)
    return whole


def keys_refused(fault: Exception) -> set[str]:
    """Which services' keys a fault is about, by itself or in one of its parts."""
    if isinstance(fault, KeyRefused):
        return {fault.service}
    parts = fault.parts if isinstance(fault, ClerkError) else ()
    return {service for part in parts for service in keys_refused(part)}


def describe(fault: Exception) -> str:
    """What may be said of whatever went wrong."""
    return str(fault) if isinstance(fault, ClerkError) else describe_bug(fault)


def describe_bug(bug: Exception) -> str:
    """What may be said of a bug: its kind and place, for its words could name a person (DP-3)."""
    trace = bug.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "?"
    return f"a bug, {type(bug).__name__} in {place}"
