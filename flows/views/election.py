"""What the terminal shows of a vote: counts, and no result before the count (EN-R8)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from connectors.ledger import Mailing
from connectors.settings import Chapter
from flows.alerts.form_words import drift_said
from flows.alerts.places import is_watched
from flows.alerts.trouble import Troubles, called
from flows.context import ChapterContext
from flows.mail.delivered import why
from flows.mail.email_names import letter_name
from flows.views import roll as views
from flows.views.turnout import turnout
from flows.votes.check import early_answers
from flows.votes.emails.reminders import too_late
from flows.votes.emails.tellers import REPORT, outcomes_told
from flows.votes.emails.to_call import people_of, to_call
from flows.votes.history import question, rows
from flows.votes.lifecycle import (
    Said,
    calendar,
    early_at_opening,
    on_the_clock,
    standing,
    vote_of,
)
from flows.votes.sending import letters_of, reach
from flows.votes.watch import as_noted
from flows.votes.what_next import what_next
from models.ballots.form_texts import help_of, notes_of
from models.contests.asks import asked
from models.contests.contest import called_off, on_the_ballot
from models.errors import FixTheSettings
from models.membership.reasons import Reason
from models.text import formats
from models.votes.audit_log import AuditLogEntry
from models.votes.changes import of_who_stands
from models.votes.delivered import Lost, arrived, lost
from models.votes.election import Election, ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import ChangeOfRaces, LetterDelivered, LetterUndelivered, VoteCancelled
from models.votes.notices import vote_letter
from models.votes.windows import spoken


def show_reasons(reasons: Iterable[Reason]) -> Iterator[str]:
    """A line a reason: first those in the way (✗), then those that ask for a look (!)."""
    for reason in sorted(reasons, key=lambda one: (one.holds, not one.look)):
        mark = "✗" if not reason.holds else "!" if reason.look else "✓"
        yield f"  {mark} {reason.rule}: {formats.spoken(reason.fact)}"


def show_check(reasons: Sequence[Reason], *, everything: bool) -> Iterator[str]:
    """The same of a check, where what holds is one line unless everything is asked for."""
    shown = [one for one in reasons if everything or one.look or not one.holds]
    yield from show_reasons(shown)
    if many := len(reasons) - len(shown):
        other = "other " if shown else ""
        checks = formats.amount(many, f"{other}check")
        yield f"  ✓ {checks} passed; --all shows {'it' if many == 1 else 'them'}."


def show_where(name: str, missing: Iterable[Reason]) -> Iterator[str]:
    """How to fill in what is missing of people, which a command and the officers' page ask for."""
    contests = dict.fromkeys(one.at.contest for one in missing if one.at.person)
    for contest in contests:
        yield (
            f"Next: `clerk election about {name} {contest}` asks for what is missing about each "
            "person; on the officers' page, the check has a link to each field"
        )


def calendar_rows(
    chapter: Chapter, election: Election, said: Said = on_the_clock
) -> list[tuple[str, str]]:
    """The calendar on the chapter's clock."""
    moments = calendar(chapter, election).moments()
    rows = [(said(chapter, at), what) for what, at in moments]
    return [*rows, ("then", f"is published {election.publish}")]


def status(context: ChapterContext, name: str, said: Said = on_the_clock) -> dict[str, Any]:
    """How far a vote has come: turnout as counts, letters, what comes next.

    Args:
        said: how a moment is written.
    """
    vote = vote_of(context, name)
    told = known(context, vote, said) | {"next": what_next(context, vote, said)}
    if vote.state is ElectionState.DRAFT:
        told["early"] = early_answers(context, vote.election)
    if vote.state is ElectionState.CANCELLED and vote.opened:
        told["cannot_be_mailed"] = len(to_call(context, vote, reach(context)))
    if vote.state is ElectionState.OPEN:
        read = turnout(context, vote)
        told["voters"], told["ballots"] = read.voters, read.ballots
        told["cannot_be_mailed"] = len(read.calls)
    return told


def known(
    context: ChapterContext, vote: ElectionRecord, said: Said = on_the_clock
) -> dict[str, Any]:
    """What of it the chapter's own ledger and folder say; no service is asked."""
    election, now, name = vote.election, context.now(), vote.name
    roll = [voter for voter in context.ledger.votes.roll(name) if voter.on_roll]
    told: dict[str, Any] = {
        "election": name,
        "title": election.title,
        "state": standing(vote),
        "opens": said(context.chapter, election.opens),
        "closes": said(context.chapter, election.closes),
        **_letters(context, vote, said),
        **_changed(context.chapter, vote, said),
    }
    if vote.state is ElectionState.OPEN:
        told["early"] = early_at_opening(context.ledger, name)
        if now < election.closes and (late := too_late(context, vote)):
            told["reminders"] = late
        told["time_left"] = spoken(election.closes - now) if now < election.closes else "none"
    told |= _wrong(context, vote, said)
    if vote.question:
        told["question"] = {contest: question(asked) for contest, asked in vote.question.items()}
    if vote.result:
        told["voters"] = len({voter.person for voter in roll})
        told["ballots"] = vote.result.counted
        told["outcomes"] = outcomes_told(vote)
    return told


def _letters(context: ChapterContext, vote: ElectionRecord, said: Said) -> dict[str, Any]:
    """The emails that went out, and those that did not come out."""
    held = letters_of(context.ledger, vote.name)
    lines = context.ledger.votes.lines(vote.name)
    missing, gone = lost(lines), arrived(lines)
    told: dict[str, Any] = {
        "letters": [
            {
                "letter": letter_name(vote, letter),
                "sent": said(context.chapter, one.ended),
                "delivered": one.letter not in missing,
                **_reached(one, missing.get(one.letter) or gone.get(one.letter)),
            }
            for letter, one in held.items()
            if one.ended and letter != REPORT
        ]
    }
    if missing:
        told["lost"] = {
            letter_name(vote, vote_letter(n)): why(one.campaign) for n, one in missing.items()
        }
    if (report := held.get(REPORT)) and report.ended:
        told["officers_told"] = said(context.chapter, report.ended)
    return told


