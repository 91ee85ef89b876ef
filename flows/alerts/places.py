"""Which votes are watched, how an alert names them, and what was so when last looked at."""

import re
from collections.abc import Collection
from hashlib import sha256

from flows.context import ChapterContext
from models.mail.alerts import Alert, AlertKind
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord

WATCHED = (ElectionState.DRAFT, ElectionState.OPEN, ElectionState.CLOSED)
"""From the approval until the count."""


def is_watched(_: ChapterContext, vote: ElectionRecord) -> bool:
    """Whether a vote is on its way."""
    return vote.state in WATCHED


def known(context: ChapterContext, kinds: Collection[AlertKind], place: str) -> list[Alert]:
    """What was so of a vote, or of the nights, when it was last looked at."""
    found = context.ledger.alerts.still_so()
    return [one.alert for one in found if one.alert.kind in kinds and one.alert.place == place]


_MOST_DIGITS, _LONGEST = 6, 48


def place_of(vote: str) -> str:
    """A vote as an alert may name it; a name that it may not is cut, and marked by letters."""
    digits, kept = 0, ""
    for character in vote[:_LONGEST]:
        digits += character.isdigit()
        kept += character if digits <= _MOST_DIGITS or not character.isdigit() else ""
    place = f"vote-{re.sub('-+', '-', kept).strip('-')}".rstrip("-")
    if place == f"vote-{vote}":
        return place
    mark = sha256(vote.encode()).digest()
    return f"{place}-{''.join(chr(ord('a') + byte % 26) for byte in mark[:6])}"
