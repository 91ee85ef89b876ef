"""Whether a column next to a ballot says that it does not count (BA-2).

The person who keeps a file or tab writes it there: `VOID - voted twice` in a cell, a no under
`Valid`, a yes under `Duplicate`. Whole sentences of voters do not say it.
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
    r"(?:(?:is|was) )?(?:this )?(?:an? )?(?:void|spoil(?:ed|t)|invalid|rejected|dup(?:e|licate)?"
    r"|disqualified|ineligible|excluded?|late|test|superseded|replaced|removed?|deleted?|withdrawn"
    r"|nul[ao])(?: (?:ballot|vote))?"
)
_DONE = re.compile(
    r"(?:is |was )?(?:completed?|finished|submitted|complet(?:ad)?[ao]|terminad[ao])"
)
_PROGRESS = re.compile(r"(?:progress|(?:percent|%) (?:complete|done)|progreso)\b.*")
_NO = frozenset(("no", "n", "false", "✗", "✘"))
_YES = frozenset(("yes", "y", "true", "1", "x", "✓", "✔", "sí", "si"))


def is_void(header: str, cell: str) -> bool:
    """Whether a cell, folded, below a header says so of its row."""
    title = unmarked(header)
    if _SOUND.fullmatch(title) and cell in _NO:
        return True
    return bool(_VOID.match(cell) or (_UNSOUND.fullmatch(title) and cell in _YES))


def unfinished(header: str, cells: Sequence[str]) -> list[int]:
    """The places of cells, folded, that say of an answer that it was never finished.

    A survey says of each whether it was, in words of its own. Where some cells say so, whatever the
    others say is something else.
    """
    title = unmarked(header)
    if not cells:
        return []
    if _DONE.fullmatch(title) and set(cells) & {*_NO, "0"}:
        return [at for at, cell in enumerate(cells) if cell in {*_NO, "0"}]
    if _PROGRESS.fullmatch(title):
        shares = [float(cell.rstrip("% ")) if _SHARE.fullmatch(cell) else 0.0 for cell in cells]
        return [at for at, share in enumerate(shares) if share < max(shares)]
    if len(set(cells)) > _STATES or not any(map(_DONE.fullmatch, cells)):
        return []
    return [at for at, cell in enumerate(cells) if not _DONE.fullmatch(cell)]


_SHARE = re.compile(r"\d+(?:\.\d+)? ?%?")
_STATES = 4
"""States that an answer can be in; a column of comments has more."""


def said_void(
    headers: Sequence[str], read: Collection[int], rows: Sequence[Sequence[str]]
) -> Iterator[int]:
    """Yield the rows, by their place, that an unread column marks so.

    Args:
        read: the columns that are read, whose cells are votes.
    """
    others = [index for index, head in enumerate(headers) if head.strip() and index not in read]
    for number, row in enumerate(rows):
        if any(is_void(headers[i], folded(row[i])) for i in others if i < len(row)):
            yield number
