"""The committee as an electorate: who votes on a day, and what keeps its vote from opening."""

from collections.abc import Collection, Iterator

from flows.committee.recommended_races import race_reasons
from flows.committee.seats import read_committee, tab_of, where_kept
from flows.context import ChapterContext
from flows.nightly.facts import year_of
from flows.nightly.people import facts_on_record
from models.contests.contest import Approval, CommitteeDecision, Contest
from models.intake.locations import Weight
from models.intake.people import Person, PersonId
from models.membership.reasons import Reason, Spot
from models.privacy import redact_addresses
from models.text.folding import folded
from models.text.sentences import Sentence
from models.votes.election import Election
from models.votes.frozen_roll import RollEntry
from models.year.disclosures import Matter, conflicts
from models.year.electorate import (
    Electorate,
    electorate,
    frozen_committee,
    seat_names,
    strangers,
)


def electorate_of(context: ChapterContext, election: Election) -> Electorate:
    """The active members of the record date, among the people whom the sheets know.

    Raises:
        FixTheSettings, FixTheData: the committee's list is missing or wrong.
    """
    day = election.record_date
    rules = context.bylaws.in_force(day).committee
    return electorate(read_committee(context), day, rules, _people(context))


def names_in_the_list(context: ChapterContext) -> dict[PersonId, str]:
    """Person → name, of all who have a seat in the list, whenever it began or ends.

    Raises:
        FixTheSettings, FixTheData: the committee's list is missing or wrong.
    """
    return seat_names(read_committee(context).members, _people(context))


def _people(context: ChapterContext) -> Collection[Person]:
    return facts_on_record(context).known.people.values()


def committee_roll(context: ChapterContext, election: Election) -> tuple[RollEntry, ...]:
    """The frozen roll of a vote of the committee (SC-4, VM-R3)."""
    confirmed = {one.name: one.confirmed for one in read_committee(context).members}
    return frozen_committee(electorate_of(context, election), election.contests, confirmed)


def committee_reasons(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """What the committee's vote needs before it opens; it names nobody, for logs carry it."""
    found, where = electorate_of(context, election), where_kept(context.chapter)
    active = len(found.people) + len(found.unknown)
    told = Sentence("active members of the committee who vote: {many}", many=active)
    yield Reason("SC-4", told, active > 0)
    if wrong := _rows_in_doubt(context):
        fact = Sentence(
            "{many} rows of {where} cannot be used, so that somebody may be missing: `clerk "
            "review` says what is wrong with them",
            many=wrong,
            where=where,
        )
        yield Reason("SC-4", fact, False)
    if many := len(found.unknown):
        fact = Sentence(
            "{many} of its active members are not found among the registered people, or are found "
            "twice: write their email addresses into {where}, as they registered; `clerk "
            "committee` lists the members",
            many=many,
            where=where,
        )
        yield Reason("SC-4", fact, False)
    odd = strangers(election.contests, (*found.people, *found.unknown))
    most = context.counting_of(election).committee.co_chairs.value
    for contest in election.contests:
        yield from _of_contest(contest, len(odd.get(contest.id, ())), most)
        yield from _disclosed(context, contest, found)
        if isinstance(contest, CommitteeDecision) and contest.recommends:
            yield from race_reasons(context, contest)


def _rows_in_doubt(context: ChapterContext) -> int:
    """How many rows of the committee's tab are set aside, or a question."""
    tab = redact_addresses(tab_of(context.chapter))
    review = year_of(context).review
    return sum(one.weight is not Weight.NOTE and one.place.source == tab for one in review)


def _disclosed(context: ChapterContext, contest: Contest, found: Electorate) -> Iterator[Reason]:
    """Whoever disclosed a tie to an item, and does not step aside from it (SC-5)."""
    if not isinstance(contest, CommitteeDecision):
        return
    names = tuple(filter(None, (contest.recommends_for, contest.recommends)))
    touched = conflicts(year_of(context).disclosures, Matter(contest.title, names), context.today)
    aside = set(map(folded, contest.recused_members))
    able = set(map(folded, found.people)) - aside
    many = len({folded(one.member) for one in touched if not one.near} & able)
    if many:
        fact = Sentence(
            "{title}: {many} of those who vote disclosed a tie to it and do not step aside; `clerk "
            "committee` shows who: name them in recused_members, or decide that they may vote",
            title=contest.title,
            many=many,
        )
        yield Reason("SC-5", fact, True, look=True, at=Spot(contest=contest.id))


def _of_contest(contest: Contest, strange: int, most: int) -> Iterator[Reason]:
    """What one item needs.

    Args:
        strange: how many names in it no active member has.
        most: co-chairs.
    """
    at, title = Spot(contest=contest.id), contest.title
    match contest:
        case CommitteeDecision():
            if strange:
                fact = Sentence(
                    "{title}: {many} of recused_members are not active members then; use the names "
                    "in the committee's list",
                    title=title,
                    many=strange,
                )
                yield Reason("SC-5", fact, False, at=at)
            if contest.needs == "recall" and not contest.recused_members:
                fact = Sentence(
                    "{title}: a recall names the person concerned under recused_members",
                    title=title,
                )
                yield Reason("SC-R4", fact, False, at=at)
        case Approval():
            if strange:
                fact = Sentence(
                    "{title}: {many} of the candidates are not active members then; use the names "
                    "in the committee's list",
                    title=title,
                    many=strange,
                )
                yield Reason("SC-3", fact, False, at=at)
            fact = Sentence(
                "{title}: {many} co-chairs; {most} at most",
                title=title,
                many=contest.seats,
                most=most,
            )
            yield Reason("SC-3", fact, contest.seats <= most, at=at)
        case _:
            fact = Sentence(
                "{title}: this kind of contest is for the members' vote; use kind committee or "
                "approval",
                title=title,
            )
            yield Reason("SC-4", fact, False, at=at)
