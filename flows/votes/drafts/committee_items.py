"""What is asked about an item of the committee's own vote (SC-3, SC-4, EN-1)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, get_args

from flows.votes.drafts.questions import Question, Table, fits, list_of, text_of
from models.tally.committee import Needs

OF_THE_COMMITTEE: Final[Mapping[str, str]] = {
    "committee": "a decision: yes, no, or abstain",
    "approval": "co-chairs: several seats by approval",
}
"""Kinds of contest in a vote of the committee (SC-3, SC-4)."""
NEEDS: Final[tuple[str, ...]] = get_args(Needs)


def asked_of_the_committee(
    table: Table, candidates: Callable[[Table, str], Table]
) -> Iterator[Question]:
    """What a decision is about, who steps aside, what it recommends; who would chair.

    Args:
        candidates: reads the names of those who stand.
    """
    if table["kind"] == "approval":
        yield Question("candidates", lambda typed: candidates(table, typed), needed=True)
    else:
        yield Question("needs", lambda typed: _needs(table, typed), needed=True)
        yield list_of("recused_members", table)
        yield Question("recommends_for", lambda typed: {"recommends_for": typed.strip()})
        yield Question("recommends", lambda typed: _recommends(table, typed))
    yield text_of("explanation", table)


def _needs(table: Table, typed: str) -> Table:
    if typed not in NEEDS:
        raise ValueError(f"type one of: {', '.join(NEEDS)}")
    return fits(table, needs=typed)


def _recommends(table: Table, typed: str) -> Table:
    """What it recommends, with the race: one is nothing without the other (EN-1)."""
    said, race = typed.strip(), str(table.get("recommends_for", ""))
    if bool(said) != bool(race):
        raise ValueError("name both the race and whom it recommends, or neither (EN-1)")
    return fits(table, recommends=said, recommends_for=race)
