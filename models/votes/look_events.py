"""What officers looked at that few may see; the record says who and when, and names no voter."""

from typing import Literal

from models.base import Value
from models.votes.chapter_events import Many


class CodesShown(Value):
    """An officer looked at the codes of voters whom no letter reaches (DP-4)."""

    kind: Literal["codes-shown"] = "codes-shown"
    voters: Many
    reason: str = ""
    """"" in the record of an earlier version, which asked for none."""


class ResultSeen(Value):
    """An officer looked at what the count left and is not public (EN-R8); once for each result."""

    kind: Literal["result-seen"] = "result-seen"
    seen: Literal["result", "tellers' report"]


class BallotAskedAfter(Value):
    """An officer asked before the close whether a ballot has arrived (BA-8); not whose."""

    kind: Literal["ballot-asked-after"] = "ballot-asked-after"
    reason: str
