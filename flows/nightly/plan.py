"""The night's plan, with what the ledger remembers of those who had the vote."""

from datetime import date

from connectors.ledger import Ledger
from flows.context import ChapterContext
from flows.nightly.unusable import not_told_yet
from models.intake.people import PersonId
from models.mail.audience import Contact
from models.mail.notices import Notice
from models.mail.plans import Change, ChangeKind, Plan, Shrunk
from models.membership.voter_roll import Facts, VoterRoll
from models.membership.voting_status import Status
from models.privacy import Email


def plan_of(
    context: ChapterContext,
    facts: Facts,
    roll: VoterRoll,
    changes: tuple[Change, ...],
    letters: tuple[Notice, ...],
    shrunk: tuple[Shrunk, ...],
    actual: dict[Email, Contact],
    baseline: bool,
) -> Plan:
    """The night's plan: what it changes and tells, and what its guards judge it by."""
    tag = context.chapter.mailchimp.marks.voting_tag
    had = _had_the_vote(context.ledger, facts)
    voting = {entry.person.id for entry in roll.voting()}
    losing = frozenset(had.keys() - voting)
    return Plan(
        changes=changes,
        letters=letters,
        had=len(had),
        losing=losing,
        unexpected=frozenset(p for p in losing if had[p] >= roll.on),
        gaining=frozenset(voting - had.keys()),
        shrunk=shrunk,
        unusable=not_told_yet(context, facts),
        tags_removed=sum(c.kind is ChangeKind.REMOVE_TAG and c.tag == tag for c in changes),
        tags_held=sum(tag in contact.tags for contact in actual.values()),
        baseline=baseline,
    )


def _had_the_vote(ledger: Ledger, facts: Facts) -> dict[PersonId, date]:
    """Who was recorded as a voting member, and to which announced day."""
    merged = facts.known.merged
    had: dict[PersonId, date] = {}
    for person, recorded in ledger.standings().items():
        if recorded.status is Status.VOTING:
            kept = merged.get(person, person)
            until = recorded.spell.until if recorded.spell else date.max
            had[kept] = max(until, had.get(kept, until))
    return had
