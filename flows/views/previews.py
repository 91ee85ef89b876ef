"""The emails as they will be sent, a vote's with its own values, for an officer to look at."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from flows.context import ChapterContext
from flows.mail.coming import facts_for
from flows.mail.near import near_examples
from flows.nightly.people import facts_on_record
from flows.requests import letters as requests
from flows.votes.emails.ballots import (
    EXTENSION_TEXTS,
    INVITATION_TEXTS,
    RACE_TEXTS,
    REMINDER_TEXTS,
    WITHDRAWAL_TEXTS,
    as_test,
    ballot_words,
    change_facts,
    words_of,
)
from flows.votes.emails.cancelled import CANCELLATION_TEXTS, cancellation_words
from flows.votes.emails.reminders import reminders_in_all, sent_reminders
from flows.votes.emails.tellers import REPORT_TEXTS, report_words
from flows.votes.lifecycle import look_at
from flows.votes.publish import ANNOUNCEMENT_TEXTS, announcement_words
from models.bylaws.conditions import Events, LastEvents
from models.errors import FixTheData, Refused
from models.mail.notices import (
    KINDS,
    LAPSE,
    LAPSE_LEAD,
    NEAR,
    ONE_AWAY,
    WELCOME,
    EmailContent,
    kind_named,
)
from models.membership.voting_status import Status
from models.votes.changes import standing_candidates
from models.votes.election import REMINDERS, Election
from models.votes.election_record import ElectionRecord
from models.votes.events import CandidateWithdrawn, Extended, RaceCancelled, VoteCancelled
from models.votes.history import last

UNWRITTEN, UNWRITTEN_ES = "(the reason that you give)", "(el motivo que usted dé)"


def letter_words(context: ChapterContext, name: str, election: str) -> EmailContent:
    """A letter's texts: about a person's standing, a request, or a vote.

    Args:
        election: the vote's name; "" for a letter about a standing or a request.

    Raises:
        FixTheData: there is no such email, or it wants the name of a vote.
        Refused: it tells of a result that there is not (EN-R8).
    """
    if name not in (known := (*KINDS, *requests.TEXTS, *OF_A_VOTE)):
        raise FixTheData("there is no such email", next_step=f"choose one of {', '.join(known)}")
    if name in requests.TEXTS:
        return requests.example(context, name)
    if name in KINDS:
        facts = facts_on_record(context)
        example = near_examples(context) if name == NEAR else {}
        return context.words(kind_named(name), **facts_for(context, name, facts), **example)
    if not election:
        raise FixTheData(
            "an election's email is shown with that election's values",
            where=name,
            next_step="name the election: --election NAME",
        )
    vote = context.ledger.votes.get(election)
    return OF_A_VOTE[name](context, vote.election if vote else context.election(election), vote)


def examples_of(context: ChapterContext, name: str) -> Mapping[str, str]:
    """Values that somebody who gets the letter could have, by the bylaws in effect."""
    rules, today = context.bylaws.in_force(context.today).membership, context.today
    needed = [
        condition.at_least.value
        for path in rules.paths
        for condition in path.conditions
        if isinstance(condition, Events | LastEvents)
    ]
    many = max(needed, default=1)
    values: Mapping[str, tuple[int, Status, int]] = {
        ONE_AWAY: (many - 1, Status.ONE_AWAY, 90),
        LAPSE: (many, Status.VOTING, LAPSE_LEAD.days),
        WELCOME: (0, Status.NOT_YET, 0),
    }
    events, status, days = values.get(name, (many, Status.VOTING, 365))
    return {
        "CLSTATUS": status.value,
        "CLEVENTS": str(events),
        "CLUNTIL": str(today + timedelta(days=days)) if days else "",
    }


def test_words(context: ChapterContext, name: str, election: str) -> EmailContent:
    """The same for a test: what stands for a voter's code is one that nobody holds."""
    words = letter_words(context, name, election)
    has_code = election or name in requests.TEXTS
    return as_test(context.ledger, election or name, words) if has_code else words


