"""Which kinds of event count: chosen from those that the Events tab has."""

import re
from collections.abc import Sequence

from flows.setup.cells import kinds_in
from flows.setup.headers import Wordings
from flows.setup.interview import Interview

_BETWEEN = ", "


def kinds_of(wordings: Wordings) -> list[str]:
    """The kinds in the chapter's tabs of events, as they were confirmed."""
    found: dict[str, None] = {}
    for use in wordings.uses:
        if use.kind == "events":
            found |= dict.fromkeys(kinds_in(use.rows, use.columns.get("kind", ())))
    return list(found)


def ask_kinds(interview: Interview, there: Sequence[str]) -> list[str]:
    """The kinds that count.

    Args:
        there: those of the Events tab; none where it is not known.
    """
    while True:
        said = interview.text("bylaws kinds", _question(there), lambda typed: _check(typed, there))
        kinds = said.split(_BETWEEN)
        strange = [one for one in kinds if there and one not in there]
        if not strange or interview.confirm(
            "bylaws kinds strange",
            f"No event has the kind {', '.join(f'“{one}”' for one in strange)}; the tab has "
            f"{_BETWEEN.join(there)}. Keep it?",
            default=False,
        ):
            return kinds


def ask_volunteer_kinds(interview: Interview, listed: Sequence[str]) -> list[str]:
    """Which of the kinds that count are volunteer activities: one may be enough for a vote (VM-1).

    Args:
        listed: those that count; not one that is taken for granted, whatever it is called.
    """
    likely = _BETWEEN.join(kind for kind in listed if "volunt" in kind)
    lines = [f"  {number}  {kind}" for number, kind in enumerate(listed, start=1)]
    none = "if none: then only a tab of volunteer activities has them"
    enter = f"for {likely}" if likely else none
    question = (
        "Which of these kinds of event are volunteer activities? Type their numbers (press Enter "
        f"{enter})"
    )
    said = interview.text(
        "bylaws volunteer kinds",
        "\n".join([*lines, question]),
        lambda typed: typed and _of(_check(typed, listed), listed),
        default=likely,
    )
    return said.split(_BETWEEN) if said else []


def _of(said: str, listed: Sequence[str]) -> str:
    if strange := [one for one in said.split(_BETWEEN) if one not in listed]:
        raise ValueError(f"“{strange[0]}” is not one of the kinds that count")
    return said


def _question(there: Sequence[str]) -> str:
    if not there:
        return (
            "Which kinds of event count, as in the Events tab's column for the kind? Separate them "
            "by commas, as in monthly meeting, forum"
        )
    lines = [f"  {number}  {kind}" for number, kind in enumerate(there, start=1)]
    asked = "Type their numbers, as in 1, 2, or a kind in words"
    return "\n".join(["Which kinds of event count? The Events tab has:", *lines, asked])


def _check(typed: str, there: Sequence[str]) -> str:
    parts = re.split(r"[\s,;]+", typed.strip(" ,;")) if re.fullmatch(r"[\d\s,;]+", typed) else [
        one.strip() for one in typed.split(",")
    ]  # fmt: skip
    numbers = {str(number): kind for number, kind in enumerate(there, start=1)}
    kinds = [numbers.get(one, one.casefold()) for one in parts if one]
    if any(one.isdecimal() for one in kinds):
        raise ValueError(
            f"type numbers from 1 to {len(there)}" if there else "type the kinds in words"
        )
    if not kinds:
        raise ValueError("type at least one kind")
    return _BETWEEN.join(dict.fromkeys(kinds))
