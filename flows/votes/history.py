"""The record in words: how each event is told to people, in the terminal and to scripts.

Nothing compares these words: they can be changed on any day. What a former version sealed as a
sentence is shown in the words of today; `--json` gives it as it was sealed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flows.alerts.form_words import drift_said
from flows.mail.email_names import named
from flows.votes.fact_names import shown
from models.tally.outcome import Outcome, OutcomeKind
from models.text.sentences import Joined, Sentence, clocked, day_said, in_english
from models.votes import events as e
from models.votes.audit_log import FACTS, WHAT, AuditLogEntry
from models.votes.election import REMINDERS
from models.votes.election_record import ElectionRecord
from models.votes.results import OpenTie

Facts = dict[str, str | int]
Said = Callable[[date], str]
SET_BACK = Sentence("found that the clock was set back to before an email")


_SENTENCES: Mapping[type[e.Event], Sentence] = {
    e.Approved: Sentence("approved the election"),
    e.ApprovalGiven: Sentence("gave one of the approvals that the chapter asks for"),
    e.ApprovalWithdrawn: Sentence("withdrew the approval"),
    e.Opened: Sentence("opened voting"),
    e.Extended: Sentence("extended voting"),
    e.VoteCancelled: Sentence("canceled the election"),
    e.RaceCancelled: Sentence("canceled a contest"),
    e.CandidateWithdrawn: Sentence("recorded that a candidate withdrew"),
    e.RaceOverruled: Sentence("voided a counted contest by a decision of the committee"),
    e.PagesRenewed: Sentence("made the result's pages again, with the same result"),
    e.CancellationPublished: Sentence("published that the election is canceled"),
    e.VoterAdded: Sentence("added a person to the voter roll"),
    e.VoterStruck: Sentence("removed a person from the voter roll"),
    e.QuorumNotMet: Sentence("found that quorum was not met, and held voting open"),
    e.LetterSent: Sentence("sent an email"),
    e.LetterStopped: Sentence("gave up an email that the mailing service had stopped"),
    e.LetterUndelivered: Sentence("found that an email was not delivered"),
    e.LetterDelivered: Sentence("found how many people an email was sent to"),
    e.LetterBroughtAgain: Sentence("had an email that reached no one sent again"),
    e.CodesCleared: Sentence("removed the codes from the mailing list"),
    e.AnnouncementCleared: Sentence("emptied the announcement's segments"),
    e.ClockSetBack: SET_BACK,
    e.FormDrifted: Sentence("found that the ballot form was not as approved"),
    e.FormMended: Sentence("found that the ballot form was as approved again"),
    e.Closed: Sentence("closed voting"),
    e.StoppedAtTie: Sentence("stopped at a tie"),
    e.TieDecided: Sentence("decided a tie"),
    e.Counted: Sentence("counted the votes"),
    e.RaceVoided: Sentence("could not count a contest, which is void"),
    e.Published: Sentence("published the result"),
    e.AnnouncementsSettled: Sentence("decided who gets which announcement"),
    e.ResultAnnounced: Sentence("announced the result"),
    e.CodesShown: Sentence("viewed the codes of voters to call"),
    e.ResultSeen: Sentence("viewed pages of the count that are not public"),
    e.BallotAskedAfter: Sentence("asked whether one voter's ballot arrived"),
    e.RollDestroyed: Sentence("deleted the voter roll, the codes, and the tellers' files"),
    e.ListWritten: Sentence("exported the list with email addresses"),
    e.ListImported: Sentence("read a list from a file"),
    e.ListRemoved: Sentence("removed a list that was read from a file"),
    e.PlanApproved: Sentence("approved the plan of a nightly run"),
    e.PersonErased: Sentence("erased a person"),
    e.PersonReadmitted: Sentence("readmitted a person"),
    e.OfficerInvited: Sentence("made a sign-in link for an officer"),
    e.OfficerSignedOut: Sentence("signed an officer out"),
    e.RowsDestroyed: Sentence("retention"),
    e.SettingsExtended: Sentence("added to the sheets and forms that are read"),
    e.ProposalsCalled: Sentence("sent the call for proposals"),
    e.MembersEmailed: Sentence("sent an email to all members"),
    e.RequestDecided: Sentence("decided about a request"),
    e.VolunteersCalled: Sentence("sent a call to action to volunteers"),
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
    e.VoterAdded: {"line": "line of the roll", "aside": "recused"},
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
            return {"differs": Joined("; ", drift_said(event.drift))}
        case e.Closed():
            went, closes = event.reminders, {"closes": said(event.closes)}
            if went is None or went == REMINDERS:  # all is as it should be (EN-R13)
                return {**closes}
            return {
                **closes, "reminders": Sentence("{went} of {all} sent", went=went, all=REMINDERS)
            }  # fmt: skip
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
        **{race: _ended(outcome) for race, outcome in event.outcomes.items()},
        **{name: digest for name, digest in digests.items() if digest},
    }


def _ended(outcome: Outcome) -> Sentence:
    """How a contest ended."""
    if not outcome.choices:
        return _ENDS[outcome.kind]
    return Sentence("{end}: {choices}", end=_ENDS[outcome.kind], choices=", ".join(outcome.choices))


_ENDS: Mapping[OutcomeKind, Sentence] = {
    OutcomeKind.ENDORSED: Sentence("endorsed"),
    OutcomeKind.NO_ENDORSEMENT_CHOSEN: Sentence("no endorsement chosen"),
    OutcomeKind.NO_CONSENSUS: Sentence("no consensus"),
    OutcomeKind.ANTI_ENDORSED: Sentence("anti-endorsed"),
    OutcomeKind.ELECTED: Sentence("elected"),
    OutcomeKind.ADOPTED: Sentence("adopted"),
    OutcomeKind.ADVISED: Sentence("advisory: nothing is decided"),
    OutcomeKind.NOT_ADOPTED: Sentence("not adopted"),
    OutcomeKind.NO_CONFIDENCE: Sentence("no confidence"),
    OutcomeKind.NO_QUORUM: Sentence("no quorum"),
    OutcomeKind.NOBODY_VOTED: Sentence("nobody voted"),
    OutcomeKind.VOID: Sentence("void"),
    OutcomeKind.OPEN_TIE: Sentence("open tie"),
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
    return clocked(when.astimezone(zone)) if isinstance(when, datetime) else day_said(when)


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
        facts_shown = (
            Sentence("{name}: {value}", name=shown(name), value=_worded(name, value))
            for name, value in known.items()
        )
        yield line, sentence(line.event), Joined("; ", facts_shown)


def _worded(name: str, value: str | int) -> str | int:
    """A value that the program words itself is English, if it is no sentence."""
    if name in _PROGRAMS and not isinstance(value, int):
        return in_english(value)
    return value


_PROGRAMS = frozenset(("why", "seen", "letter", "how", "decision"))
"""Facts whose values the program words."""
