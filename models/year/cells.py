"""Cells of the committee's tabs that have a vocabulary of their own."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from models.contests.settings import is_web_address
from models.intake.rows import Row, Unreadable
from models.text.folding import unmarked

LONGEST = 200
"""Characters of a name or a title: a ballot has room for no more."""


def named(row: Row, field: str, what: str) -> str:
    """A name or title that must be there, as a ballot can have it."""
    text = row.text(field, needed=what)
    if len(text) > LONGEST or "|" in text:
        fact = f"the {what} is longer than {LONGEST} characters, or has a |"
        raise Unreadable(field, fact, "shorten it")
    return text


def chosen(row: Row, field: str, known: Mapping[str, str], rule: str) -> str:
    """One of some words, by any of its spellings; "" where the cell is empty.

    Args:
        known: each spelling, folded → the word.
    """
    said = unmarked(row.text(field))
    if not said or said in known:
        return known.get(said, "")
    near = [known[one] for one in get_close_matches(said, known, n=3)]
    raise Unreadable(
        field,
        f"this is none of the words that can stand here{nearest(near)}",
        f"write one of: {', '.join(dict.fromkeys(known.values()))}",
        rule,
        asks=True,
    )


def nearest(names: Iterable[str]) -> str:
    """“; the nearest is …”, or "" where nothing is near."""
    told = list(dict.fromkeys(f"“{name}”" for name in names))
    return f"; the nearest {'is' if len(told) == 1 else 'are'} {', '.join(told)}" if told else ""


def web_address(row: Row, field: str) -> str:
    """An address on the web; "" and a question where the cell has something else (EN-R9)."""
    typed = row.text(field)
    if typed and not is_web_address(typed):
        row.notes.append(
            Unreadable(
                field,
                "an address on the web begins with http:// or https://",
                "copy the whole address from the browser",
                "EN-R9",
                asks=True,
            )
        )
        return ""
    return typed
