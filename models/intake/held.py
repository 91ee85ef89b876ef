"""Whether an event was held, whether it counts and who ran it, as a sheet says it (VM-R2, VM-R6).

“Cancelled – snow” was not, “moved to Zoom” was. If a cell says neither, or both, the row is
skipped and named: an unclear word must not decide who can vote.
"""

import re

from models.intake.consents import NO, YES
from models.intake.held_words import NOT_HELD, NOT_OFF, OFF
from models.intake.rows import Row, Unreadable
from models.text.folding import folded, unmarked
from models.text.sentences import Sentence

_HOW = (
    r"(?:on ?line|zoom|virtual(?:ly)?|remote(?:ly)?|hybrid|in[- ]person|outdoors?|indoors?"
    r"|en línea|presencial)"
)
_HOUR = (
    r"(?:\d\d?(?:[:.]\d\d)? ?[ap]\.?m\b|\d\d?:\d\d|noon\b|room \d+"
    r"|(?:the )?\d+(?:st|nd|rd|th) floor)"
)
_HELD = re.compile(
    r"\b(?:held(?! (?:over|off|up|back|until|till)\b)|took place|happened|completed|as planned)\b"
    rf"|\bmoved (?:to )?{_HOW}\b|\bmoved to {_HOUR}(?!.*\d)"
)
_MODE = re.compile(rf"\b{_HOW}\b")
_BESIDE = frozenset(
    ("a", "an", "the", "and", "at", "by", "in", "on", "only", "over", "via", "with", "went", "was",
     "meeting", "event", "forum", "both", "por", "en")
)  # fmt: skip
"""Words that leave “online”, “hybrid” and their like to say that it took place."""
_DOUBT = re.compile(
    rf"\?|\b(?:maybe|perhaps|might|may be|if|unless|tbd|tbc|not sure|unclear|{OFF} from"
    r"|(?:was|were|supposed|should|would)(?: have)?(?: to)? (?:be|been))\b|^no\. .*\d"
)
_NEVER = re.compile(
    r"\b(?:no|not|never|none|nothing|nobody|cannot|without|hardly|[a-z]+n't|nunca|nadie|sin)\b"
)
_WHY = re.compile(r"\b(?:no (?!longer\b)[a-z]+|not enough|nobody (?:came|could))\b")
"""What was lacking, behind a word that says it was called off."""
_NO_MATTER = ("-", "n/a", "na", "none", "no one", "nope", "ninguno", "ninguna")
"""What people write under “Cancelled” where there is nothing to say."""
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
            "cancelled",
            Sentence("“Held” and “Cancelled” disagree"),
            Sentence("correct one of them"),
            "VM-R2",
        )
    return held is False or not_held is False


_COUNTS_NOT = re.compile(
    r"(?:it )?(?:does not|doesn't|do not|don't|did not|didn't|not) count(?:ed|s|ing)?\b"
)
_BUT = re.compile(
    r"\?|\b(?:but|except|unless|if|only|maybe|half|partly|tbd|yes|no|not|[a-z]+n't)\b"
)


def counts(row: Row) -> bool | None:
    """What a row says under “Counts”: yes or no, and a reason behind it; None where it is blank.

    Raises:
        Unreadable: the cell says neither, or takes back what it says.
    """
    text = folded(row.text("counts"))
    for said, means in ((_COUNTS_NOT, False), (_YES, True), (_NO, False)):
        if (told := said.match(text)) and not _BUT.search(text[told.end() :]):
            return means
    return row.yes("counts")


_NOBODY = {
    "", *NO, "none", "n/a", "na", "-", "ninguno", "ninguna", "us", "we", "ourselves", "just us",
    "only us", "no partner", "no partners", "no one", "nobody",
}  # fmt: skip
"""What people write where there is no partner."""


def partner(row: Row, chapter: str) -> str:
    """Who else ran an event; the chapter itself is nobody else (VM-R6)."""
    said = row.text("partner")
    return "" if unmarked(said) in _NOBODY | {unmarked(chapter)} else said


def _said(row: Row, field: str, *, yes: bool) -> bool | None:
    """Whether the event was held, by one cell; None where it is blank.

    Args:
        yes: what a plain yes says there of the event.
    """
    text = folded(row.text(field))
    if not text or (field == "cancelled" and text in _NO_MATTER):
        return None
    if text in YES - {"held"} or text in NO - {"cancelled", "canceled"}:
        return (text in YES) is yes
    rest = NOT_OFF.sub(" ", text)
    left = NOT_HELD.sub(" ", rest)
    how = _MODE.search(left)
    first, second = (_YES, _NO) if yes else (_NO, _YES)
    on = bool(rest != text or _HELD.search(left) or first.match(text) or _is_but_how(left))
    off = bool(left != rest or second.match(text))
    told = _YES.match(left) or _NO.match(left)
    left = left[told.end() if told else 0 :]
    unsaid = _NEVER.search(_WHY.sub(" ", left) if off else left)
    if on == off or (off and how) or unsaid or _DOUBT.search(text):
        raise Unreadable(
            field,
            Sentence("this cell does not clearly say whether the event was held")
            if field == "held"
            else Sentence("this cell does not clearly say whether the event was cancelled"),
            Sentence("write yes or no, and put any remarks in another column"),
            "VM-R2",
        )
    return on


def _is_but_how(text: str) -> bool:
    """Whether a text says nothing but how they met."""
    rest = _MODE.sub(" ", text)
    return rest != text and set(re.findall(r"\w+", rest)) <= _BESIDE
