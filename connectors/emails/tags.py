"""Mailchimp's merge tags in a text: `*|FNAME|*`, which Mailchimp fills in for each recipient."""

import re
from collections.abc import Iterator, Mapping

_MARKS = re.compile(r"(?=(\*\||\|\*))")
"""Where a tag may begin or end; two marks can share a sign, as in `*|A|*|B|*`."""
_OPENING = "*|"


def merge_tags(text: str) -> Iterator[str]:
    """Each merge tag, whole; of two beginnings the nearer one counts, for no tag holds another."""
    began = None
    for mark in _MARKS.finditer(text):
        at = mark.start()
        if mark[1] == _OPENING:
            began = at
        elif began is not None and at >= began + len(_OPENING):
            yield text[began : at + 2]
            began = None


_CHOICE = re.compile(r"\*\|IF:([^|]+)\|\*(.*?)\*\|END:IF\|\*", re.DOTALL)
_BRANCH = re.compile(r"\*\|ELSE(?:IF:([^|]+)|:)\|\*")


def decided(text: str, values: Mapping[str, str]) -> str:
    """The text with Mailchimp's choices made for one reader; none stands in another."""

    def chosen(block: re.Match[str]) -> str:
        first, *others = _BRANCH.split(block[2])
        branches = zip([block[1], *others[::2]], [first, *others[1::2]], strict=True)
        held = (then for condition, then in branches if _holds(condition, values))
        return str(next(held, ""))

    return _CHOICE.sub(chosen, text)


def _holds(condition: str | None, values: Mapping[str, str]) -> bool:
    """Whether a branch is the reader's; the last one, without a condition, is everybody's."""
    if condition is None:
        return True
    tag, sign, wanted = condition.partition("=")
    held = values.get(tag.strip(), "")
    return held == wanted.strip() if sign else bool(held)
