"""Ratify or prefer (EN-6): a ballot that ratifies counts for the recommended choice."""

from collections import Counter

from models.tally.rankings import SKIPPED, Ranking, Rankings, Slot


def ratifying(ballots: Rankings, ratify: int, recommended: int) -> tuple[Rankings, int]:
    """Replace "ratify" by the recommended choice.

    Who ratifies and also ranks the recommended choice says the same thing twice, which is no
    ranking error: the later mention is read as an empty rank.

    Returns:
        The ballots with choices alone, and how many ratified.
    """
    replaced: Counter[Ranking] = Counter()
    ratified = 0
    for ranking, votes in ballots.items():
        if any(_holds(slot, ratify) for slot in ranking):
            ratified += votes
            ranking = _without_repeat(ranking, ratify, recommended)
        replaced[ranking] += votes
    return replaced, ratified


def _holds(slot: Slot, choice: int) -> bool:
    return choice in slot if isinstance(slot, frozenset) else slot == choice


def _without_repeat(ranking: Ranking, ratify: int, recommended: int) -> Ranking:
    slots: list[Slot] = []
    met = False
    for slot in ranking:
        marked = slot if isinstance(slot, frozenset) else frozenset({slot})
        named = frozenset(recommended if c == ratify else c for c in marked)
        if named == {recommended}:
            slots.append(SKIPPED if met else recommended)
            met = True
        else:
            slots.append(named if len(named) > 1 else slot)
    return tuple(slots)
