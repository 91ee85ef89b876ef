"""Unread columns with a few values that repeat: one note per tab.

A yes and no, or a state, might say that a row does not count: “Verified”, “Type”, “Official?”.
The words that say so cannot be listed. So such a column is named once, with its number of values,
unless its header is one that every chapter has and that decides nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from models.intake.cells import Cell, holds, sound
from models.intake.headers import ColumnNote, Head
from models.intake.marks import ABSENT, PRESENT
from models.privacy import one_line, redact_addresses
from models.text.folding import folded
from models.text.sentences import Joined, Sentence

_OF_PEOPLE = re.compile(
    r"\b(?:town|city|ward|precinct|district|neighbou?rhood|zip|postal|street|address|area|region"
    r"|county|state|pronouns?|gender|age|race|ethnicity|language|idioma|hear|heard|find out|found"
    r"|referred|source|phone|mobile|cell|text|name|organi[sz]ation|affiliation|employer|occupation"
    r"|job|union|school|first|new|newcomer|food|diet\w*|vegan|vegetarian|allerg\w*|meals?|dinner"
    r"|lunch|pizza|snacks?|child ?care|kids|children|size|seat|table|parking|carpool|rides?|drive"
    r"|transport\w*|access\w*|interpret\w*|accommodat\w*|guests?|plus|topics?|interests?"
    r"|interested|issues?|committee|workstream|team|skills?|newsletter|mail\w*|e-?mail|subscrib\w*"
    r"|contact|sms|facebook|instagram|members?|membership|voter|vote|party|dues|donat\w*"
    r"|volunteer|entered by|typed by|duplicates?|device|browser|ip)\b"
)
_OF_EVENTS = re.compile(
    r"\b(?:location|place|where|venue|room|building|address|town|city|time|times|start|starts|end"
    r"|ends|hours?|duration|week ?day|day|month|season|year|quarter|link|url|zoom|online|format"
    r"|mode|in[- ]person|hybrid|topics?|agenda|theme|speakers?|guests?|title|notes?|remarks?"
    r"|comments?|description|details|attendance|attendees|headcount|number|count|no|id|fl[iy]er"
    r"|poster|cost|budget|food|snacks?|child ?care|contact|committee|workstream|team|chair"
    r"|facilitator|moderator|presenter|note ?taker|minutes|recording|photos?|language|interpret\w*"
    r"|rsvps?|invited|access\w*|parking|entered by)\b"
)
"""The closed lists of headers that decide nothing."""
_MOST_VALUES, _LONGEST, _MOST_NAMED = 6, 40, 6
_NO_STATE = re.compile(r"@|\d:\d|\d[-/.]\d|\d{5}|https?:")
"""In an address, a time, a day, a telephone's number: no state."""
_NUMBER = re.compile(r"[\d.,]+%?")
_YES_OR_NO = (
    PRESENT | ABSENT | {"false", "falso", "off", "on", "t", "f", "nope", "yep", "none", "not yet"}
)
_NO = _YES_OR_NO - PRESENT - {"yep", "on", "t"}
_EMPTY_BOX = ("FALSE", "FALSO")
_IF_SO = {
    "events": (
        Sentence(
            "if one of them says that an event was not held or does not count, the event still "
            "counts"
        ),
        Sentence(
            "if none does, do nothing; otherwise write it under “Counts”, “Held”, or “Partner”"
        ),
    ),
    "": (
        Sentence(
            "if one of them says that a person was not there, the person still counts as present"
        ),
        Sentence("if none does, do nothing; otherwise move those rows to another tab"),
    ),
}


def unread_states(
    kind: str, heads: Iterable[Head], rows: Sequence[Sequence[Cell]]
) -> Iterator[ColumnNote]:
    """The one line about such columns of a tab; of their cells nothing is kept (DP-5).

    Args:
        heads: of the columns of which nothing else is said.
    """
    ordinary = _OF_EVENTS if kind == "events" else _OF_PEOPLE
    found = []
    for head in heads:
        values = () if ordinary.search(head.text) else states_in(rows, head.index)
        if values:
            many = len(values)
            said = redact_addresses(one_line(head.said))[:_LONGEST]
            found.append(
                Sentence("{letter} “{said}” (1 value)", letter=head.letter, said=said)
                if many == 1
                else Sentence(
                    "{letter} “{said}” ({many} values)", letter=head.letter, said=said, many=many
                )
            )
    if found:
        more = len(found) - _MOST_NAMED
        named: Sentence = Joined(", ", found[:_MOST_NAMED])
        if more > 0:
            named = Sentence("{some} and {many} more", some=named, many=more)
        what, next_step = _IF_SO.get(kind, _IF_SO[""])
        fact = Sentence(
            "these columns are not read, and their values repeat: {named}; {what}",
            named=named,
            what=what,
        )
        yield "1:1", fact, next_step


def states_in(rows: Sequence[Sequence[Cell]], column: int) -> set[str]:
    """The values of a column, where they may tell rows apart that count from rows that do not."""
    texts, blank, seen = set[str](), False, 0
    for row in rows:
        if not any(map(holds, row)):
            continue
        cell = sound(row[column]) if column < len(row) else None
        if not holds(cell) and str(cell).upper() not in _EMPTY_BOX:
            blank = True
            continue
        text = folded(str(cell))
        texts.add(text)
        seen += 1
        if len(texts) > _MOST_VALUES or len(text) > _LONGEST or _NO_STATE.search(text):
            return set()
    if texts <= _YES_OR_NO:
        return texts if texts & _NO or (texts and blank) else set()
    if all(map(_NUMBER.fullmatch, texts)) or seen == len(texts):
        return set()
    return texts if len(texts) > 1 or blank else set()
