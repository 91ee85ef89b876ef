"""What a cell says: yes, no, or the text of a consent box that somebody ticked (DP-4)."""

import re
from collections.abc import Container, Iterable

from models.intake.opposites import plain
from models.text.folding import folded, unmarked

YES = {"yes", "y", "true", "x", "✓", "✔", "✅", "☑", "ja", "sí", "si", "1", "1.0", "counts", "held"}
NO = {
    "no", "n", "false", "✗", "✘", "❌", "nein", "0", "0.0", "does not count",
    "cancelled", "canceled",
}  # fmt: skip

_AGREED = YES - {"counts", "held"}
_HEDGED = re.compile(
    r"\?|\b(?:no|not|never|nothing|none|but|[a-z]+n't|dont|cant|wont|stop|remove|delete|cancel|off"
    r"|already|maybe|later|perhaps|unless|except|if|until|rather|instead|(?<!mail )only|quit"
    r"|un-?subscri\w*|opt(?:ed)?[- ]?out|block|exclude|decline|leave|cannot"
    r"|baja|nunca|pero|sin|salvo|excepto)\b"
)
"""What takes a yes back in the same breath."""


_AT_THE_END = ".!,;:* "
"""What makes no difference behind a box's text; a question there is no yes."""


def boxes_of(texts: Iterable[str]) -> set[str]:
    """The texts of a chapter's consent boxes, for comparing: one may be a question itself."""
    ends = (_AT_THE_END, f"{_AT_THE_END}?")
    return {folded(text).rstrip(end) for text in texts for end in ends} - {""}


def agrees(typed: str, boxes: Container[str] = ()) -> bool | None:
    """Whether the text of a consent line is a yes; None if it is neither yes nor no.

    Args:
        boxes: the texts of the chapter's boxes, by `boxes_of`.
    """
    said = folded(typed)
    text = unmarked(said)
    first, *rest = (word.strip(",.;:!") for word in text.split(" "))
    plainly = first in _AGREED and not said.endswith("?")
    if said.rstrip(_AT_THE_END) in boxes or (plainly and not _HEDGED.search(plain(" ".join(rest)))):
        return True
    return None if text and first not in NO else False
