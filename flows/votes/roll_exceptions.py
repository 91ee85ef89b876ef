"""Exceptions to a frozen roll: dated, named, reasoned, and recorded (VM-R3)."""

from collections.abc import Collection

from flows.committee.roll import committee_roll
from flows.context import ChapterContext
from flows.nightly.people import facts_on_record
from flows.nightly.remembered import remembered
from flows.votes.lifecycle import opened
from flows.votes.officers_words import UNNAMED, given
from flows.votes.sending import remove_from_segments
from models.contests.contest import CommitteeDecision
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater
from models.faults import shown
from models.intake.people import PersonId
from models.text.formats import listed
from models.votes.election import Election
from models.votes.election_record import ElectionRecord
from models.votes.events import VoterAdded, VoterStruck
from models.votes.frozen_roll import RollEntry, voter_from

UNREASONED = "an exception to the voter roll says why"


def correct_roll(
    context: ChapterContext,
    name: str,
    person: PersonId,
    by: str,
    reason: str,
    *,
    remove: bool,
    recused: Collection[str] = (),
) -> None:
    """Add somebody to a frozen roll or remove them: dated, named, reasoned (VM-R3).

    Args:
        recused: the decisions of a vote of the committee that they step aside from (SC-5).

    Raises:
        FixTheData: nobody decides it, or nobody says why.
    """
    reason, by = given(reason, missing=UNREASONED), given(by, "--by", UNNAMED)
    with context.ledger.alone():
        vote = opened(context, name)
        if context.now() >= vote.election.closes:
            raise Refused("voting has closed", where=name, rule="EN-R6")
        said = f"{context.today} {by}: {reason}"
        # Two who turned out to be one have two lines, and a code of each.
        held = [v for v in context.ledger.votes.roll(name) if v.person == person]
        if any(v.on_roll for v in held) != remove:
            if remove:
                _off_the_letters(context, vote, person)
            fact = f"this person is {'not on the roll' if remove else 'on the roll already'}"
            raise FixTheSettings(
                fact,
                where=name,
                rule="VM-R3",
                next_step="nothing to do; the voter roll is as you want it",
            )
        lines = held or [_new_line(context, vote, person, said)]
        new = {"on_roll": not remove, "exception": said}
        if aside := _aside(vote, recused, remove=remove):
            new["aside"] = aside
        changed = [v.model_copy(update=new) for v in lines]
        correction = VoterStruck if remove else VoterAdded
        context.ledger.votes.correct_roll(name, changed, correction, reason, by, context.now())
        if remove:
            _off_the_letters(context, vote, person)


def can_be_recused_from(election: Election) -> tuple[CommitteeDecision, ...]:
    """The contests that a member can step aside from (SC-5): the committee's own decisions."""
    if not election.is_the_committees:
        return ()
    return tuple(one for one in election.contests if isinstance(one, CommitteeDecision))


def _aside(vote: ElectionRecord, recused: Collection[str], *, remove: bool) -> tuple[str, ...]:
    known = [one.id for one in can_be_recused_from(vote.election)]
    if recused and (remove or not known):
        raise Refused(
            "only a member who is added to a vote of the committee can be recused",
            where=vote.name,
            rule="SC-5",
            next_step="leave out --recused",
        )
    if strange := sorted(set(recused) - set(known)):
        raise FixTheSettings(
            f"no decision of this vote has the id {listed(list(map(shown, strange)))}",
            where=vote.name,
            rule="SC-5",
            next_step=f"use one of {', '.join(known)}",
        )
    return tuple(one for one in known if one in recused)


def _off_the_letters(context: ChapterContext, vote: ElectionRecord, person: PersonId) -> None:
    """Whoever was struck gets no ballot by a letter that is held back and may go on.

    Raises:
        TryAgainLater: the roll says it, and Mailchimp did not do it.
    """
    here = remembered(context).entries.get(person)
    try:
        remove_from_segments(context, vote, here.person.addresses if here else ())
    except ClerkError as fault:
        raise TryAgainLater(
            "the person was removed from the voter roll but might still get an email that is "
            f"being sent: {fault.fact}",
            where=vote.name,
            rule="VM-R3",
            next_step="run the same command again when Mailchimp responds",
        ) from None


def _new_line(
    context: ChapterContext, vote: ElectionRecord, person: PersonId, said: str
) -> RollEntry:
    if vote.election.is_the_committees:
        return _seat_of(context, vote, person, said)
    roll = facts_on_record(context).roll(vote.election.record_date)
    line = voter_from(roll.entries[person], vote.election.districts, said)
    if not line.district and any(one.only_these_districts_vote for one in vote.election.contests):
        raise Refused(
            "this person's district is not known, and some contests are only for some districts",
            where=vote.election.name,
            rule="EN-R10",
            next_step="enter it in the district column of the registrations, run `clerk sync "
            "--apply`, then run this command again",
        )
    return line


def _seat_of(
    context: ChapterContext, vote: ElectionRecord, person: PersonId, said: str
) -> RollEntry:
    """The line of a member whom the committee's list shows by now (SC-4)."""
    for line in committee_roll(context, vote.election):
        if line.person == person:
            return line.model_copy(update={"exception": said})
    raise Refused(
        "this person is not an active member of the committee on the record date",
        where=vote.name,
        rule="SC-4",
        next_step="correct the committee's list, run `clerk sync --apply`, then run this command "
        "again",
    )
