"""A draft's contests from the committee's tabs: one for each race that the members vote on.

What the bylaws ask before a vote follows from the tabs, and nobody declares it (EN-2, EN-7, EN-11).
The recommendation and the Spanish are left to be filled in.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from flows.votes.drafts.questions import Table, fits
from flows.votes.drafts.races import slug_of
from models.bylaws.counting import CountingRules
from models.text.folding import folded
from models.year.cycles import Race
from models.year.process import NAMES_ONE, candidacy_of
from models.year.standing import CycleStanding, RaceStanding

ANTI: Final = "anti-endorsement"


def drafted(
    cycle: CycleStanding, rules: CountingRules, lived_in: Collection[str]
) -> tuple[list[Table], list[str]]:
    """The contests, in the order of the tab; and a line on each race that cannot be one yet.

    Args:
        lived_in: the districts that registered people gave.
    """
    tables: list[Table] = []
    left_out: list[str] = []
    for one in cycle.races:
        if not one.is_voted_on:
            continue
        table = contest_of(one, rules, {each["id"] for each in tables}, lived_in)
        try:
            tables.append(fits({}, **table))
        except ValueError as exc:
            why = "no candidate is in the tab" if _lacks_people(one) else str(exc)
            left_out.append(f"{one.race.title}: {why}")
    return tables, left_out


def _lacks_people(standing: RaceStanding) -> bool:
    return not standing.race.is_question and not standing.candidates


def contest_of(
    standing: RaceStanding,
    rules: CountingRules,
    taken: Iterable[str] = (),
    lived_in: Collection[str] | None = None,
) -> dict[str, Any]:
    """What a contest's file says of a race; what is empty is left out.

    Args:
        taken: the ids of the vote's other contests.
        lived_in: as for `drafted`. A registration asks for one district, often the smallest: a race
            for an office of another would be announced to nobody.
    """
    race = standing.race
    table: Table = {
        "id": _free(slug_of(race.title), set(taken)),
        "title": race.title,
        "districts": list(race.districts) if _is_told_by(race, lived_in) else [],
    }
    if race.is_question:
        table |= {"kind": "question", "scope": race.scope}
    elif race.decision in NAMES_ONE:
        table |= _short(standing)
    else:
        names = [one.candidate.name for one in standing.candidates]
        ranked = len(names) >= rules.ranked.fewest_candidates.value
        table |= {
            "kind": "ranked" if ranked else "single-choice",
            "office": race.office,
            "candidates": names,
            "invited": [
                candidacy_of(one).model_dump(exclude_defaults=True) for one in standing.invited
            ],
            "about": list(_about(standing, names)),
        }
    return {key: value for key, value in table.items() if value not in ("", [], False)}


def _is_told_by(race: Race, lived_in: Collection[str] | None) -> bool:
    """Whether a race's districts say whom it is announced to; a question's always do (EN-12)."""
    if race.is_question or lived_in is None:
        return True
    return {folded(one) for one in race.districts} <= {folded(one) for one in lived_in}


def _short(standing: RaceStanding) -> Table:
    """A yes or no about one candidate (EN-7, EN-8)."""
    race, subject = standing.race, standing.subject
    name = subject.name if subject else ""
    table: Table = {
        "kind": "up-or-down",
        "purpose": race.decision,
        "subject": name,
        "office": race.office,
        "about": list(_about(standing, [name])),
    }
    if race.decision == ANTI:
        return table | {"explanation": race.reason}
    return table | {
        "previously_endorsed": standing.previously_endorsed,
        "uncontested": standing.uncontested,
        "done": list(standing.done),
    }


def _about(standing: RaceStanding, names: Iterable[str]) -> Iterator[Table]:
    """The candidates' links: their own site, and where their answers can be read (EN-R14)."""
    wanted = set(map(folded, names))
    for one in (each.candidate for each in standing.candidates):
        if folded(one.name) not in wanted:
            continue
        steps = standing.race.done("questionnaire received", of=one.name)
        answers = [step.link for step in steps if step.candidate and step.link]
        links = {"website": one.website, "questionnaire": answers[-1] if answers else ""}
        if any(links.values()):
            yield {"name": one.name} | {key: link for key, link in links.items() if link}


def _free(slug: str, taken: set[str]) -> str:
    """An id that no other contest has."""
    slug = slug or "contest"
    numbered = (f"{slug[:57]}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(one for one in numbered if one not in taken)
