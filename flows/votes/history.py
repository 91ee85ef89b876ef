"""The record in words: how each event is told to people, in the terminal and to scripts.

Nothing compares these words: they can be changed on any day. What a former version sealed as a
sentence is shown in the words of today; `--json` gives it as it was sealed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from connectors.ledger import ElectionRecord
from flows.alerts.form_words import drift_said
from flows.mail.email_names import named
from flows.votes.fact_names import shown
from models.votes import events as e
from models.votes.audit_log import FACTS, WHAT, AuditLogEntry
from models.votes.election import REMINDERS
from models.votes.results import OpenTie

Facts = dict[str, str | int]
SET_BACK = "found that the clock was set back to before an email"


def sentence(event: e.Event) -> str:
    """What happened, in a few words that follow whoever did it."""
    match event:
        case e.Approved():
            return "approved the election"
        case e.ApprovalWithdrawn():
            return "withdrew the approval"
        case e.Opened():
            return "opened voting"
        case e.Extended():
            return "extended voting"
        case e.VoteCancelled():
            return "canceled the election"
        case e.RaceCancelled():
            return "canceled a contest"
        case e.CandidateWithdrawn():
            return "recorded that a candidate withdrew"
        case e.RaceOverruled():
            return "voided a counted contest by a decision of the committee"
        case e.CancellationPublished():
            return "published that the election is canceled"
        case e.VoterAdded():
            return "added a person to the voter roll"
        case e.VoterStruck():
            return "removed a person from the voter roll"
        case e.LetterSent():
            return "sent an email"
        case e.LetterStopped():
            return "gave up an email that the mailing service had stopped"
        case e.LetterUndelivered():
            return "found that an email was not delivered"
        case e.LetterDelivered():
            return "found how many people an email was sent to"
        case e.LetterBroughtAgain():
            return "had an email that reached no one sent again"
        case e.CodesCleared():
            return "removed the codes from the mailing list"
        case e.AnnouncementCleared():
            return "emptied the announcement's segments"
        case e.ClockSetBack():
            return SET_BACK
        case e.FormDrifted():
            return "found that the ballot form was not as approved"
        case e.FormMended():
            return "found that the ballot form was as approved again"
        case e.Closed():
            return "closed voting"
        case e.StoppedAtTie():
            return "stopped at a tie"
        case e.TieDecided():
            return "decided a tie"
        case e.Counted():
            return "counted the votes"
        case e.RaceVoided():
            return "could not count a contest, which is void"
        case e.Published():
            return "published the result"
        case e.AnnouncementsSettled():
            return "decided who gets which announcement"
        case e.ResultAnnounced():
            return "announced the result"
        case e.CodesShown():
            return "viewed the codes of voters to call"
        case e.BallotAskedAfter():
            return "asked whether one voter's ballot arrived"
        case e.RollDestroyed():
            return "deleted the voter roll, the codes, and the tellers' files"
        case e.ListWritten():
            return "exported the list with email addresses"
        case e.PersonErased():
            return "erased a person"
        case e.PersonReadmitted():
            return "readmitted a person"
        case e.RowsDestroyed():
            return "retention"
        case e.Unread():
            return event.what
        case _:
            assert_never(event)


def facts(event: e.Event, zone: ZoneInfo) -> Facts:
    """What is to be known of it, each fact under its name; moments on the chapter's clock."""
    match event:
        case e.Approved():
            return _given(
                ("opens", noted(event.opens, zone)),
                ("closes", noted(event.closes, zone)),
                ("record date", str(event.record_date)),
                ("contests", ", ".join(event.contests)),
                ("counting rules", event.rules),
                ("definition digest", event.definition),
            )
        case e.Opened():
            return _given(
                ("voters", event.voters),
                ("record date", str(event.record_date)),
                ("test ballots", event.early),
                ("roll", event.roll),
            )
        case e.Extended():
            moved = {"from": noted(event.before, zone), "to": noted(event.closes, zone)}
            return {**moved, **_reasons(event)}
        case e.VoteCancelled() | e.RaceCancelled() | e.CandidateWithdrawn() | e.RaceOverruled():
            said = event.model_dump(exclude={"kind", "reason", "reason_es"})
            return {**said, **_reasons(event)}
        case e.CancellationPublished():
            return {"pages": event.pages}
        case e.VoterAdded() | e.VoterStruck():
            return _given(
                ("voter", event.voter),
                ("reason", event.reason),
                ("roll", event.roll),
                ("line of the roll", event.line),
            )
        case e.LetterSent():
            return {"letter": event.letter, "people": event.people}
        case e.LetterStopped():
            return {"letter": event.letter, "campaign": event.campaign, "people": event.people}
        case e.LetterUndelivered():
            told: Facts = {
                "letter": event.letter,
                "campaign": event.campaign,
                "people": event.people,
            }
            return told if event.sent is None else told | {"went to": event.sent}
        case e.LetterDelivered():
            return {"letter": event.letter, "people": event.people, "sent to": event.booked}
        case e.CodesCleared():
            return _given(("contacts", event.contacts), ("refused", event.refused))
        case e.ClockSetBack() | e.LetterBroughtAgain():
            return {"letter": event.letter}
        case e.FormDrifted():
            return {"differs": "; ".join(drift_said(event.drift))}
        case e.Closed():
            went, closes = event.reminders, ("closes", noted(event.closes, zone))
            if went is None or went == REMINDERS:  # all is as it should be (EN-R13)
                return _given(closes)
            return _given(closes, ("reminders", f"{went} of {REMINDERS} sent"))
        case e.StoppedAtTie():
            return {"races": ", ".join(event.races)}
        case e.TieDecided():
            return {"race": event.race, "picked": event.picked, "how": event.how}
        case e.Counted():
            return _counted(event)
        case e.RaceVoided():
            return {"race": event.race, "why": str(event.why)}
        case e.AnnouncementsSettled():
            return dict(event.people)
        case e.CodesShown():
            return _given(("voters", event.voters), ("reason", event.reason or None))
        case e.BallotAskedAfter():
            return {"reason": event.reason}
        case e.ListWritten():
            return {"reason": event.reason, "people": event.people}
        case e.PersonErased():
            return {"contacts": event.contacts, "rows": event.rows, **taken_out(event)}
        case e.RowsDestroyed():
            return {**destroyed(event)}
        case e.Unread():
            return dict(event.facts)
        case (
            e.ApprovalWithdrawn()
            | e.AnnouncementCleared()
            | e.FormMended()
            | e.Published()
            | e.ResultAnnounced()
            | e.RollDestroyed()
            | e.PersonReadmitted()
        ):
            return {}
        case _:
            assert_never(event)


def _reasons(event: e.Extended | e.VoteCancelled | e.ChangeOfRaces | e.RaceOverruled) -> Facts:
    """Why, in the languages that somebody wrote it in."""
    spanish = {"reason in Spanish": event.reason_es} if event.reason_es else {}
    return {"reason": event.reason, **spanish}


def _counted(event: e.Counted) -> Facts:
    return {
        "received": event.received,
        "counted": event.counted,
        "superseded": event.superseded,
        **{f"set aside, {reason}": many for reason, many in event.set_aside.items()},
        **{race: str(outcome) for race, outcome in event.outcomes.items()},
        **_given(
            ("pages", event.pages), ("tellers", event.tellers), ("result digest", event.result)
        ),
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


def _given(*named: tuple[str, str | int | None]) -> Facts:
    """The facts that are there."""
    return {name: value for name, value in named if value is not None}


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
    for line in lines:
        _, known = told(line, vote, zone)
        facts_shown = (f"{shown(name)}: {value}" for name, value in known.items())
        yield line, sentence(line.event), "; ".join(facts_shown)
