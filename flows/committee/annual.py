"""The annual meeting: when it is, what is due at it, who came (SC-1, SC-3, SC-7)."""

from collections.abc import Iterator
from datetime import date

from flows.committee.seats import is_kept, read_committee, slate_votes
from flows.context import ChapterContext
from flows.nightly.people import facts_on_record
from flows.nightly.published import counted_unpublished, published_outcomes
from models.committee.members import Committee, Member
from models.committee.nominees import in_first_quarter
from models.errors import ClerkError
from models.intake.people import Person
from models.membership.reasons import Reason
from models.membership.voter_roll import Facts
from models.privacy import Name
from models.year.annual import Came, annual_meetings, due_this_year


def due_now(
    context: ChapterContext, facts: Facts | None = None, on: date | None = None
) -> list[Reason]:
    """What is due in this first quarter, and whether it was voted on; nothing in other quarters.

    A chapter without a list of its committee is told nothing.

    Args:
        facts: what the sheets say, if somebody has read them already.
        on: a day to come, such as that of the meeting; today.
    """
    today = on or context.today
    if not (is_kept(context) and in_first_quarter(today)):
        return []
    facts = facts or facts_on_record(context)
    rules = context.bylaws.closest(today).committee
    meetings = [event for _, event in annual_meetings(facts.events, today.year)]
    votes, priorities = slate_votes(context), priority_votes(context)
    held = committee_or_none(context)
    waiting = counted_unpublished(context.ledger, today.year, context.chapter.tz)
    return list(due_this_year(meetings, held, votes, priorities, today, rules, waiting))


def committee_or_none(context: ChapterContext) -> Committee | None:
    """Who sits; None where nobody keeps it, or it cannot be read, which `clerk committee` says."""
    try:
        return read_committee(context) if is_kept(context) else None
    except ClerkError:
        return None


def priority_votes(context: ChapterContext) -> list[date]:
    """The days on which the members' published votes on priorities closed (SC-7)."""
    return [
        one.closed(context.chapter.tz)
        for one in published_outcomes(context.ledger)
        if one.is_on("priorities")
    ]


def attendance(context: ChapterContext, facts: Facts) -> Iterator[Came]:
    """How many came to the newest annual meeting of this year or the last, as numbers."""
    years = (context.today.year, context.today.year - 1)
    held = [m for year in years for m in annual_meetings(facts.events, year)[::-1]]
    for number, event in held:
        if event.day > context.today:
            continue
        came = {
            person.id: person
            for n, person in facts.known.people.items()
            if number in facts.attended.get(n, ())
        }
        voting = {entry.person.id for entry in facts.roll(event.day).voting()}
        members = _members(context, event.day)
        here = sum(any(is_member(member, one) for one in came.values()) for member in members)
        yield Came(event.day, len(voting & came.keys()), len(voting), here, len(members))
        return


def _members(context: ChapterContext, day: date) -> list[Member]:
    committee = committee_or_none(context)
    rules = context.bylaws.closest(day).committee
    return committee.sitting(day, rules) if committee else []


def is_member(member: Member, person: Person) -> bool:
    """Whether a member is this person: by the address, and without one by the name."""
    if member.address:
        return member.address in person.addresses
    return person.name is not None and person.name.folded() == Name.parse(member.name).folded()
