"""Mailchimp's merge tags in a text: `*|FNAME|*`, which Mailchimp fills in for each recipient."""

import re
from collections.abc import Iterator

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
