"""What a recommendation means: by which names it can call a race, and which of its choices it is.

A race's own title goes before its office with its district. An office alone means a race only where
no other race has that office: else a word for one district would be taken for all of them.
"""

from collections.abc import Iterable, Iterator

from models.contests.contest import Contest, UpOrDown
from models.text.folding import folded


def names_of_race(
    title: str, offices: Iterable[str], districts: Iterable[str], *, alone: bool
) -> Iterator[str]:
    """All names of a race, folded, the surest first.

    Args:
        offices: by every name that it goes by.
        alone: whether no other race of its vote or cycle has this office.
    """
    said, where = [one for one in offices if one], list(districts)
    yield folded(title)
    for office in said:
        yield from (folded(f"{office}, {one}") for one in (", ".join(where), *where) if one)
    if alone:
        yield from map(folded, said)


def choice_meant(contest: Contest, said: str) -> str:
    """The choice that a recommendation means, "" if none.

    Whoever recommends a candidate about whom a short vote asks recommends Yes.
    """
    place = contest.place_of(said)
    if place is not None and place < len(contest.choices):
        return contest.choices[place]
    if isinstance(contest, UpOrDown) and not contest.confirms:
        return contest.choices[0] if folded(said) == folded(contest.subject) else ""
    return ""
