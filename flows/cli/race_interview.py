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
    "4": ("up-or-down", "yes or no: re-endorsement, anti-endorsement, slate, priorities"),
    "5": ("question", "a ballot question"),
}


def races() -> Iterator[dict[str, Any]]:
    """One contest after the other, until there are enough."""
    taken: set[str] = set()
    while typer.confirm("Add a race?", default=True):
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
        raise ValueError("a title has at most 120 letters, and no |")
    return typed


def _race(taken: Set[str]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    table |= until("Its title, as on the ballot", lambda typed: _titled(typed, taken))
    for number, (_, what) in KINDS.items():
        typer.echo(f"  {number}  {what}")
    table["kind"] = until("Which kind (1 if you press Enter)", _kind, "1")
    if table["kind"] == "up-or-down":
        table["purpose"] = until(f"What for: {', '.join(get_args(Purpose))}", _purpose)
        table |= until("About whom or what", lambda typed: fits(table, subject=typed))
        table |= _facts_of_a_short_vote(table)
    elif table["kind"] != "question":
        table |= until(
            "The candidates, separated by semicolons", lambda typed: _candidates(table, typed)
        )
    if table["kind"] == "question":
        asked = "Whose ballots it is on: city, county, state or national (or Enter, for districts)"
        table |= until(asked, lambda typed: fits(table, scope=typed), "")
    elif table.get("purpose") not in ("slate", "priorities"):
        asked = "The office, as the bylaws or ballots call it (no race opens without one)"
        table["office"] = until(asked, str, "")
    recommended = "The committee recommends (Enter if it does not)"
    table |= until(recommended, lambda typed: fits(table, recommendation=typed), "")
    table |= _what_the_ballot_says(table)
    return {key: value for key, value in table.items() if value}


def _what_the_ballot_says(table: dict[str, Any]) -> dict[str, Any]:
    """Ask for the text without which the ballot would not say what it asks (EN-R14)."""
    if table.get("purpose") == "priorities":
        asked = "The priorities, separated by semicolons (Enter to write them later)"
        return dict(until(asked, lambda typed: fits(table, priorities=_parted(typed)), ""))
    if table.get("purpose") == "anti-endorsement":
        asked = "Why, in a sentence for those who vote (Enter to write it later)"
        return dict(until(asked, lambda typed: fits(table, explanation=typed), ""))
    if table.get("purpose") == "slate":
        asked = "The nominees, separated by semicolons (Enter to write them later)"
        named = dict(until(asked, lambda typed: fits(table, nominees=_nominees(typed)), ""))
        warn("Write into its file what each has done, and their bio (SC-2; docs/count.md).")
        return named
    if table["kind"] == "question":
        asked = "What it is about, in a sentence for those who vote (Enter if the title says it)"
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
    asked = "What was done: research; record review; candidate conversation (Enter to say it later)"
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
        raise ValueError("there is a race of this title already")
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
        raise ValueError("ranked choice is for 3 or more (EN-3); put a semicolon between them")
    if table["kind"] == "single-choice" and len(names) > 2:
        raise ValueError("a single choice is between at most 2 (EN-4)")
    fits(table, candidates=names, recommendation=names[0] if names else "")
    return {"candidates": names}


def fits(table: dict[str, Any], **answer: Any) -> dict[str, Any]:
    """The answer, if the race so far can be one with it."""
    try:
        contest_from({**table, **answer}, "race")
    except ClerkError as exc:
        raise ValueError(exc.fact) from None
    return answer
