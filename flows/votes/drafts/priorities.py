"""The two votes on priorities, drafted from the committee's list of proposals (SC-7).

1. An advisory vote on what is kept, each proposal with its number.
2. The ratification, with the committee's text one by one (EN-R14): in the order of the advisory
   vote where one was counted, and else of the numbers.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, Literal

from connectors.ledger import ElectionRecord
from flows.committee.proposals import judged, year_due
from flows.context import ChapterContext
from models.contests.contest import Advisory
from models.errors import FixTheData
from models.tally.outcome import OutcomeKind
from models.text import formats
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
    kept, remark = _in_order(context, made.kept)
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


def _in_order(context: ChapterContext, kept: tuple[Kept, ...]) -> tuple[list[Kept], str]:
    """What is kept by the members' support; what nobody was asked about comes last."""
    if not (found := _newest_advice(context)):
        return [*kept], "no advisory vote was counted, so they stand in the order of their numbers"
    vote, choices = found
    places = {int(said[1]): n for n, one in enumerate(choices) if (said := _NUMBER.match(one))}
    order = sorted(kept, key=lambda one: (places.get(one.number, len(places)), one.number))
    return order, f"they stand in the order of support in “{vote.election.title}”"


def _newest_advice(context: ChapterContext) -> tuple[ElectionRecord, tuple[str, ...]] | None:
    """The advisory vote on proposals that was counted last, within a year."""
    found = [
        (vote.election.closes, vote, race.outcome.choices)
        for vote in context.ledger.votes.all()
        for contest in vote.election.contests
        if isinstance(contest, Advisory) and vote.result
        if (race := vote.result.races.get(contest.id)) and race.outcome.kind is OutcomeKind.ADVISED
        if (context.now() - vote.election.closes).days < 366
    ]
    if not found:
        return None
    _, vote, choices = max(found, key=lambda one: one[0])
    return vote, choices


def _left_out(made: Moderation) -> Iterator[str]:
    if made.waiting:
        numbers = formats.listed([*map(str, made.waiting)])
        yield f"not moderated yet, and left out: {numbers}"


def _where(context: ChapterContext) -> str:
    title = next((book.priorities for book in context.chapter.workbooks if book.priorities), "")
    return f"tab “{title}”" if title else "chapter.toml [[workbooks]] priorities"
