"""Exceptions for greater diversity (SC-2), as they are typed: each named, dated, and reasoned."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, get_args

from flows.votes.drafts.answers import reason
from flows.votes.drafts.questions import parted
from models.committee.nominees import Criterion

CRITERIA: Final[tuple[str, ...]] = get_args(Criterion)
AS_IN: Final = "dues: 2027-01-05, the committee, a hardship"
_FORM: Final = f"write what is waived, the day, who decided, and why, such as {AS_IN}"


def waivers_in(typed: str) -> list[dict[str, Any]]:
    """The exceptions that were typed.

    Raises:
        ValueError: one is no exception, has no day or nobody who decided, or is there twice.
    """
    found = [_waiver(line) for line in parted(reason(typed))]
    named = [one["criterion"] for one in found]
    if twice := next((one for one in named if named.count(one) > 1), ""):
        raise ValueError(f"{twice} is waived twice; write it once")
    return found


def line_of(waiver: Mapping[str, Any]) -> str:
    """An exception as it is typed."""
    said = (waiver.get("on", ""), waiver.get("by", ""), waiver.get("reason", ""))
    return f"{waiver.get('criterion', '')}: {', '.join(map(str, said))}"


def _waiver(line: str) -> dict[str, Any]:
    criterion, _, rest = line.partition(":")
    day, by, why = (*(part.strip() for part in rest.split(",", 2)), "", "", "")[:3]
    criterion = criterion.strip().casefold()
    if criterion not in CRITERIA:
        raise ValueError(f"{_FORM}; what can be waived is: {', '.join(CRITERIA)}")
    if not (by and why):
        raise ValueError(_FORM)
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"{_FORM}; the day is written like 2027-01-05") from None
    return {"criterion": criterion, "on": on, "by": by, "reason": why}
