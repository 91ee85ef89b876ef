"""What a status and a change are called on the screen; stored values keep their names."""

import re

from models.intake.participation import Event
from models.membership.voting_status import Status
from models.text import formats
from models.text.sentences import Sentence

PLURAL = {
    Status.VOTING: "voting members",
    Status.ONE_AWAY: "one event away",
    Status.NOT_YET: "not voting members",
}
"""How many have each status, in words."""

PEOPLE = {
    Status.VOTING: "voting members",
    Status.ONE_AWAY: "people one event away",
    Status.NOT_YET: "people who are not voting members",
}
"""The same within a sentence."""

SHOWN = {status: status.value for status in Status} | {Status.NOT_YET: "Not a voting member"}
"""A status as people read it; the stored value keeps its name."""


def change_name(change: str) -> str:
    """Return what a kind of change is called on the screen; `--json` keeps its name."""
    return f"email {change.removeprefix('letter ')}" if change.startswith("letter ") else change


_EVENT = re.compile(r"(?<=[:;] )(\d{4}-\d\d-\d\d) (.+?)(?=; |$)")
"""An event in a list of them, as facts name it: the day, then the name."""


def event_said(event: Event) -> str:
    """An event as people read it."""
    return f"{event.name} ({formats.day(event.day)})"


def fact_said(fact: str) -> str:
    """A fact of the rules as people read it; on record and in `--json` its days are ISO."""
    english = formats.spoken(_EVENT.sub(r"\2 (\1)", fact))
    return fact.shaped(english) if isinstance(fact, Sentence) else english
