"""What `clerk election new` asks of each race: what its ballot says, and what its rules ask for."""

import unicodedata
from collections.abc import Callable, Iterator, Set
from typing import Any, get_args

import typer

from flows.console import warn
from models.contests.contest import Purpose, contest_from
from models.errors import ClerkError
from models.text.folding import folded

KINDS = {
    "1": ("ranked", "3 or more candidates"),
    "2": ("single-choice", "2 candidates"),
    "3": ("ratify-or-prefer", "ratify the recommendation or prefer a candidate"),
    "4": ("up-or-down", "yes or no: re-endorsement, anti-endorsement, slate, or priorities"),
    "5": ("question", "a ballot question"),
}


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


def title(typed: str) -> str:
    """A title, if a form can have it."""
    if len(typed) > 120 or "|" in typed:
        raise ValueError("a title can have at most 120 characters and no |")
    return typed


def _race(taken: Set[str]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    table |= until("The contest's title, as on the ballot", lambda typed: _titled(typed, taken))
    for number, (_, what) in KINDS.items():
        typer.echo(f"  {number}  {what}")
    table["kind"] = until("Which kind (press Enter for 1)", _kind, "1")
    if table["kind"] == "up-or-down":
        table["purpose"] = until(f"What for: {', '.join(get_args(Purpose))}", _purpose)
        table |= until("Who or what it is about", lambda typed: fits(table, subject=typed))
        table |= _facts_of_a_short_vote(table)
    elif table["kind"] != "question":
        table |= until(
            "The candidates, separated by semicolons", lambda typed: _candidates(table, typed)
        )
    if table["kind"] == "question":
        asked = (
            "Which ballots it is on: city, county, state, or national (press Enter for districts)"
        )
        table |= until(asked, lambda typed: fits(table, scope=typed), "")
    elif table.get("purpose") not in ("slate", "priorities"):
        asked = "The office, as the bylaws or ballots name it (required before voting opens)"
        table["office"] = until(asked, str, "")
    recommended = "The committee's recommendation (press Enter if there is none)"
    table |= until(recommended, lambda typed: fits(table, recommendation=typed), "")
    table |= _what_the_ballot_says(table)
    return {key: value for key, value in table.items() if value}


def _what_the_ballot_says(table: dict[str, Any]) -> dict[str, Any]:
    """Ask for the text without which the ballot would not say what it asks (EN-R14)."""
    if table.get("purpose") == "priorities":
        asked = "The priorities, separated by semicolons (press Enter to write them later)"
        return dict(until(asked, lambda typed: fits(table, priorities=_parted(typed)), ""))
    if table.get("purpose") == "anti-endorsement":
        asked = "Why, in one sentence for the voters (press Enter to write it later)"
        return dict(until(asked, lambda typed: fits(table, explanation=typed), ""))
    if table.get("purpose") == "slate":
        asked = "The nominees, separated by semicolons (press Enter to write them later)"
        named = dict(until(asked, lambda typed: fits(table, nominees=_nominees(typed)), ""))
        warn("In its file, write what each nominee has done, and their bio (SC-2; docs/count.md).")
        return named
    if table["kind"] == "question":
        asked = (
            "What it is about, in one sentence for the voters (press Enter if the title says it)"
        )
        return dict(until(asked, lambda typed: fits(table, explanation=typed), ""))
    return {}


def _facts_of_a_short_vote(table: dict[str, Any]) -> dict[str, Any]:
    """Ask for the facts that allow one (EN-7)."""
    if table["purpose"] not in ("abbreviated", "re-endorsement"):
        return {}
    facts: dict[str, Any] = {
        "previously_endorsed": typer.confirm("Did the chapter endorse them before", default=False)
    }
    if table["purpose"] == "abbreviated":
        facts["uncontested"] = typer.confirm("Are they uncontested", default=False)
    asked = (
        "What was done: research; record review; candidate conversation (press Enter to "
        "write it later)"
    )
    return facts | dict(until(asked, lambda typed: fits(table, done=_parted(typed)), ""))


def _nominees(typed: str) -> list[dict[str, str]]:
    return [{"name": name} for name in _parted(typed)]


def _parted(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(";") if part.strip()]


def _titled(typed: str, taken: Set[str]) -> dict[str, str]:
    plain = unicodedata.normalize("NFKD", folded(typed)).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    found = {"id": "-".join(words)[:60], "title": typed}
    fits({"kind": "question"}, **found)
    if found["id"] in taken:
        raise ValueError("there is already a contest with this title")
    return found


def _kind(typed: str) -> str:
    if typed not in KINDS:
        raise ValueError(f"type a number from 1 to {len(KINDS)}")
    return KINDS[typed][0]


def _purpose(typed: str) -> str:
    if typed not in get_args(Purpose):
        raise ValueError("type one of these words")
    return typed


def _candidates(table: dict[str, Any], typed: str) -> dict[str, Any]:
    names = _parted(typed)
    if table["kind"] == "ranked" and len(names) < 3:
        raise ValueError(
            "ranked choice needs 3 or more candidates (EN-3); put a semicolon between them"
        )
    if table["kind"] == "single-choice" and len(names) > 2:
        raise ValueError("a single choice can have at most 2 candidates (EN-4)")
    fits(table, candidates=names, recommendation=names[0] if names else "")
    return {"candidates": names}


def fits(table: dict[str, Any], **answer: Any) -> dict[str, Any]:
    """The answer, if the race so far can be one with it."""
    try:
        contest_from({**table, **answer}, "race")
    except ClerkError as exc:
        raise ValueError(exc.fact) from None
    return answer
