"""The record in words: how each event is told to people, in the terminal and to scripts.

Nothing compares these words: they can be changed on any day. A line of a former version is shown as
it was sealed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from connectors.ledger import ElectionRecord
from flows.alerts.form_words import drift_said
from flows.mail.email_names import named
from models.votes import events as e
from models.votes.audit_log import FACTS, WHAT, AuditLogEntry
from models.votes.election import REMINDERS
from models.votes.results import OpenTie

Facts = dict[str, str | int]
SET_BACK = "found the clock set back to before a letter"


_SENTENCES: Mapping[type[e.Event], str] = {
    e.Approved: "approved the vote",
    e.ApprovalWithdrawn: "withdrew the approval",
    e.Opened: "opened the vote",
    e.Extended: "extended the vote",
    e.VoteCancelled: "cancelled the vote",
    e.RaceCancelled: "cancelled a race",
    e.CandidateWithdrawn: "withdrew a candidate",
    e.RaceOverruled: "voided a counted race by a decision of the committee",
    e.PagesRenewed: "made the result's pages again, with the same result",
    e.CancellationPublished: "published that the vote is cancelled",
    e.VoterAdded: "added to the roll",
    e.VoterStruck: "struck from the roll",
    e.LetterSent: "sent a letter",
    e.LetterStopped: "gave up a letter that was stopped in the mailing service",
    e.LetterUndelivered: "found that a letter was not delivered",
    e.LetterDelivered: "found to how many a letter went",
    e.LetterBroughtAgain: "had a letter that went to nobody brought again",
    e.CodesCleared: "took the codes off the mailing list",
    e.AnnouncementCleared: "emptied the announcement's segments",
    e.ClockSetBack: SET_BACK,
    e.FormDrifted: "found the ballot form not as it was approved",
    e.FormMended: "found the ballot form as it was approved again",
    e.Closed: "closed the vote",
    e.StoppedAtTie: "stopped at a tie",
    e.TieDecided: "decided a tie",
    e.Counted: "counted the vote",
    e.RaceVoided: "could not count a race, which is void",
    e.Published: "published the vote",
    e.AnnouncementsSettled: "settled who reads which announcement",
    e.ResultAnnounced: "announced the result",
    e.CodesShown: "looked at the codes of voters to call",
    e.BallotAskedAfter: "asked whether one voter's ballot has arrived",
    e.RollDestroyed: "destroyed the roll, the codes and the tellers' files",
    e.ListWritten: "wrote the list with addresses",
    e.PersonErased: "erased a person",
    e.PersonReadmitted: "readmitted a person",
    e.RowsDestroyed: "retention",
}


def sentence(event: e.Event) -> str:
    """What happened, in a few words that follow whoever did it."""
    return event.what if isinstance(event, e.Unread) else _SENTENCES[type(event)]


_NAMES: Mapping[type[e.Event], Mapping[str, str]] = {
    e.Approved: {"rules": "counting rules", "definition": "definition digest"},
    e.Opened: {"early": "test ballots"},
    e.Extended: {"before": "from", "closes": "to"},
    e.VoterAdded: {"line": "line of the roll"},
    e.VoterStruck: {"line": "line of the roll"},
    e.LetterUndelivered: {"sent": "went to"},
    e.LetterDelivered: {"booked": "sent to"},
}
"""What a fact is called where people need another name for it than the record has."""
_UNTOLD = {"kind", "asked", "secret", "tied"}
"""What is sealed for the program alone."""
_REASONS = {"reason": "reason", "reason_es": "reason in Spanish"}


def facts(event: e.Event, zone: ZoneInfo) -> Facts:
    """What is to be known of it, each fact under its name; moments on the chapter's clock."""
    match event:
        case e.FormDrifted():
            return {"differs": "; ".join(drift_said(event.drift))}
        case e.Closed():
            went, closes = event.reminders, {"closes": noted(event.closes, zone)}
            if went is None or went == REMINDERS:  # all is as it should be (EN-R13)
                return {**closes}
            return {**closes, "reminders": f"{went} of {REMINDERS} went out"}
        case e.Counted():
            return _counted(event)
        case e.AnnouncementsSettled():
            return dict(event.people)
        case e.PersonErased():
            return {"contacts": event.contacts, "rows": event.rows, **taken_out(event)}
        case e.RowsDestroyed():
            return {**destroyed(event)}
        case e.Unread():
            return dict(event.facts)
    names = {**_NAMES.get(type(event), {}), **_REASONS}
    return {
        names.get(field, field.replace("_", " ")): _shown(value, zone)
        for field, value in sorted(event, key=lambda one: one[0] in _REASONS)
        if field not in _UNTOLD and value not in (None, "")
    }


