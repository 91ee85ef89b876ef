"""Headers that were meant for a further rank of a race, and say it in a misspelt way (BA-7).

`Mayor, thrid choice` beside `Mayor, first choice` and `Mayor, second choice` is not read, and
every third choice would be lost. A header is meant for a race where it is a rank that the race
lacks, a word for a rank, and the race's title or none, each no further than a slip from its word.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

from models.ballots.headers import Column, Sought
from models.ballots.layouts import ORDINALS, ordinal
from models.intake.headers import Head
from models.text.folding import folded

_WORD = re.compile(r"\d+[^\W\d_]*|[^\W\d_]+")
_NUMBERED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|[ao]|d[ao]|r[ao]|t[ao]|er[ao]?)?")
_NOUNS = ("rank", "ranking", "choice", "preference", "pick", "opción", "preferencia", "elección")
_BESIDE = re.compile(
    r"your|my|the|for|in|of|race|contest|optional|tu|su|mi|para|la|el|del?|opcional"
)
_NUMBERS = {
    word: str(number)
    for number, words in enumerate(
        ("one uno", "two dos", "three tres", "four cuatro", "five cinco", "six seis",
         "seven siete", "eight ocho", "nine nueve", "ten diez"), start=1)
    for word in words.split()
}  # fmt: skip
_SLIP, _LONG = 0.75, 4
"""How near a misspelt word is to its own, and from how many letters on it can be misspelt."""


def further_ranks(
    heads: Sequence[Head], one: Sought, there: Collection[int | None]
) -> Iterator[tuple[Head, int]]:
    """Yield unread headers that were meant for a rank of a contest.

    Args:
        there: the ranks that the race has.
    """
    for head in heads:
        ranks = set(_ranks_meant(head.text, one)) - {None, *there}
        if found := [rank for rank in sorted(filter(None, ranks)) if rank <= one.most]:
            yield head, found[0]


def sharing_words(texts: Sequence[str], title: str) -> str:
    """The text that holds most words of a title, more than half; "" where none does.

    A form may ask in a whole sentence, which no title resembles: `Whom do you want as mayor?`.
    """
    wanted = [word for word in _words(title) if not _BESIDE.fullmatch(word)] or _words(title)
    shared = [sum(any(_same([w], [t]) for w in _words(text)) for t in wanted) for text in texts]
    best = max(shared, default=0)
    return texts[shared.index(best)] if 2 * best > len(wanted) else ""


def _words(text: str) -> list[str]:
    return [_NUMBERS.get(word, word) for word in _WORD.findall(folded(text))]


def headed_rightly(columns: Sequence[Column], rank: int, one: Sought) -> str:
    """How a column of a rank is headed, after the manner of the columns that are read."""
    for column in reversed(columns):
        said = column.head.said
        for word in reversed([*_WORD.finditer(said)]):
            if column.means and (other := _as(word[0], column.means, rank)):
                return said[: word.start()] + other + said[word.end() :]
    return f"{one.contest.title}, {next(w for w, n in ORDINALS.items() if n == rank)} choice"


def _as(word: str, rank: int, wanted: int) -> str:
    """A word for a rank as the same kind of word for another; "" where it is none for that rank."""
    plain = folded(word)
    if ORDINALS.get(plain) == rank:
        kinds = [[w for w, n in ORDINALS.items() if n == each] for each in (rank, wanted)]
        other = kinds[1][min(kinds[0].index(plain), len(kinds[1]) - 1)]
        return other.capitalize() if word[0].isupper() else other
    if plain == str(rank):
        return str(wanted)
    return ordinal(wanted) if plain == ordinal(rank) else ""


def _ranks_meant(text: str, one: Sought) -> Iterator[int | None]:
    words = _WORD.findall(text)
    titles = [_WORD.findall(title) for title in one.titles]
    for own, rank in one.contest.own_ranks.items():
        if any(_same(words, [*title, *_WORD.findall(own)]) for title in titles):
            yield rank
    for at, word in enumerate(words):
        bare = word.isdecimal()
        rest = [each for n, each in enumerate(words) if n != at]
        named = [each for each in rest if not _near(each, _NOUNS)]
        for title in [*titles, *([] if bare and named == rest else [[]])]:
            left = [each for each in named if each in title or not _BESIDE.fullmatch(each)]
            if _same(left, title):
                yield _rank(word)


def _rank(word: str) -> int | None:
    if numbered := _NUMBERED.fullmatch(word):
        return int(numbered[1])
    return ORDINALS.get(_near(word, ORDINALS))


def _near(word: str, known: Collection[str]) -> str:
    if word in known or len(word) < _LONG:
        return word if word in known else ""
    return next(iter(get_close_matches(word, known, n=1, cutoff=_SLIP)), "")


def _same(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether they are the same but for slips; numbers and short words are no slip."""
    return len(words) == len(wanted) and all(
        word == other or (not word[0].isdecimal() and _near(word, [other]))
        for word, other in zip(words, wanted, strict=True)
    )
