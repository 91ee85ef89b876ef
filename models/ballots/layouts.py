"""What the cells of a ballot form mean: the four layouts of BA-4, and the table of a file.

Cells are texts as a sheet, a form or a file gives them; an empty cell is "". Whatever cannot be
understood makes the answer unreadable with the reason; it is never guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from models.ballots.answers import Answer
from models.contests import folded
from models.tally.rankings import OVERVOTE, SKIPPED, Slot, canonical

OVERVOTE_WORD = "overvote"
_ORDINALS = {
    word: rank
    for rank, words in enumerate(
        (
            "first primera primero primer",
            "second segunda segundo",
            "third tercera tercero tercer",
            "fourth cuarta cuarto",
            "fifth quinta quinto",
            "sixth sexta sexto",
            "seventh séptima séptimo septima septimo",
            "eighth octava octavo",
            "ninth novena noveno",
            "tenth décima décimo decima decimo",
        ),
        start=1,
    )
    for word in words.split()
}
_RANK = re.compile(
    r"(?:rank|choice|opción|preferencia|lugar|elección|no\.?|#)?\s*"
    r"(?:(?P<number>[1-9]\d?)(?:\.|st|nd|rd|th|[.]?[ºªaoº°]|[.]?(?:ero|era|er|[dmrtv]o|[dmrtv]a|no|na))*"
    r"|(?P<word>[^\W\d]+))"
    r"\s*(?:choice|preference|pick|rank|opción|preferencia|lugar|elección)?"
)


def rank_of(text: str) -> int | None:
    """The rank a word means, else None: "1", "2nd", "Third choice", "1.ª opción", "2do lugar"."""
    found = _RANK.fullmatch(folded(text))
    if not found:
        return None
    return int(found["number"]) if found["number"] else _ORDINALS.get(found["word"])


def rows_are_candidates(cells: Mapping[str, str], places: Mapping[str, int]) -> Answer:
    """Grid with a row for each candidate, ranks in the cells: `{candidate: "1st"}`.

    Args:
        cells: what stands beside each candidate; several ranks stand apart by commas.
        places: `Contest.places()`.
    """
    ranks: dict[int, set[int]] = {}
    for name, cell in cells.items():
        place = places.get(folded(name))
        if place is None:
            return Answer(unreadable="a row of the form is no choice of this contest")
        for word in filter(str.strip, re.split(r"[,;|\n]", cell)):
            rank = rank_of(word)
            if rank is None:
                return Answer(unreadable="a rank is written in a word nobody uses")
            ranks.setdefault(rank, set()).add(place)
    slots = (_slot(ranks.get(rank, ())) for rank in range(1, max(ranks, default=0) + 1))
    return Answer(ranking=canonical(tuple(slots)))


def rows_are_ranks(cells: Sequence[str], places: Mapping[str, int]) -> Answer:
    """Grid with a row for each rank, candidates in the cells; also `rank1 … rankN` of a file."""
    slots: list[Slot] = []
    for cell in cells:
        slot = _marked(cell, places)
        if slot is None:
            return Answer(unreadable="a name is not on this ballot")
        slots.append(slot)
    return Answer(ranking=canonical(tuple(slots)))


def single_choice(cell: str, places: Mapping[str, int]) -> Answer:
    """One cell with one choice, or with several where several may be approved."""
    return rows_are_ranks([cell], places)


_YES = frozenset({"yes", "y", "sí", "si", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


def yes_no(cell: str, places: Mapping[str, int]) -> Answer:
    """A plain yes or no in the usual words; the contest's own words come first.

    The first choice of such a contest is yes, the second is no.
    """
    word = folded(cell)
    if word in places or not word:
        return single_choice(cell, places)
    if word in _YES:
        return Answer(ranking=(0,))
    return Answer(ranking=(1,)) if word in _NO else single_choice(cell, places)


def _marked(cell: str, places: Mapping[str, int]) -> Slot | None:
    """The choices in one cell; None when a name is unknown."""
    text = folded(cell)
    if not text:
        return SKIPPED
    if text in places:
        return places[text]
    if text == OVERVOTE_WORD:
        return OVERVOTE
    parts = [part for part in map(folded, re.split(r"[|\r\n]", cell)) if part]
    if len(parts) < 2:
        parts = _listed(text, places)
    known = [places[part] for part in parts if part in places]
    return _slot(known) if known and len(known) == len(parts) else None


def _listed(text: str, places: Mapping[str, int]) -> list[str]:
    """Names joined by ", " as a form's checkboxes join them; a name may hold a comma itself."""
    names: list[str] = []
    while text:
        fits = [name for name in places if text == name or text.startswith(name + ", ")]
        if not fits:
            return [text]
        names.append(max(fits, key=len))
        text = text[len(names[-1]) :].removeprefix(", ")
    return names


def _slot(marked: Iterable[int]) -> Slot:
    choices = frozenset(marked)
    if not choices:
        return SKIPPED
    return next(iter(choices)) if len(choices) == 1 else choices
