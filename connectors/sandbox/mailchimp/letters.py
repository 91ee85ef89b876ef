"""Letters as they reach a mailbox: merge tags filled in, conditional blocks decided.

Source: Mailchimp's "All the Merge Tags Cheat Sheet" and "Use Conditional Merge Tag Blocks"; of
several branches, "About Dynamic and Conditional Merge Tags" (mandrill.zendesk.com, 360039278713):
the first whose condition holds, and the others are skipped.
Values are inserted once and as text: HTML and merge tags inside them stay what they are, unless
the letter asks for `*|HTML:TAG|*`.
"""

import html
import re
from dataclasses import dataclass, field
from datetime import datetime

TAG = re.compile(r"\*\|([^|*]+)\|\*")
CONDITION = r"([A-Z0-9_:]+)(?:\s*(!?=)\s*([^|]*))?"
BLOCK = re.compile(rf"\*\|(IF|IFNOT):{CONDITION}\|\*(.*?)\*\|END:IF\|\*", re.S)
BRANCH = re.compile(rf"\*\|ELSE(?:IF:{CONDITION}|:)\|\*")


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of a campaign, merge tags and all; its letters share it."""

    subject: str
    html: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one address. `values` are the recipient's merge values when it was sent."""

    campaign_id: str
    title: str
    to: str
    at: datetime
    draft: Draft
    values: dict[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        return filled(self.draft.subject, self.values)

    @property
    def html(self) -> str:
        return filled(self.draft.html, self.values, escape=True)

    @property
    def text(self) -> str:
        return filled(self.draft.text, self.values)


def filled(words: str, values: dict[str, str], *, escape: bool = False) -> str:
    """The words with conditional blocks decided, then every known merge tag replaced, once."""

    def value(match: re.Match[str]) -> str:
        tag = match[1].strip()
        raw = tag.removeprefix("HTML:")
        if raw not in values:
            return match[0]
        return html.escape(values[raw]) if escape and raw == tag else values[raw]

    return TAG.sub(value, BLOCK.sub(lambda block: _decided(block, values), words))


def _decided(block: re.Match[str], values: dict[str, str]) -> str:
    kind, tag, sign, wanted, inside = block.groups()
    then, *others = BRANCH.split(inside)
    if _holds(tag, sign, wanted, values) == (kind == "IF"):
        return str(then)
    for tag, sign, wanted, otherwise in zip(*(others[n::4] for n in range(4)), strict=True):
        if tag is None or _holds(tag, sign, wanted, values):
            return str(otherwise)
    return ""


def _holds(tag: str, sign: str | None, wanted: str | None, values: dict[str, str]) -> bool:
    value = values.get(tag, "")
    return bool(value) if sign is None else (value == (wanted or "").strip()) == (sign == "=")
