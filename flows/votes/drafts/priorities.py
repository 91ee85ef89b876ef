"""The two votes on priorities, drafted from the committee's list of proposals (SC-7).

1. An advisory vote on what is kept, each proposal with its number.
2. The ratification, with the committee's text one by one (EN-R14): in the order of the advisory
   vote on them where its result is published (EN-R8), and else of the numbers.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, Literal

from flows.committee.proposals import judged, year_due
from flows.context import ChapterContext
from flows.nightly.published import published_outcomes
from models.contests.contest import Advisory
from models.errors import FixTheData
from models.tally.outcome import OutcomeKind
from models.text import formats
from models.text.folding import folded
from models.year.moderation import Kept, Moderation

Vote = Literal["advisory", "priorities"]
_NUMBER: Final = re.compile(r"(\d+)\. ")


def contest_for(context: ChapterContext, vote: Vote) -> tuple[dict[str, Any], list[str]]:
    """The contest's file, and what to say of it.

    Raises:
        FixTheData: the committee keeps too few proposals for it.
    """
    made, year = judged(context).moderation, year_due(context)
    fewest = 2 if vote == "advisory" else 1
    if len(made.kept) < fewest:
        raise FixTheData(
            f"the committee keeps too few proposals: {len(made.kept)}, at least {fewest} needed",
            where=_where(context),
            rule="SC-7",
            next_step="moderate the proposals there by their numbers (docs/year.md), then run "
            "`clerk sync`",
        )
    if vote == "advisory":
        return _advisory(made.kept, year), [*_left_out(made)]
    kept, remark = _in_order(context, made.kept, year)
    return _ratification(kept, year), [remark, *_left_out(made)]


def _advisory(kept: tuple[Kept, ...], year: int) -> dict[str, Any]:
    return {
        "kind": "advisory",
        "id": "proposals",
        "title": f"Proposals for the priorities of {year}",
        "title_es": f"Propuestas para las prioridades de {year}",
        "proposals": [_with_number(one) for one in kept],
    }


def _with_number(one: Kept) -> str:
    """As it stands on the ballot; never longer than a ballot's text may be."""
    return f"{one.number}. {one.text}"[:1_000]


def _ratification(kept: list[Kept], year: int) -> dict[str, Any]:
    return {
        "kind": "up-or-down",
        "purpose": "priorities",
        "id": "priorities",
        "title": f"Priorities of {year}",
        "title_es": f"Prioridades de {year}",
        "subject": f"The priorities of {year}",
        "subject_es": f"Las prioridades de {year}",
        "priorities": [one.text for one in kept],
    }


def _in_order(context: ChapterContext, kept: tuple[Kept, ...], year: int) -> tuple[list[Kept], str]:
    """What is kept by the members' support; what nobody was asked about comes last."""
    if not (found := _newest_advice(context, kept, year)):
        return [*kept], (
            "no result of an advisory vote on them is published, so they stand in the order of "
            "their numbers"
        )
    title, places = found
    order = sorted(kept, key=lambda one: (places.get(one.number, len(kept)), one.number))
    return order, f"they stand in the order of support in “{title}”"


def _newest_advice(
    context: ChapterContext, kept: tuple[Kept, ...], year: int
) -> tuple[str, dict[int, int]] | None:
    """The title of the advisory vote on these proposals that closed last, and their places."""
    found = [
        (one.vote.election.closes, one.vote.election.title, places)
        for one in published_outcomes(context.ledger)
        if isinstance(one.contest, Advisory) and one.outcome.kind is OutcomeKind.ADVISED
        if (context.now() - one.vote.election.closes).days < 366
        if (places := _places(one.contest, one.outcome.choices, kept, year))
    ]
    return max(found, key=lambda one: one[0])[1:] if found else None


def _places(
    contest: Advisory, choices: tuple[str, ...], kept: tuple[Kept, ...], year: int
) -> dict[int, int]:
    """Number → place. A vote that does not name the year must have the very texts.

    By its number alone, a proposal of another year would give its place to a new one.
    """
    of_the_year = re.search(rf"\b{year}\b", f"{contest.id} {contest.title}") is not None
    texts = {one.number: folded(_with_number(one)) for one in kept}
    return {
        number: place
        for place, choice in enumerate(choices)
        if (said := _NUMBER.match(choice)) and (number := int(said[1])) in texts
        if of_the_year or folded(choice) == texts[number]
    }


def _left_out(made: Moderation) -> Iterator[str]:
    if made.waiting:
        numbers = formats.listed([*map(str, made.waiting)])
        yield f"not moderated yet, and left out: {numbers}"


def _where(context: ChapterContext) -> str:
    title = next((book.priorities for book in context.chapter.workbooks if book.priorities), "")
    return f"tab “{title}”" if title else "chapter.toml [[workbooks]] priorities"
