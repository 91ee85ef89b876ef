"""The night's plan, with what the ledger remembers of those who had the vote."""

from datetime import date

from flows.context import Desk
from flows.nightly.unusable import not_told_yet
from models.intake.people import PersonId
from models.mail.audience import Contact
from models.mail.notices import Letter
from models.mail.plans import Change, ChangeKind, Plan, Shrunk
from models.membership.voter_roll import Facts, Roll
from models.membership.voting_status import Status
from models.privacy import Email


def plan_of(
    desk: Desk,
    facts: Facts,
    roll: Roll,
    changes: tuple[Change, ...],
    letters: tuple[Letter, ...],
    shrunk: tuple[Shrunk, ...],
    actual: dict[Email, Contact],
    baseline: bool,
) -> Plan:
    """The night's plan: what it changes and tells, and what its guards judge it by."""
    tag = desk.chapter.mailchimp.marks.voting_tag
    had = _had_the_vote(desk, facts)
    may_vote = {entry.person.id for entry in roll.voting()}
    losing = frozenset(had.keys() - may_vote)
    return Plan(
        changes=changes,
        letters=letters,
        had=len(had),
        losing=losing,
        unforeseen=frozenset(p for p in losing if had[p] >= roll.on),
        gaining=frozenset(may_vote - had.keys()),
        shrunk=shrunk,
        unusable=not_told_yet(desk, facts),
        tags_removed=sum(c.kind is ChangeKind.REMOVE_TAG and c.tag == tag for c in changes),
        tags_held=sum(tag in contact.tags for contact in actual.values()),
        baseline=baseline,
    )


def _had_the_vote(desk: Desk, facts: Facts) -> dict[PersonId, date]:
    """Who was recorded as a voting member, and to which announced day."""
    merged = facts.known.merged
    had: dict[PersonId, date] = {}
    for person, recorded in desk.ledger.standings().items():
        if recorded.status is Status.VOTING:
            kept = merged.get(person, person)
            until = recorded.spell.until if recorded.spell else date.max
            had[kept] = max(until, had.get(kept, until))
    return had
