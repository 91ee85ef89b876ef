"""What `clerk election new` asks of each race, in the terminal."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, Final

import typer

from flows.cli import people_interview
from flows.cli.people_interview import until
from flows.votes.drafts.committee_items import NEEDS, OF_THE_COMMITTEE
from flows.votes.drafts.questions import Question
from flows.votes.drafts.races import KINDS, PURPOSES, asked_of, offices_of
from models.bylaws.counting import CountingRules

_ASKED: Final[Mapping[str, str]] = {
    "title": "The contest's title, as on the ballot",
    "kind": "Which kind (press Enter for 1)",
    "purpose": f"What for: {', '.join(PURPOSES)}",
    "subject": "Whom it is about: the name, as on the ballot",
    "previously_endorsed": "Did the chapter endorse them before",
    "uncontested": "Are they uncontested",
    "done": "What was done: research; record review; candidate conversation (press Enter to "
    "write it later)",
    "candidates": "The candidates, separated by semicolons",
    "scope": "Which ballots it is on: city, county, state, or national (press Enter for districts)",
    "office": "The office: its number or its name (required before voting opens; press Enter to "
    "choose it later)",
    "recommendation": "The committee's recommendation (press Enter if there is none)",
    "priorities": "The priorities, separated by semicolons (press Enter to write them later)",
    "nominees": "The nominees, {least} to {most} of them by the bylaws, separated by semicolons "
    "(press Enter to write them later)",
    "needs": f"What it takes: {', '.join(NEEDS)} (press Enter for {NEEDS[0]})",
    "recused_members": "Who steps aside, as in the committee's list, separated by semicolons "
    "(press Enter if nobody)",
    "recommends_for": "The title of the race in the members' vote for which this recommends "
    "somebody (press Enter if none)",
    "recommends": "Whom it recommends there, spelled as on that ballot (press Enter if none)",
    "explanation": "What it is about, in one sentence for the voters (press Enter if the title "
    "says it)",
}
_WHY: Final = "Why, in one sentence for the voters (press Enter to write it later)"


def races(
    rules: CountingRules, *, spanish: bool, committee: bool = False
) -> Iterator[dict[str, Any]]:
    """One contest after the other, until there are enough.

    Args:
        committee: the committee votes, on contests of its own kinds.
    """
    taken, kinds = set[str](), OF_THE_COMMITTEE if committee else KINDS
    while typer.confirm("Add a contest?", default=True):
        table = _race(taken, rules, kinds)
        if table.get("nominees"):
            people_interview.describe(table, spanish=spanish)
        taken.add(table["id"])
        yield table


def _race(taken: Set[str], rules: CountingRules, kinds: Mapping[str, str]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for question in asked_of(table, taken, rules.offices):
        table |= _answer(question, table, rules, kinds)
    return {key: value for key, value in table.items() if value}


def _answer(
    question: Question, table: Mapping[str, Any], rules: CountingRules, kinds: Mapping[str, str]
) -> dict[str, Any]:
    size = rules.committee
    asked = _ASKED[question.key].format(
        least=size.fewest_members.value, most=size.most_members.value
    )
    if question.is_fact:
        return question.check("yes" if typer.confirm(asked, default=False) else "")
    if question.key == "kind":
        numbered = {str(number): kind for number, kind in enumerate(kinds, start=1)}
        for number, kind in numbered.items():
            typer.echo(f"  {number}  {kinds[kind]}")
        return dict(until(asked, lambda typed: question.check(_numbered(numbered, typed)), "1"))
    if question.key == "needs":
        return dict(until(asked, question.check, NEEDS[0]))
    if question.key == "office":
        known = offices_of(rules.offices)
        for place, office in enumerate(known, start=1):
            typer.echo(f"  {place}  {office}")
        return dict(until(asked, lambda typed: question.check(_one_of(known, typed)), ""))
    if question.key == "explanation" and table["kind"] != "question":
        asked = _WHY
    return dict(until(asked, question.check, None if question.needed else ""))


def _numbered(numbered: Mapping[str, str], typed: str) -> str:
    if typed not in numbered:
        raise ValueError(f"type a number from 1 to {len(numbered)}")
    return numbered[typed]


def _one_of(known: Sequence[str], typed: str) -> str:
    """An office by its number in the list, or as it was typed."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    return known[number - 1] if 1 <= number <= len(known) else typed
