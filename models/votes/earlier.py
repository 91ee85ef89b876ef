"""Lines that a former version sealed as a sentence and loose facts, read as events.

The seal of such a line covers the sentence and the facts, and they alone are stored: the event is
made of them at each reading, so that it cannot say anything else. This is the one place that knows
the sentences. They are never written again.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from models.ballots.boxes import RejectionReason
from models.tally.outcome import Outcome, OutcomeKind
from models.votes import events as e

Facts = Mapping[str, str | int]
_SET_ASIDE = "set aside, "


def translated(what: str, facts: Facts) -> e.Event:
    """The event that a former line tells of; `Unread` where this version knows no such sentence.

    Raises:
        ValueError: the sentence is known, and its facts are none that any version wrote.
    """
    read = _READ.get(what)
    try:
        return read(facts) if read else e.Unread(what=what, facts=facts)
    except KeyError:
        raise ValueError("a fact is missing") from None


def _approved(facts: Facts) -> e.Approved:
    return e.Approved(
        opens=_moment(facts["opens"]),
        closes=_moment(facts["closes"]),
        record_date=date.fromisoformat(str(facts["record date"])),
        contests=_listed(facts["contests"]),
        rules=_digest(facts, "counting rules"),
        definition=_digest(facts, "definition digest"),
    )


def _opened(facts: Facts) -> e.Opened:
    return e.Opened(
        voters=int(facts["voters"]),
        record_date=date.fromisoformat(str(facts["record date"])),
        early=int(facts.get("test ballots", 0)),
        roll=_digest(facts, "roll"),
    )


def _extended(facts: Facts) -> e.Extended:
    return e.Extended(
        before=_moment(facts["from"]), closes=_moment(facts["to"]), reason=str(facts["reason"])
    )


def _correction(facts: Facts) -> dict[str, Any]:
    voter, line = facts.get("voter"), facts.get("line of the roll")
    return {
        "reason": str(facts["reason"]),
        "roll": _digest(facts, "roll"),
        "line": None if line is None else int(line),
        "voter": None if voter is None else str(voter),
    }


def _counted(facts: Facts) -> e.Counted:
    sums = ("received", "counted", "superseded")
    digests = {"result": "result digest", "pages": "pages", "tellers": "tellers"}
    aside = {fact: n for fact, n in facts.items() if fact.startswith(_SET_ASIDE)}
    known = {*sums, *digests.values(), *aside}
    return e.Counted(
        **{fact: int(facts[fact]) for fact in sums},
        set_aside={RejectionReason(f.removeprefix(_SET_ASIDE)): int(n) for f, n in aside.items()},
        outcomes={race: _outcome(str(t)) for race, t in facts.items() if race not in known},
        **{name: _digest(facts, fact) for name, fact in digests.items()},
    )


def _outcome(told: str) -> Outcome:
    """Several choices stood in one text: it is kept whole, for a name may hold a comma."""
    kind, colon, choices = told.partition(": ")
    return Outcome(OutcomeKind(kind), (choices,) if colon else ())


def _erased(facts: Facts) -> e.PersonErased:
    return e.PersonErased(
        contacts=int(facts["contacts"]),
        rows=int(facts["rows"]),
        nominations=int(facts.get("nominations", 0)),
        claims=int(facts.get("addresses and names", 0)),
        standings=int(facts.get("standings on record", 0)),
        letters=int(facts.get("letters noted", 0)),
    )


def _destroyed(facts: Facts) -> e.RowsDestroyed:
    rolls = facts.get("lines of frozen rolls")
    return e.RowsDestroyed(
        rows=int(facts["rows"]),
        rolls=None if rolls is None else int(rolls),
        letters=int(facts.get("letters noted", 0)),
        standings=int(facts.get("standings on record", 0)),
        people=int(facts.get("people whom no source names", 0)),
    )


def _cleared(facts: Facts) -> e.CodesCleared:
    counts = {fact: int(many) for fact, many in facts.items()}
    return e.CodesCleared(contacts=counts.get("contacts"), refused=counts.get("refused"))


def _moment(told: str | int) -> datetime:
    return datetime.fromisoformat(str(told))


def _listed(told: str | int) -> tuple[str, ...]:
    return tuple(str(told).split(", "))


def _digest(facts: Facts, name: str) -> str | None:
    return str(facts[name]) if name in facts else None


_READ: Mapping[str, Callable[[Facts], e.Event]] = {
    "approved the vote": _approved,
    "withdrew the approval": lambda _: e.ApprovalWithdrawn(),
    "opened the vote": _opened,
    "extended the vote": _extended,
    "added to the roll": lambda facts: e.VoterAdded(**_correction(facts)),
    "struck from the roll": lambda facts: e.VoterStruck(**_correction(facts)),
    "sent a letter": lambda facts: e.LetterSent(
        letter=str(facts["letter"]), people=int(facts["people"])
    ),
    "gave up a letter that somebody stopped by hand": lambda facts: e.LetterStopped(
        letter=str(facts["letter"]),
        campaign=str(facts.get("campaign", "")),
        people=int(facts.get("people", 0)),
    ),
    "took the codes off the mailing list": _cleared,
    "emptied the announcement's segments": lambda _: e.AnnouncementCleared(),
    "found the clock set back to before a letter": lambda facts: e.ClockSetBack(
        letter=str(facts["letter"])
    ),
    "closed the vote": lambda facts: e.Closed(closes=_moment(facts["closes"])),
    "stopped at a tie": lambda facts: e.StoppedAtTie(races=_listed(facts["races"])),
    "decided a tie": lambda facts: e.TieDecided(
        race=str(facts["race"]), picked=str(facts["picked"]), how=str(facts["how"])
    ),
    "counted the vote": _counted,
    "published the vote": lambda _: e.Published(),
    "settled who reads which announcement": lambda facts: e.AnnouncementsSettled(
        people={letter: int(people) for letter, people in facts.items()}
    ),
    "announced the result": lambda _: e.ResultAnnounced(),
    "looked at the codes of voters to call": lambda facts: e.CodesShown(
        voters=int(facts["voters"])
    ),
    "destroyed the roll, the codes and the tellers' files": lambda _: e.RollDestroyed(),
    "wrote the list with addresses": lambda facts: e.ListWritten(
        reason=str(facts["reason"]), people=int(facts["people"])
    ),
    "erased a person": _erased,
    "readmitted a person": lambda _: e.PersonReadmitted(),
    "retention": _destroyed,
}
SENTENCES = frozenset(_READ)
"""Every sentence that was ever sealed."""
