"""What is said when something is refused: place, fact, rule and next step, and never an address."""

from models.errors import Refused

NEXT = "if it must run, run it yourself; if Chapter Clerk started it, report this"


class NotDone(Refused, PermissionError):
    """Raised when the guard blocks another program or a name.

    It is an `OSError`, because callers such as Python's `platform` module already handle that.
    """


def not_listed(host: str) -> Refused:
    """A host, a name or a port that is not on the list."""
    return Refused(
        f"{host} is not on the list of allowed hosts",
        where="network",
        rule="DP-3",
        next_step="`clerk doctor` shows the list",
    )


def not_done(what: str) -> NotDone:
    """A thing that is never done, whatever is listed; `what` reads “… is refused”."""
    return NotDone(f"{what} is refused", where="network", rule="DP-3", next_step=NEXT)


def not_started(what: str) -> NotDone:
    """A program, or code in C, whose sockets could not be seen."""
    return NotDone(
        f"{what} was not started: its connections could not be limited to the list of allowed "
        "hosts",
        where="network",
        rule="DP-3",
        next_step=NEXT,
    )
