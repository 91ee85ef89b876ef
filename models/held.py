"""Whether an event was held, as a sheet says it in words (VM-R2).

“Cancelled – snow” was not, “moved to Zoom” was. What says neither, or both, is set aside and named:
a word the sheet never agreed on must not decide over a vote.
"""

import re

from models.folding import folded
from models.rows import NO, YES, Row, Unreadable

_OFF = r"(?:cancel\w*|postpon\w*|resched\w*|called off|aplazad[oa]|pospuest[oa]|suspendid[oa])"
_NOT_OFF = re.compile(rf"\b(?:not|never|wasn't|isn't) {_OFF}")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_NOT = re.compile(
    rf"\b{_OFF}|\b(?:rained|snowed) out\b|\b(?:not|never) (?:held|happen\w*)"
    r"|\b(?:did|was)(?:n't| not) (?:held|happen|take place|meet|occur)"
    rf"|\bno (?:meeting|event|forum)\b|\bmoved to (?:\d|next |another (?:day|date|week)|{_MONTH})"
)
_HELD = re.compile(
    r"\b(?:held|took place|happened|completed|on ?line|zoom|virtual\w*|remote\w*|hybrid"
    r"|in[- ]person|outdoors?|indoors?|as planned|en línea|presencial)\b"
)
_DOUBT = re.compile(r"\?|\b(?:maybe|perhaps|might|may be|if|unless|tbd|tbc|not sure|unclear)\b")
_YES = re.compile(r"(?:yes|sí|si|y|x|true|✓|✔|✅|☑)(?!\w)")
_NO = re.compile(r"(?:no|n|false|✗|✘|❌)(?:$| ?[-,;:(.!])")


def is_cancelled(row: Row) -> bool:
    """What a row of the Events tab says under “Held” and under “Cancelled”; blank means held.

    Raises:
        Unreadable: a cell does not say it, or the two say two things.
    """
    held = _said(row, "held", yes=True)
    not_held = _said(row, "cancelled", yes=False)
    if held is not None and not_held is not None and held != not_held:
        raise Unreadable(
            "cancelled", "“Held” and “Cancelled” say two things", "correct one of the two", "VM-R2"
        )
    return held is False or not_held is False


def _said(row: Row, field: str, *, yes: bool) -> bool | None:
    """Whether the event was held, by one cell; None where it is blank.

    Args:
        yes: what a plain yes says there of the event.
    """
    text = folded(row.text(field))
    if not text:
        return None
    if text in YES - {"held"} or text in NO - {"cancelled", "canceled"}:
        return (text in YES) is yes
    rest = _NOT_OFF.sub(" ", text)
    on = rest != text or _HELD.search(_NOT.sub(" ", rest))
    off = _NOT.search(rest)
    first, second = (_YES, _NO) if yes else (_NO, _YES)
    on, off = on or first.match(text), off or second.match(text)
    if bool(on) == bool(off) or _DOUBT.search(text):
        raise Unreadable(
            field,
            f"whether it was {field} cannot be told from this cell",
            "write yes or no, and what else there is to say into another column",
            "VM-R2",
        )
    return bool(on)
