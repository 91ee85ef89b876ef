"""Headers over columns of yes and no that say the opposite of the field they are taken for.

A yes under “Cancelled?” is a no under “Held”: read as its opposite, such a column counts what never
took place, or writes to somebody who asked for no mail.
"""

import re
from collections.abc import Container

from models.folding import unmarked

_NOT = r"\b(?:not|never|didn't|wasn't|isn't|don't|doesn't|hasn't)\b"
_SAYS = {
    "held": (
        r"\b(?:cancel|postpon|called off|skip|dropped)|" + _NOT,
        r"\b(?:held|status)\b",
        "cancelled",
    ),
    "cancelled": (
        r"\b(?:held|took place|happened|went ahead)\b",
        r"\bcancel|\bpostpon|" + _NOT,
        "held",
    ),
    "counts": (r"\b(?:exclude|excluded|excluding|ignore|skip)\b|" + _NOT, r"^counts?\b", ""),
    "registered_voter": (r"\b(?:unregistered|non)\b|" + _NOT, "", ""),
    "dues_paid": (
        r"\b(?:unpaid|owes?|owed|overdue|outstanding|lapsed)\b|" + _NOT,
        r"\bpaid or\b",
        "",
    ),
    "wants_mail": (
        r"^(?:please )?(?:no|do not|don't|never|opt(?:ed)?[- ]out|unsubscribed?|remove|decline)\b",
        "",
        "",
    ),
}
"""Of a field: the words that say the opposite, those beside which they do not, the field meant."""


def opposite(field: str, header: str) -> str:
    """Why a header cannot be the field's, as a part of a sentence; "" where it can."""
    against, beside, meant = _SAYS.get(field, ("", "", ""))
    head = unmarked(header)
    if not against or not re.search(against, head) or (beside and re.search(beside, head)):
        return ""
    return f"says the opposite of `{field}`" + (f": map it as `{meant}`" if meant else "")


def speaks(kind: str, header: str, read: Container[str]) -> tuple[str, ...]:
    """What to say of a column that nobody reads and that would count as held what was not."""
    against, _, meant = _SAYS["held"]
    if kind != "events" or meant in read or not re.search(against, unmarked(header)):
        return ()
    return (
        "its header speaks of what was cancelled, and the column is not read",
        f"if it says so, name it in chapter.toml [columns.events] {meant}",
    )
