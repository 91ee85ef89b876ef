"""What is asked about each person whom a contest names; Enter leaves an answer for later."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import typer

from flows.votes.drafts.people import asked_about, people_of, said_of_person, typed_of, with_person
from flows.votes.drafts.questions import Question, Table
from flows.votes.drafts.waivers import AS_IN
from models.errors import ClerkError

_ASKED: Final = {
    "events_by_year": "Meetings and events by year, such as 2025: 4; 2026: 2 (the sheets go before "
    "this)",
    "active_in": "The committees they are active in, separated by semicolons",
    "dues_paid": "Are their Progressive Mass dues paid (yes or no)",
    "registered_voter": "Are they a registered voter (yes or no)",
    "waivers": "Exceptions that were decided for them: what, day, who decided, why, such as "
    f"{AS_IN}; several with semicolons between them",
    "invited": "Were they invited to the questionnaire or forum (yes or no)",
    "ocpf_account_active": "Is their OCPF account active (yes or no)",
    "fec_registered": "Are they registered with the FEC, for a federal office (yes or no)",
    "campaign_website": "Their campaign's website, with https://",
    "bio": "Who they are, in a sentence or two for the voters",
    "summary": "Their work to date",
    "activities": "What they propose for the coming year",
    "website": "Their website, with https://",
    "questionnaire": "Where their answers to the questionnaire can be read, with https://",
}


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


def describe(table: Table, *, spanish: bool) -> None:
    """Ask about each person of a new contest, if that is wanted now."""
    if typer.confirm("Say now who each of them is? The ballot needs it", default=True):
        for name in people_of(table):
            for answers in about_one(table, name, spanish=spanish):
                table |= {key: value for key, value in answers.items() if value}


def about_one(table: Table, name: str, *, spanish: bool) -> Iterator[Table]:
    """Ask about one person, and say what the file is to say after each answer."""
    typer.echo(f"\n{name} (press Enter to leave an answer as it is)")
    for question in asked_about(table, spanish=spanish):
        if answered := _answer(question, said_of_person(table, name)):
            yield (said := with_person(table, name, answered))
            table = {**table, **said}


def _answer(question: Question, held: Table) -> Table:
    """An answer; nothing for an Enter."""
    english = question.key.removesuffix("_es")
    asked = _ASKED[english] + (", in Spanish" if english != question.key else "")
    if now := "; ".join(typed_of(held.get(question.key)).splitlines()):
        asked += f" [now: {now}]"
    return dict(until(asked, lambda typed: _checked(question, typed.strip()), ""))


def _checked(question: Question, typed: str) -> Table:
    if not typed:
        return {}
    if not question.is_fact:
        return question.check(typed)
    if typed.casefold() not in ("y", "yes", "n", "no"):
        raise ValueError("type yes or no")
    return question.check("yes" if typed.casefold().startswith("y") else "")
