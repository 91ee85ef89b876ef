"""What `clerk election new` asks of each race, in the terminal."""

from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any, Final

import typer

from flows.console import warn
from flows.votes.drafts.races import KINDS, PURPOSES, Question, asked_of
from models.errors import ClerkError

NUMBERED: Final[Mapping[str, str]] = {str(n): kind for n, kind in enumerate(KINDS, start=1)}
"""What is typed for each kind."""
_ASKED: Final[Mapping[str, str]] = {
    "title": "The contest's title, as on the ballot",
    "kind": "Which kind (press Enter for 1)",
    "purpose": f"What for: {', '.join(PURPOSES)}",
    "subject": "Who or what it is about",
    "previously_endorsed": "Did the chapter endorse them before",
    "uncontested": "Are they uncontested",
    "done": "What was done: research; record review; candidate conversation (press Enter to "
    "write it later)",
    "candidates": "The candidates, separated by semicolons",
    "scope": "Which ballots it is on: city, county, state, or national (press Enter for districts)",
    "office": "The office, as the bylaws or ballots name it (required before voting opens)",
    "recommendation": "The committee's recommendation (press Enter if there is none)",
    "priorities": "The priorities, separated by semicolons (press Enter to write them later)",
    "nominees": "The nominees, separated by semicolons (press Enter to write them later)",
    "explanation": "What it is about, in one sentence for the voters (press Enter if the title "
    "says it)",
}
_WHY: Final = "Why, in one sentence for the voters (press Enter to write it later)"
_OF_A_SLATE: Final = (
    "In its file, write what each nominee has done, and their bio (SC-2; docs/count.md)."
)


def races() -> Iterator[dict[str, Any]]:
    """One contest after the other, until there are enough."""
    taken: set[str] = set()
    while typer.confirm("Add a contest?", default=True):
        table = _race(taken)
        taken.add(table["id"])
        yield table


def until(question: str, check: Callable[[str], Any], default: str | None = None) -> Any:
    """Ask until the answer has sense.

    Args:
        default: what Enter means; None where something must be typed.
    """

    def tried(typed: str) -> Any:
        if default is None and not typed.strip():
            raise typer.BadParameter("an answer is needed here")
        try:
            return check(typed)
        except (ValueError, ClerkError) as exc:
            raise typer.BadParameter(str(exc)) from None

    return typer.prompt(question, default=default or "", value_proc=tried, show_default=False)


def _race(taken: Set[str]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for question in asked_of(table, taken):
        table |= _answer(question, table)
        if question.key == "nominees":
            warn(_OF_A_SLATE)
    return {key: value for key, value in table.items() if value}


def _answer(question: Question, table: Mapping[str, Any]) -> dict[str, Any]:
    asked = _ASKED[question.key]
    if question.is_fact:
        return question.check("yes" if typer.confirm(asked, default=False) else "")
    if question.key == "kind":
        for number, kind in NUMBERED.items():
            typer.echo(f"  {number}  {KINDS[kind]}")
        return dict(until(asked, lambda typed: question.check(_numbered(typed)), "1"))
    if question.key == "explanation" and table["kind"] != "question":
        asked = _WHY
    return dict(until(asked, question.check, None if question.needed else ""))


def _numbered(typed: str) -> str:
    if typed not in NUMBERED:
        raise ValueError(f"type a number from 1 to {len(NUMBERED)}")
    return NUMBERED[typed]
