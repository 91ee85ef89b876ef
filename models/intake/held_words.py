"""The words by which a sheet says that an event was called off, did not happen, or was moved."""

import re

OFF = (
    r"(?:cancel\w*|postpon\w*|resched\w*|called off|scrapp?ed|scrubbed|dropped|skipped|abandoned"
    r"|aborted|aplazad[oa]|pospuest[oa]|suspendid[oa])"
)
NOT_OFF = re.compile(rf"\b(?:not|never|wasn't|isn't) {OFF}")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = (
    r"(?:\d{4}-\d|\d\d?[/.-]\d\d?(?![\d:]| ?[ap]\.?m)|\d\d?(?:st|nd|rd|th)? (?:of )?"
    rf"{_MONTH}|{_MONTH} \d|next |another (?:day|date|week))"
)
NOT_HELD = re.compile(
    rf"\b{OFF}|\b(?:rained|snowed) out\b"
    r"|\b(?:not|never) (?:held|happen\w*|took place|met)\b"
    r"|\b(?:did|was)(?:n't| not) (?:held|happen|take place|meet|occur)"
    rf"|\bno (?:meeting|event|forum)\b|\bmoved to {_DAY}"
)


def says_off(text: str) -> bool:
    """Whether a text (folded) says that an event was not held on its day."""
    return bool(NOT_HELD.search(NOT_OFF.sub(" ", text)))
