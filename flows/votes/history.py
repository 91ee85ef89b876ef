"""The record in words: how each event is told to people, in the terminal and to scripts.

Nothing compares these words: they can be changed on any day. What a former version sealed as a
sentence is shown in the words of today; `--json` gives it as it was sealed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from connectors.ledger import ElectionRecord
from flows.alerts.form_words import drift_said
from flows.mail.email_names import named
from flows.votes.fact_names import shown
from models.text import formats
from models.votes import events as e
from models.votes.audit_log import FACTS, WHAT, AuditLogEntry
from models.votes.election import REMINDERS
from models.votes.results import OpenTie

Facts = dict[str, str | int]
Said = Callable[[date], str]
SET_BACK = "found that the clock was set back to before an email"


_SENTENCES: Mapping[type[e.Event], str] = {
    e.Approved: "approved the election",
    e.ApprovalWithdrawn: "withdrew the approval",
    e.Opened: "opened voting",
    e.Extended: "extended voting",
    e.VoteCancelled: "canceled the election",
    e.RaceCancelled: "canceled a contest",
    e.CandidateWithdrawn: "recorded that a candidate withdrew",
    e.RaceOverruled: "voided a counted contest by a decision of the committee",
    e.PagesRenewed: "made the result's pages again, with the same result",
    e.CancellationPublished: "published that the election is canceled",
    e.VoterAdded: "added a person to the voter roll",
    e.VoterStruck: "removed a person from the voter roll",
    e.LetterSent: "sent an email",
    e.LetterStopped: "gave up an email that the mailing service had stopped",
    e.LetterUndelivered: "found that an email was not delivered",
    e.LetterDelivered: "found how many people an email was sent to",
    e.LetterBroughtAgain: "had an email that reached no one sent again",
    e.CodesCleared: "removed the codes from the mailing list",
    e.AnnouncementCleared: "emptied the announcement's segments",
    e.ClockSetBack: SET_BACK,
    e.FormDrifted: "found that the ballot form was not as approved",
    e.FormMended: "found that the ballot form was as approved again",
    e.Closed: "closed voting",
    e.StoppedAtTie: "stopped at a tie",
    e.TieDecided: "decided a tie",
    e.Counted: "counted the votes",
    e.RaceVoided: "could not count a contest, which is void",
    e.Published: "published the result",
    e.AnnouncementsSettled: "decided who gets which announcement",
    e.ResultAnnounced: "announced the result",
    e.CodesShown: "viewed the codes of voters to call",
    e.ResultSeen: "viewed pages of the count that are not public",
    e.BallotAskedAfter: "asked whether one voter's ballot arrived",
    e.RollDestroyed: "deleted the voter roll, the codes, and the tellers' files",
    e.ListWritten: "exported the list with email addresses",
    e.PlanApproved: "approved the plan of a nightly run",
    e.PersonErased: "erased a person",
    e.PersonReadmitted: "readmitted a person",
    e.OfficerInvited: "made a sign-in link for an officer",
    e.OfficerSignedOut: "signed an officer out",
    e.RowsDestroyed: "retention",
}


def sentence(event: e.Event) -> str:
    """What happened, in a few words that follow whoever did it."""
    return event.what if isinstance(event, e.Unread) else _SENTENCES[type(event)]


_NAMES: Mapping[type[e.Event], Mapping[str, str]] = {
    e.Approved: {
        "rules": "counting rules",
        "definition": "definition digest",
        "noted": "striven for",
    },
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


def facts(event: e.Event, zone: ZoneInfo, said: Said | None = None) -> Facts:
    """What is to be known of it, each fact under its name; moments on the chapter's clock.

    Args:
        said: how a moment or a day is written, if not as for scripts.
    """
    said = said or partial(noted, zone=zone)
    match event:
        case e.FormDrifted():
            return {"differs": "; ".join(drift_said(event.drift))}
        case e.Closed():
            went, closes = event.reminders, {"closes": said(event.closes)}
            if went is None or went == REMINDERS:  # all is as it should be (EN-R13)
                return {**closes}
            return {**closes, "reminders": f"{went} of {REMINDERS} sent"}
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
        names.get(field, field.replace("_", " ")): _shown(value, said)
        for field, value in sorted(event, key=lambda one: one[0] in _REASONS)
        if field not in _UNTOLD and value not in (None, "", ())
    }


def _shown(value: Any, said: Said) -> str | int:
    """A fact as people read it."""
    match value:
        case date():
            return said(value)
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


def noted(when: date, zone: ZoneInfo) -> str:
    """A moment on the chapter's clock, to the minute; or a day."""
    if isinstance(when, datetime):
        return when.astimezone(zone).isoformat(timespec="minutes")
    return str(when)


def _as_people_say(when: date, zone: ZoneInfo) -> str:
    if isinstance(when, datetime):
        return formats.clocked(when.astimezone(zone))
    return formats.day(when)


def told(
    line: AuditLogEntry, vote: ElectionRecord | None, zone: ZoneInfo, said: Said | None = None
) -> tuple[str, Facts]:
    """What a line says: in a few words, and its facts, with letters as `status` calls them."""
    if line.earlier:
        what, known = str(line.said[WHAT]), dict(line.said[FACTS])
    else:
        what, known = sentence(line.event), facts(line.event, zone, said)
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
    what = "which one wins" if asked.for_election else "which one is eliminated"
    branches = [f"if {choice}, then {ends}" for choice, ends in asked.branches.items()]
    gives = "; ".join(branches) or "there are too many possibilities to list each result"
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
    said = partial(_as_people_say, zone=zone)
    for line in lines:
        _, known = told(line, vote, zone, said)
        facts_shown = (f"{shown(name)}: {value}" for name, value in known.items())
        yield line, sentence(line.event), "; ".join(facts_shown)