def _shown(value: Any, zone: ZoneInfo) -> str | int:
    """A fact as people read it."""
    match value:
        case datetime():
            return noted(value, zone)
        case tuple():
            return ", ".join(value)
        case int():
            return value
        case _:
            return str(value)


def _counted(event: e.Counted) -> Facts:
    digests = {"pages": event.pages, "tellers": event.tellers, "result digest": event.result}
    return {
        "received": event.received,
        "counted": event.counted,
        "superseded": event.superseded,
        **{f"set aside, {reason}": many for reason, many in event.set_aside.items()},
        **{race: str(outcome) for race, outcome in event.outcomes.items()},
        **{name: digest for name, digest in digests.items() if digest},
    }


def taken_out(event: e.PersonErased) -> dict[str, int]:
    """What the ledger held of somebody who was erased."""
    nominations = {"nominations": event.nominations} if event.nominations else {}
    return nominations | {
        "addresses and names": event.claims,
        "standings on record": event.standings,
        "letters noted": event.letters,
    }


def destroyed(event: e.RowsDestroyed) -> dict[str, int]:
    """What retention destroyed."""
    rolls = {} if event.rolls is None else {"lines of frozen rolls": event.rolls}
    return (
        {"rows": event.rows}
        | rolls
        | {
            "letters noted": event.letters,
            "standings on record": event.standings,
            "people whom no source names": event.people,
        }
    )


def noted(moment: datetime, zone: ZoneInfo) -> str:
    """A moment on the chapter's clock, to the minute."""
    return moment.astimezone(zone).isoformat(timespec="minutes")


def told(line: AuditLogEntry, vote: ElectionRecord | None, zone: ZoneInfo) -> tuple[str, Facts]:
    """What a line says: in a few words, and its facts, with letters as `status` calls them."""
    if line.earlier:
        what, known = str(line.said[WHAT]), dict(line.said[FACTS])
    else:
        what, known = sentence(line.event), facts(line.event, zone)
    if vote is None:
        return what, known
    return what, {
        named(vote, name): named(vote, str(value)) if name == "letter" else value
        for name, value in known.items()
    }


def for_a_script(line: AuditLogEntry, zone: ZoneInfo) -> dict[str, Any]:
    """A line as data: what was sealed, beside the same in words."""
    what, known = told(line, None, zone)
    sealed = line.model_dump(mode="json")
    return {**sealed, WHAT: what, FACTS: known}


def question(asked: OpenTie) -> str:
    """An open tie as a question, with what each answer gives (EN-R5)."""
    what = "who of them wins" if asked.for_election else "who of them is eliminated"
    branches = [f"if {choice}, then {ends}" for choice, ends in asked.branches.items()]
    gives = "; ".join(branches) or "there are too many ways on from there to say what each gives"
    says = f"{' and '.join(asked.tied)} are tied in round {asked.round}; {what}?"
    return f"{says} {gives}"


def questions(asked: Mapping[str, OpenTie]) -> Iterator[str]:
    """Every open tie with its race."""
    for contest, one in asked.items():
        yield f"{contest}: {question(one)}"


def rows(
    lines: Iterable[AuditLogEntry], vote: ElectionRecord | None, zone: ZoneInfo
) -> Iterator[tuple[AuditLogEntry, str, str]]:
    """Each line with its words: what, and the facts in one text."""
    for line in lines:
        what, known = told(line, vote, zone)
        yield line, what, "; ".join(f"{name}: {value}" for name, value in known.items())
