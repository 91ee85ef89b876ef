"""Whether what stands beside a ballot says that it is none that counts (BA-2).

Whoever keeps a file or a tab writes it there: `VOID - voted twice` in a cell, a no under `Valid`, a
yes under `Duplicate`. What voters write in whole sentences is none of it.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from models.text.folding import folded, unmarked

_VOID = re.compile(
    r"(?:void(?:ed)?|spoil(?:ed|t)|invalid|rejected|dup(?:e|licated?)?|disqualified|ineligible"
    r"|not eligible|unverified|challenged|provisional|withdrawn|cancell?ed"
    r"|(?:do not|don't|not) count(?:ed)?|not a member|test (?:ballot|vote)|nulo|anulad[ao])"
    r"(?:$| ?[-:;,.(!/]| (?:ballot|vote|of|row|entry)\b.*)"
)
_SOUND = re.compile(
    r"(?:are|is|was|were) (?:you|they|it|this)\b.*\b(?:member|valid|eligible|good standing)\b.*"
    r"|(?:(?:is|was) )?(?:an? |the )?(?:ballot |vote |voter )?"
    r"(?:valid|eligible|counted|counts?|accepted|verified|approved|ok|(?:voting |paid )?member"
    r"|(?:member )?in good standing|may vote|on (?:the )?roll|válid[ao])(?: (?:as of|on|by) .*)?"
)
_UNSOUND = re.compile(
    r"(?:(?:is|was) )?(?:an? )?(?:void|spoil(?:ed|t)|invalid|rejected|dup(?:e|licate)?|disqualified"
    r"|ineligible|excluded?|late|test|nul[ao])(?: (?:ballot|vote))?"
)
_NO = frozenset(("no", "n", "false", "✗", "✘"))
_YES = frozenset(("yes", "y", "true", "1", "x", "✓", "✔", "sí", "si"))


def is_void(header: str, cell: str) -> bool:
    """Whether a cell, folded, below a header says so of its row."""
    title = unmarked(header)
    if _SOUND.fullmatch(title) and cell in _NO:
        return True
    return bool(_VOID.match(cell) or (_UNSOUND.fullmatch(title) and cell in _YES))


def said_void(
    headers: Sequence[str], read: Collection[int], rows: Sequence[Sequence[str]]
) -> Iterator[int]:
    """The rows, by their place, of which a column that nobody reads says so.

    Args:
        read: the columns that are read, whose cells are votes.
    """
    others = [index for index, head in enumerate(headers) if head.strip() and index not in read]
    for number, row in enumerate(rows):
        if any(is_void(headers[i], folded(row[i])) for i in others if i < len(row)):
            yield number
