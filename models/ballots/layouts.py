"""What the cells of a ballot mean: the four layouts of BA-4, for files, tabs and forms alike.

Cells are texts as a sheet, a form or a file gives them; an empty cell is "". Whatever cannot be
understood, or can be understood in two ways, is unreadable with the reason; it is never guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from models.ballots.answers import Answer
from models.tally.rankings import OVERVOTE, SKIPPED, Slot, canonical
from models.text.folding import folded

OVERVOTE_WORD = "overvote"
LONGEST_CELL = 2_000
"""Letters; a longer cell is a paste gone wrong."""
NO_NAME = "a name is not on this ballot"
NO_RANK = "a rank is written in an unknown word"
TOO_HIGH = "a rank is above the number of choices"
TWO_WAYS = "a cell can be read as one choice or as several"

ORDINALS = {
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
"""The words for a rank."""
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_NOUN = r"(?:rank|ranking|choice|preference|pick|opci[óo]n|preferencia|lugar|elecci[óo]n)"
_RANK = re.compile(
    rf"{_NOUN}?\s*(?:no\.?|number|número|numero|#)?\s*"
    r"(?:(?P<number>[1-9]\d?)(?:\.|st|nd|rd|th|[.]?[ao°]|[.]?(?:ero|era|er|[dmrtv]o|[dmrtv]a|no|na))*"
    r"|(?P<word>[^\W\d]+))"
    rf"\s*{_NOUN}?"
)
_BEST = frozenset({"most preferred", "más preferido", "más preferida", "mas preferido"})
_NOTED = re.compile(r"(?P<rank>[^(:=-]+?)\s*(?:\(|[:=-])\s*(?P<note>[^()]+)\)?")
_HIGH = re.compile(r"(most|best|top|highest|más|mas|mejor|favou?rite|favorit[oa])\b.*")
_LOW = re.compile(r"(least|last|lowest|worst|menos|peor|últim[oa]|ultim[oa])\b.*")


def rank_of(text: str, own: Mapping[str, int] | None = None) -> int | None:
    """The rank a word means, else None: "1", "2nd", "Third choice", "1.ª opción", "2do lugar".

    A note in brackets or behind a dash may say again what the rank says, "1 (most preferred)";
    where it says otherwise, as in "1 (least preferred)", nobody knows which is meant.

    Args:
        own: what a contest's own words mean, by folded text.
    """
    word = folded(text)
    if own and word in own:
        return own[word]
    if noted := _NOTED.fullmatch(word):
        rank, note = rank_of(noted["rank"]), noted["note"]
        high, low = _HIGH.fullmatch(note), _LOW.fullmatch(note)
        fits = rank == 1 if high else (rank or 0) > 1 if low else rank_of(note) == rank
        return rank if fits else None
    if word in _BEST:
        return 1
    found = _RANK.fullmatch(word.removesuffix(".0"))  # as a spreadsheet writes a whole number
    if not found:
        return None
    return int(found["number"]) if found["number"] else ORDINALS.get(found["word"])


def ordinal(rank: int) -> str:
    """A rank as a form's column says it: 1st, 2nd."""
    return f"{rank}{'th' if 10 < rank % 100 < 14 else _ENDINGS.get(rank % 10, 'th')}"


def ranks_in(cell: str, most: float, own: Mapping[str, int] | None = None) -> tuple[int, ...] | str:
    """The ranks that a cell gives to the choice beside it; several stand apart by commas.

    Args:
        most: the number of choices; no rank is higher (BA-7).

    Returns:
        The ranks, or why the cell cannot be read.
    """
    ranks = [rank_of(word, own) for word in re.split(r"[,;|\r\n]", cell) if word.strip()]
    known = tuple(rank for rank in ranks if rank)
    if len(known) < len(ranks) or (cell.strip() and not ranks):
        return NO_RANK
    return TOO_HIGH if max(known, default=0) > most else known


