"""What the terminal shows of a doctor's checks: each as it is done, then the sum."""

from collections.abc import Iterable

from flows import console
from flows.doctor.checks import Check, exit_code_of, summary_of


def tell(checks: Iterable[Check], *, as_json: bool) -> int:
    """Print them, for a person as each comes; what the command ends with."""
    done = []
    for check in checks:
        done.append(check)
        if not as_json:
            _show(check)
    if as_json:
        console.print_json([check._asdict() for check in done])
    else:
        console.title(summary_of(done))
    return exit_code_of(done)


def _show(check: Check) -> None:
    console.say(
        f"{'✓' if check.fine else '✗'} {check.what}: {check.found}",
        "" if check.fine else "bold red",
    )
    if check.next_step:
        console.say(f"    Next: {check.next_step}")
