"""The record in words: how each event is told to people, in the terminal and to scripts.

Nothing compares these words: they can be changed on any day. A line of a former version is shown as
it was sealed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, assert_never
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


def sentence(event: e.Event) -> str:
    """What happened, in a few words that follow whoever did it."""
    match event:
        case e.Approved():
            return "approved the vote"
        case e.ApprovalWithdrawn():
            return "withdrew the approval"
        case e.Opened():
            return "opened the vote"
        case e.Extended():
            return "extended the vote"
        case e.VoteCancelled():
            return "cancelled the vote"
        case e.RaceCancelled():
            return "cancelled a race"
        case e.CandidateWithdrawn():
            return "withdrew a candidate"
        case e.RaceOverruled():
            return "voided a counted race by a decision of the committee"
        case e.CancellationPublished():
            return "published that the vote is cancelled"
        case e.VoterAdded():
            return "added to the roll"
        case e.VoterStruck():
            return "struck from the roll"
        case e.LetterSent():
            return "sent a letter"
        case e.LetterStopped():
            return "gave up a letter that was stopped in the mailing service"
        case e.LetterUndelivered():
            return "found that a letter was not delivered"
        case e.LetterDelivered():
            return "found to how many a letter went"
        case e.LetterBroughtAgain():
            return "had a letter that went to nobody brought again"
        case e.CodesCleared():
            return "took the codes off the mailing list"
        case e.AnnouncementCleared():
            return "emptied the announcement's segments"
        case e.ClockSetBack():
            return SET_BACK
        case e.FormDrifted():
            return "found the ballot form not as it was approved"
        case e.FormMended():
            return "found the ballot form as it was approved again"
        case e.Closed():
            return "closed the vote"
        case e.StoppedAtTie():
            return "stopped at a tie"
        case e.TieDecided():
            return "decided a tie"
        case e.Counted():
            return "counted the vote"
        case e.RaceVoided():
            return "could not count a race, which is void"
        case e.Published():
            return "published the vote"
        case e.AnnouncementsSettled():
            return "settled who reads which announcement"
        case e.ResultAnnounced():
            return "announced the result"
        case e.CodesShown():
            return "looked at the codes of voters to call"
        case e.BallotAskedAfter():
            return "asked whether one voter's ballot has arrived"
        case e.RollDestroyed():
            return "destroyed the roll, the codes and the tellers' files"
        case e.ListWritten():
            return "wrote the list with addresses"
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
            return _given(closes, ("reminders", f"{went} of {REMINDERS} went out"))
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
