"""What a mark says about a person: that they came, that they did not, or something unclear."""

import re

from models.intake.cells import Cell, holds
from models.text.folding import folded

PRESENT = frozenset(
    ("x", "✓", "✔", "✅", "☑", "√", "yes", "y", "sí", "si", "true", "1", "p", "here", "present",
     "came", "attended", "late", "left early", "in person", "zoom", "online", "virtual")
)  # fmt: skip
ABSENT = frozenset(
    ("no", "n", "0", "✗", "✘", "❌", "☐", "a", "-", "absent", "away", "excused", "regrets", "n/a",
     "na")
)  # fmt: skip
HOW = frozenset(
    ("in", "person", "on", "via", "by", "at", "the", "left", "early", "bit", "little", "min", "a")
)
_WHY = frozenset(
    ("sick", "ill", "work", "working", "travel", "traveling", "travelling", "vacation", "family",
     "show", "at", "the", "in", "on")
)  # fmt: skip
"""Words that can be next to a yes, and next to a no; any other makes a mark a question."""


def came(mark: Cell) -> bool | None:
    """Return whether a mark says that the person came; None if it is not clear."""
    if not holds(mark):
        return False
    text = folded(str(mark))
    if re.fullmatch(r"[01][.,]0+", text):
        text = text[0]
    if text in PRESENT or text in ABSENT:
        return text in PRESENT
    words = [word for word in re.split(r"[\s(),;:/.!-]+", text) if word]
    said = {word in PRESENT for word in words if word in PRESENT | ABSENT - {"a"}}
    if len(said) != 1:
        return None
    yes = said.pop()
    known = PRESENT | HOW if yes else ABSENT | _WHY
    return yes if known.issuperset(words) else None
