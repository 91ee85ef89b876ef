"""Headers over columns of yes and no that say the opposite of the field they are taken for.

A yes under “Cancelled?” is a no under “Held”: read as its opposite, such a column counts what never
took place, or emails someone who asked for no email.
"""

import re
from collections.abc import Container

from models.intake.headers import in_settings
from models.text.folding import unmarked
from models.text.sentences import Sentence

_NOT = r"\b(?:not|never|cannot|without|nunca|sin|[a-z]+n't)\b"
_NO = r"\b(?:no|none)\b|" + _NOT
OFF = r"\b(?:cancel|postpon|called off|(?:snowed|rained) out)"
CALLED_OFF = OFF + r"|(?:" + _NO + r") (?:\w+ )?(?:held|happen|take place|took place|meet)"
_SAYS = {
    "held": (
        OFF + r"|\b(?:skip|dropped|scrapp|scrubb)|" + _NO,
        r"\bstatus\b|(?<!not )\bheld\W* ?(?:or|/|,)|(?:\bor|/|,) ?held\b",
        "cancelled",
    ),
    "cancelled": (
        r"\b(?:held|took place|happened|went ahead)\b",
        r"\bcancel|\bpostpon|" + _NO,
        "held",
    ),
    "counts": (
        r"\b(?:exclud|exempt|omit|ignor|skip|leave out|left out|discount)|" + _NO, "", "",
    ),
    "wants_email": (
        r"\bopt(?:s|ed|ing)?[- ]?outs?\b|\bun-?subscri|\b(?:exclu|remov|declin|refus|stop|suppress"
        r"|bounce|block|exempt|omit)|\b(?:off|leave|left|quit|baja)\b|" + _NO,
        "",
        "",
    ),
}  # fmt: skip
"""Of a field: the words that say the opposite, those beside which they do not, the field meant."""
_FIRST_HELD = re.compile(
    r"(?:was it |were they |did it )?(?:held|happen(?:ed)?|take place|took place)\b"
)
"""“Held / Not held”: a yes there says that it was, whatever comes after."""
_HARMLESS = re.compile(
    r"\b(?:yes|y|sí|si) ?(?:/|or|,|o) ?(?:no|n)\b|\b(?:or|/) ?not\b"
    r"|\b(?:can|may|could|free to)(?: \w+){0,2} (?:unsubscribe|opt[- ]out)\b"
    r"|\b(?:unsubscribe|opt[- ]out)(?: at)? any ?time\b"
    r"|\bwe(?: will|'ll| do)? ?(?:never|not|[a-z]+n't)(?: ever)? (?:share|sell|spam|rent|give)\b"
    r"|\b(?:never|not)(?: be)? (?:shared|sold)\b"
)
"""What stands beside a question or an answer, and turns neither into its opposite."""


def plain(text: str) -> str:
    """A folded text without what promises, or offers both: “yes/no”, “I can unsubscribe”."""
    return _HARMLESS.sub(" ", text)


def opposite(field: str, header: str) -> str:
    """Why a header cannot be the field's, as a part of a sentence; "" where it can."""
    against, beside, meant = _SAYS.get(field, ("", "", ""))
    head = plain(unmarked(header))
    if field == "cancelled" and _FIRST_HELD.match(head):
        beside = ""
    if not against or not re.search(against, head) or (beside and re.search(beside, head)):
        return ""
    return f"says the opposite of `{field}`" + (f": map it as `{meant}`" if meant else "")


def speaks(kind: str, header: str, read: Container[str]) -> tuple[str, ...]:
    """Return a note on an unread column that might say that an event was not held."""
    _, _, meant = _SAYS["held"]
    if kind != "events" or meant in read or not re.search(CALLED_OFF, unmarked(header)):
        return ()
    if not opposite("held", header):
        fact = Sentence(
            "the header suggests that this column says whether events were held, but the column "
            "is not read"
        )
        fix = Sentence(
            "if it does, map it in chapter.toml: [columns.events] {setting}",
            setting=f"held = {in_settings(header)}",
        )
        return () if "held" in read else (fact, fix)
    return (
        Sentence(
            "the header suggests that this column says which events were canceled, but the column "
            "is not read"
        ),
        Sentence("if it does, map it in chapter.toml: [columns.events] {setting}", setting=meant),
    )