def _words(
    context: ChapterContext,
    election: Election,
    vote: ElectionRecord | None,
    letter: str,
    **facts: object,
) -> EmailContent:
    """With what was cancelled or withdrawn since the approval (EN-R11)."""
    return (
        ballot_words(context, vote, letter, **facts)
        if vote
        else words_of(context, election, letter, (), **facts)
    )


def _invitation(
    context: ChapterContext, election: Election, vote: ElectionRecord | None
) -> EmailContent:
    return _words(context, election, vote, INVITATION_TEXTS)


def _reminder(
    context: ChapterContext, election: Election, vote: ElectionRecord | None
) -> EmailContent:
    gone = sent_reminders(context.ledger, vote.name) if vote else 0
    number = min(gone + 1, REMINDERS)
    in_all = max(number, reminders_in_all(context, vote)) if vote else REMINDERS
    return _words(context, election, vote, REMINDER_TEXTS, number=number, in_all=in_all)


def _extension(
    context: ChapterContext, election: Election, vote: ElectionRecord | None
) -> EmailContent:
    told = last(context.ledger.votes.lines(vote.name), Extended) if vote else None
    reason, reason_es = (told.reason, told.reason_es) if told else (UNWRITTEN, UNWRITTEN_ES)
    because = {"reason": reason, "reason_es": reason_es}
    return _words(context, election, vote, EXTENSION_TEXTS, **because)


def _cancellation(
    context: ChapterContext, election: Election, vote: ElectionRecord | None
) -> EmailContent:
    done = vote.changes.cancelled if vote else None
    said = done[1] if done else VoteCancelled(reason=UNWRITTEN, reason_es=UNWRITTEN_ES)
    return cancellation_words(context, election, said)


def _race_cancelled(
    context: ChapterContext, election: Election, vote: ElectionRecord | None
) -> EmailContent:
    race = election.contests[0].id
    event = RaceCancelled(race=race, reason=UNWRITTEN, reason_es=UNWRITTEN_ES)
    return _words(context, election, vote, RACE_TEXTS, **change_facts(election, event))


def _withdrawal(
    context: ChapterContext, election: Election, vote: ElectionRecord | None
) -> EmailContent:
    named = [(one.id, who) for one in election.contests for who in standing_candidates(one)]
    if not named:
        raise Refused(
            "no contest of this election has candidates who could withdraw",
            where=election.name,
            rule="EN-R11",
            next_step=look_at(election.name),
        )
    race, who = named[0]
    because = {"reason": UNWRITTEN, "reason_es": UNWRITTEN_ES}
    event = CandidateWithdrawn(race=race, candidate=who, **because)
    return _words(context, election, vote, WITHDRAWAL_TEXTS, **change_facts(election, event))


def _announcement(
    context: ChapterContext, election: Election, vote: ElectionRecord | None
) -> EmailContent:
    return announcement_words(context, _counted(election, vote), election.contests)


def _report(
    context: ChapterContext, election: Election, vote: ElectionRecord | None
) -> EmailContent:
    return report_words(context, _counted(election, vote))


def _counted(election: Election, vote: ElectionRecord | None) -> ElectionRecord:
    if vote is None or vote.result is None:
        raise Refused(
            "there is no result to announce yet",
            where=election.name,
            rule="EN-R8",
            next_step=look_at(election.name),
        )
    return vote


OF_A_VOTE: Mapping[
    str, Callable[[ChapterContext, Election, ElectionRecord | None], EmailContent]
] = {
    INVITATION_TEXTS: _invitation,
    REMINDER_TEXTS: _reminder,
    EXTENSION_TEXTS: _extension,
    CANCELLATION_TEXTS: _cancellation,
    RACE_TEXTS: _race_cancelled,
    WITHDRAWAL_TEXTS: _withdrawal,
    ANNOUNCEMENT_TEXTS: _announcement,
    REPORT_TEXTS: _report,
}
"""The letters of a vote by the folders of their texts."""
