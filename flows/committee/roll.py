"""The committee as an electorate: who votes on a day, and what keeps its vote from opening."""

from collections.abc import Iterator

from flows.committee.seats import read_committee, where_kept
from flows.context import ChapterContext
from flows.nightly.sources import facts_of, known_sources
from models.contests.contest import Approval, CommitteeDecision, Contest
from models.membership.reasons import Reason, Spot
from models.votes.election import Election
from models.votes.frozen_roll import RollEntry
from models.year.electorate import Electorate, electorate, frozen_committee, strangers


def electorate_of(context: ChapterContext, election: Election) -> Electorate:
    """The active members of the record date, among the people whom the sheets know.

    Raises:
        FixTheSettings, FixTheData: the committee's list is missing or wrong.
    """
    day = election.record_date
    rules = context.bylaws.in_force(day).committee
    people = facts_of(context, known_sources(context.ledger)).known.people.values()
    return electorate(read_committee(context), day, rules, people)


def committee_roll(context: ChapterContext, election: Election) -> tuple[RollEntry, ...]:
    """The frozen roll of a vote of the committee (SC-4, VM-R3)."""
    confirmed = {one.name: one.confirmed for one in read_committee(context).members}
    return frozen_committee(electorate_of(context, election), election.contests, confirmed)


def committee_reasons(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """What the committee's vote needs before it opens; it names nobody, for logs carry it."""
    found, where = electorate_of(context, election), where_kept(context.chapter)
    active = len(found.people) + len(found.unknown)
    yield Reason("SC-4", f"{active} active members of the committee vote", active > 0)
    if many := len(found.unknown):
        who = "1 active member is" if many == 1 else f"{many} active members are"
        fact = (
            f"{who} not found among the registered people, or found twice: write their email "
            f"addresses into {where}, as they registered; `clerk committee` lists the members"
        )
        yield Reason("SC-4", fact, False)
    names = (*found.people, *found.unknown)
    odd = strangers(election.contests, names)
    for contest in election.contests:
        yield from _of_contest(contest, len(odd.get(contest.id, ())), context, election)


def _of_contest(
    contest: Contest, strange: int, context: ChapterContext, election: Election
) -> Iterator[Reason]:
    at = Spot(contest=contest.id)
    match contest:
        case CommitteeDecision():
            if strange:
                fact = f"{contest.title}: {strange} of recused_members are not active members then"
                yield Reason("SC-5", f"{fact}; use the names in the committee's list", False, at=at)
            if contest.needs == "recall" and not contest.recused_members:
                fact = "a recall names the person concerned under recused_members"
                yield Reason("SC-R4", f"{contest.title}: {fact}", False, at=at)
        case Approval():
            if strange:
                fact = f"{contest.title}: {strange} candidates are not active members then"
                yield Reason("SC-3", f"{fact}; use the names in the committee's list", False, at=at)
            most = context.counting_of(election).committee.co_chairs.value
            fact = f"{contest.title}: {contest.seats} co-chairs; {most} at most"
            yield Reason("SC-3", fact, contest.seats <= most, at=at)
        case _:
            fact = f"{contest.title}: this kind of contest is for the members' vote"
            yield Reason("SC-4", f"{fact}; use kind committee or approval", False, at=at)