def _wrong(context: ChapterContext, vote: ElectionRecord, said: Said) -> dict[str, Any]:
    """What failed, how the form drifted, and that the folder was changed."""
    told: dict[str, Any] = {}
    if trouble := Troubles(context, vote.name).known:
        told["trouble"] = [
            {
                "step": called(step),
                "since": said(context.chapter, one.since),
                "last": said(context.chapter, one.last),
                "times": one.times,
                "said": one.said,
            }
            for step, one in trouble.items()
        ]
    if is_watched(context, vote) and (
        form := [*drift_said(as_noted(context.ledger.votes.lines(vote.name)))]
    ):
        told["form"] = form  # after the count nobody looks whether it was mended
    if not _as_approved(context, vote):
        told["note"] = (
            "the folder differs from what was approved; what was approved is used (EN-R6)"
        )
    return told


def _changed(chapter: Chapter, vote: ElectionRecord, said: Said) -> dict[str, Any]:
    """What was cancelled or withdrawn, when, by whom and why (EN-R11)."""
    changes = vote.changes

    def how(line: AuditLogEntry, event: VoteCancelled | ChangeOfRaces) -> dict[str, str]:
        return {"at": said(chapter, line.at), "by": line.who, "reason": event.reason}

    told: dict[str, Any] = {}
    if changes.cancelled:
        told["cancelled"] = how(*changes.cancelled)
    if changes.races:
        told["cancelled_races"] = {e.race: how(line, e) for line, e, _ in changes.races}
    if changes.candidates:
        told["withdrawn"] = [
            {"race": e.race, "candidate": e.candidate} | how(line, e)
            for line, e, _ in changes.candidates
        ]
    return told


def changes_told(told: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[str]:
    """The same as sentences, of a status; contests by their titles."""
    if off := told.get("cancelled"):
        yield f"Canceled {off['at']} by {off['by']}: {off['reason']}"
    for race, off in told.get("cancelled_races", {}).items():
        what = f"{titles.get(race, race)}. {off['reason']}"
        yield f"Canceled {off['at']} by {off['by']}, and not counted: {what}"
    for one in told.get("withdrawn", ()):
        race = titles.get(one["race"], one["race"])
        yield f"Withdrawn {one['at']}: {one['candidate']} ({race}). {one['reason']}"


def _reached(one: Mailing, became: Lost | LetterDelivered | None) -> dict[str, int]:
    """To how many a letter went, and of how many, as far as the record knows."""
    match became:
        case None:
            return {"people": one.people, "of": one.people}
        case LetterDelivered():
            return {"people": became.people, "of": became.booked}
        case LetterUndelivered():
            return {"people": became.sent or 0, "of": became.people}
        case _:
            return {"people": 0, "of": one.people}


def _as_approved(context: ChapterContext, vote: ElectionRecord) -> bool:
    """Whether the folder still says what the officer approved."""
    try:
        now = context.election(vote.election.name)
    except FixTheSettings:
        return False
    said, approved = (
        one.model_dump(mode="json", exclude={"closes"}) for one in (now, vote.approved)
    )
    off = [one for _, _, one in vote.changes.races]
    gone = [one.id for one in vote.approved.contests if vote.changes.cancelled or one in off]
    said, approved = called_off(said, gone), called_off(approved, gone)
    if vote.opened:  # what was asked before the vote is needed no more, and not kept (DP-6)
        said, approved = on_the_ballot(said), on_the_ballot(approved)
    return said == approved


def calls(context: ChapterContext, name: str) -> list[tuple[str, str, str]]:
    """Voters whom no letter reaches: name, phone, why (DP-4)."""
    reached = reach(context)
    found = to_call(context, vote_of(context, name), reached)
    people = people_of(context, reached, found)
    return sorted((views.name_of(people[p]), views.phone_of(people[p]), found[p]) for p in found)


def what_is_asked(context: ChapterContext, name: str) -> Iterator[str]:
    """The election as it is now, for someone who calls a voter.

    Each contest and what it asks (EN-R14), what was canceled or withdrawn, and why (EN-R11).
    """
    vote = vote_of(context, name)
    if off := vote.changes.cancelled:
        yield f"The election is canceled, and no ballot is counted. Reason: {off[1].reason}"
        return
    edition = context.counting_of(vote.election)
    yield "On this ballot:"
    for contest in map(of_who_stands, vote.election.contests):
        said = (asked(contest).candidates, help_of(contest, edition))  # the form lists them itself
        yield f"{contest.title}: {' '.join(filter(None, said))}"
        for _, out, race in vote.changes.candidates:
            if race.id == contest.id:
                yield (
                    f"  {out.candidate} withdrew. Votes for this candidate do not count. "
                    f"Reason: {out.reason}"
                )
        yield from (f"  {title}: {said}" for title, said in notes_of(contest))
    for _, gone, race in vote.changes.races:
        yield f"{race.title}: canceled and not counted. Reason: {gone.reason}"


def history_rows(
    chapter: Chapter, vote: ElectionRecord | None, lines: Iterable[AuditLogEntry]
) -> list[tuple[str, str, str, str]]:
    """Show who did what, and when."""
    return [
        (on_the_clock(chapter, line.at), line.who, what, facts)
        for line, what, facts in rows(lines, vote, chapter.tz)
    ]
