"""What members disclosed, and what follows for the races before the committee (SC-5).

For the committee's eyes alone: nothing of it goes to a log, a tab, or an email.
"""

from collections.abc import Iterable
from typing import NamedTuple

from flows.committee.annual import committee_or_none, is_member
from flows.context import ChapterContext
from flows.nightly.facts import year_of
from models.contests.contest import Contest, UpOrDown
from models.intake.people import PersonId
from models.membership.reasons import Reason
from models.membership.voter_roll import Facts
from models.text.folding import folded
from models.votes.election import ElectionState
from models.year.disclosures import Conflict, Disclosure, Matter, conflicts, kept_from_forums
from models.year.forum_work import matter_of, worked_anyway


class OfAnItem(NamedTuple):
    """The members whose ties touch a race, and what is proposed of each."""

    title: str
    recusals: list[Conflict]
    forums: list[str]
    """Those of them who may work on no questionnaire or forum of it."""


class Ties(NamedTuple):
    """All that is disclosed and still holds, and what follows from it."""

    held: list[Disclosure]
    items: list[OfAnItem]
    reasons: list[Reason]
    """The steps on which somebody worked who is kept from them."""


def ties(context: ChapterContext, about: str = "") -> Ties:
    """What sitting members disclosed that holds today.

    Args:
        about: a race or candidate; then of it alone.
    """
    today, book = context.today, year_of(context)
    rules, committee = context.bylaws.closest(today).committee, committee_or_none(context)
    sits = {folded(one.name) for one in committee.sitting(today, rules)} if committee else None
    told = [one for one in book.disclosures if sits is None or folded(one.member) in sits]
    held = [one for one in told if one.holds(today)]
    newest = book.cycles[-1:]
    items = [matter_of(race) for cycle in newest for race in cycle.races]
    items += _on_ballots(context)
    worked = [reason for cycle in newest for reason in worked_anyway(told, cycle)]
    if about:
        there = [one for one in items if folded(about) in map(folded, (one.title, *one.names))]
        items, worked = there or [Matter(about)], []
    found = [
        OfAnItem(item.title, touching, _kept(held, item, context))
        for item in _once(items)
        if (touching := conflicts(held, item, today)) or about
    ]
    return Ties(held, found, worked)


def whose(context: ChapterContext, facts: Facts, found: Ties) -> list[PersonId]:
    """Who of the roll disclosed something that is shown, for the record of looks (DP-3)."""
    committee = committee_or_none(context)
    told = {folded(one.member) for one in found.held}
    members = [one for one in committee.members if folded(one.name) in told] if committee else []
    people = facts.known.people.values()
    return [one.id for one in people if any(is_member(member, one) for member in members)]


def _kept(held: Iterable[Disclosure], item: Matter, context: ChapterContext) -> list[str]:
    kept = (one.member for one in kept_from_forums(held, item, context.today) if not one.near)
    return list(dict.fromkeys(kept))


def _once(items: Iterable[Matter]) -> list[Matter]:
    """One item for each title, with everybody whom any of them names."""
    whole: dict[str, Matter] = {}
    for item in items:
        before = whole.get(folded(item.title), Matter(item.title))
        names = tuple(dict.fromkeys((*before.names, *item.names)))
        whole[folded(item.title)] = Matter(before.title, names)
    return list(whole.values())


def _on_ballots(context: ChapterContext) -> Iterable[Matter]:
    """The races of elections that are approved and not over."""
    for vote in context.ledger.votes.all():
        if vote.state in (ElectionState.DRAFT, ElectionState.OPEN):
            for contest in vote.election.contests:
                yield Matter(contest.title, _named(contest))


def _named(contest: Contest) -> tuple[str, ...]:
    if isinstance(contest, UpOrDown):
        return () if contest.confirms else (contest.subject,)
    return tuple(getattr(contest, "candidates", ()))