def choices_in(
    cell: str, places: Mapping[str, int], own_mark: str = "", overvote: Iterable[str] = ()
) -> Slot | str:
    """The choices that a cell marks, one, several or none.

    A bar and a line break always part two names. A form's sheet parts them by a comma and its
    download by a semicolon, and names hold both: what fits in two ways is not read.

    Args:
        own_mark: what parts names in this file; then commas and semicolons do not.
        overvote: words for several choices that are not named.

    Returns:
        The choices, or why the cell cannot be read.
    """
    text = folded(cell)
    if not text:
        return SKIPPED
    if len(text) > LONGEST_CELL:
        return NO_NAME
    if text == OVERVOTE_WORD or text in overvote:
        return OVERVOTE
    exact = re.split(r"[|\r\n]", cell.replace(own_mark, "|") if own_mark else cell)
    if own_mark or len(exact) > 1:
        ways = {_places([name for name in map(folded, exact) if name], places)}
        if own_mark and text in places:
            ways.add(frozenset({places[text]}))
    else:
        ways = _listed(text, places)
    ways.discard(frozenset())
    if len(ways) > 1:
        return TWO_WAYS
    return _slot(ways.pop()) if ways else NO_NAME


def rows_are_candidates(
    cells: Mapping[str, str], places: Mapping[str, int], own: Mapping[str, int] | None = None
) -> Answer:
    """Grid with a row for each candidate, ranks in the cells: `{candidate: "1st"}`.

    A rank above the number of choices is unreadable, as in a file (BA-7).

    Args:
        cells: what stands beside each candidate; several ranks stand apart by commas.
        places: `Contest.places()`.
        own: as for `rank_of`.
    """
    ranks: dict[int, set[int]] = {}
    most = len(set(places.values()))
    for name, cell in cells.items():
        place = places.get(folded(name))
        if place is None:
            return Answer(unreadable="a row of the form is not a choice of this contest")
        found = ranks_in(cell, most, own)
        if isinstance(found, str):
            return Answer(unreadable=found)
        for rank in found:
            ranks.setdefault(rank, set()).add(place)
    slots = tuple(_slot(ranks.get(rank, ())) for rank in range(1, most + 1))
    return Answer(ranking=canonical(slots))


def rows_are_ranks(cells: Sequence[str], places: Mapping[str, int]) -> Answer:
    """Grid with a row for each rank, candidates in the cells; also `rank1 … rankN` of a file."""
    slots: list[Slot] = []
    for cell in cells:
        slot = choices_in(cell, places)
        if isinstance(slot, str):
            return Answer(unreadable=slot)
        slots.append(slot)
    return Answer(ranking=canonical(tuple(slots)))


def single_choice(cell: str, places: Mapping[str, int]) -> Answer:
    """One cell with one choice, or with several where several may be approved."""
    return rows_are_ranks([cell], places)


_YES = frozenset({"yes", "y", "sí", "si", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


def with_yes_and_no(places: Mapping[str, int]) -> dict[str, int]:
    """The places of a contest that takes one word, the usual words for yes and no included.

    Its own words come first. The first choice of such a contest is yes, the second is no.
    """
    return {**dict.fromkeys(_YES, 0), **dict.fromkeys(_NO, 1), **places}


def yes_no(cell: str, places: Mapping[str, int]) -> Answer:
    """A plain yes or no in the usual words; the contest's own words come first."""
    return single_choice(cell, with_yes_and_no(places))


def _places(names: Iterable[str], places: Mapping[str, int]) -> frozenset[int]:
    """Of these names; empty where one is unknown."""
    found = [places.get(name) for name in names]
    return frozenset() if None in found else frozenset(p for p in found if p is not None)


def _listed(text: str, places: Mapping[str, int]) -> set[frozenset[int]]:
    """The ways to read names that a form joined, by one joint throughout; names may hold it."""
    return {way for joint in (", ?", "; ?") for way in _parted(text, joint, places)}


def _parted(text: str, joint: str, places: Mapping[str, int]) -> list[frozenset[int]]:
    """The ways to read names that stand between joints, two at most."""
    text = text.removesuffix(";").rstrip()  # some forms close each tick
    joints = [(found.start(), found.end()) for found in re.finditer(joint, text)]
    ways: dict[int, list[frozenset[int]]] = {len(text): [frozenset()]}
    for start in reversed([0, *(after for _, after in joints)]):
        found = [
            others | {places[name]}
            for end, after in [*joints, (len(text), len(text))]
            if end >= start and (name := text[start:end].strip()) in places
            for others in ways.get(after, ())
        ]
        ways[start] = list(dict.fromkeys(found))[:2]
    return ways[0]


def _slot(marked: Iterable[int]) -> Slot:
    choices = frozenset(marked)
    if not choices:
        return SKIPPED
    return next(iter(choices)) if len(choices) == 1 else choices
