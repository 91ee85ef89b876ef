"""The committee's list beside `chapter.toml`, held against the bylaws and the members' votes."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from connectors.files.own_files import is_there
from connectors.files.toml_files import read_toml
from connectors.settings import Chapter
from flows.context import ChapterContext
from models.bylaws.counting import CommitteeCount
from models.committee.members import (
    Committee,
    Member,
    SlateVote,
    committee_from,
    quorum,
    stepped_aside,
)
from models.committee.terms import Leave
from models.contests.contest import UpOrDown
from models.errors import ClerkError, FixTheSettings
from models.membership.reasons import Reason
from models.tally.outcome import OutcomeKind

FILE = "committee.toml"
_SAYS = {OutcomeKind.ADOPTED: True, OutcomeKind.NO_CONFIDENCE: False}


class Seat(NamedTuple):
    """A member's seat, and what it is on the day."""

    name: str
    confirmed: date
    ends: date | None
    """None: with the next slate."""
    now: str
    """`active`, `co-chair`, `on leave` or `not on the committee`."""
    leaves: tuple[Leave, ...] = ()
    """That are not over."""


class CommitteeOnADay(NamedTuple):
    """Who sits on a day, and the numbers that a decision needs."""

    day: date
    active: int
    aside: int
    quorum: int
    seats: list[Seat]
    reasons: list[Reason]


def read_committee(chapter: Chapter) -> Committee:
    """The committee as its file has it.

    Raises:
        FixTheSettings: this file does not exist, or it is wrong at a named place.
    """
    file = chapter.folder / FILE
    if not is_there(file):
        raise FixTheSettings(
            "this file does not exist",
            where=FILE,
            next_step="create it with the list of members; docs/commands.md has an example",
        )
    return committee_from(read_toml(file, chapter.folder), FILE)


def committee_on(
    context: ChapterContext, day: date, recused: Collection[str] = ()
) -> CommitteeOnADay:
    """The committee on a day.

    Args:
        recused: who steps aside from an item, by name (SC-5).

    Raises:
        FixTheSettings: its file is missing or wrong.
        FixTheData: somebody who steps aside is not an active member.
    """
    rules = context.bylaws.in_force(day).committee
    held, votes = read_committee(context.chapter), slate_votes(context)
    active = held.active(day, rules)
    aside = stepped_aside(active, recused, FILE)
    return CommitteeOnADay(
        day,
        len(active),
        aside,
        quorum(len(active), aside, rules),
        [_seat(held, member, day, rules) for member in held.members],
        list(held.reasons(day, rules, votes)),
    )


def _seat(held: Committee, member: Member, day: date, rules: CommitteeCount) -> Seat:
    ends, now = held.seat(member, rules).ends, _now(held, member, day, rules)
    leaves = tuple(one for one in member.leaves if one.last >= day)
    return Seat(member.name, member.confirmed, ends, now, leaves)


def _now(held: Committee, member: Member, day: date, rules: CommitteeCount) -> str:
    if not held.seat(member, rules).runs(day):
        return "not on the committee"
    if member not in held.active(day, rules):
        return "on leave"
    chair = held.chair(member, rules)
    return "co-chair" if chair and chair.runs(day) else "active"


def slate_votes(context: ChapterContext) -> list[SlateVote]:
    """The members' counted votes on slates, each with the day on which it closed (SC-1)."""
    return [
        SlateVote(
            vote.election.closes.astimezone(context.chapter.tz).date(), _SAYS[race.outcome.kind]
        )
        for vote in context.ledger.votes.all()
        for contest in vote.election.contests
        if isinstance(contest, UpOrDown) and contest.purpose == "slate" and vote.result
        if contest.id not in vote.changes.overruled
        if (race := vote.result.races.get(contest.id)) and race.outcome.kind in _SAYS
    ]


def committee_misses(context: ChapterContext) -> Iterator[str]:
    """What the bylaws miss in the committee today, in numbers: it is said every night (SC-R5).

    A chapter without the list is told nothing.
    """
    if not is_there(context.chapter.folder / FILE):
        return
    try:
        held = read_committee(context.chapter)
        rules = context.bylaws.in_force(context.today).committee
    except ClerkError:  # the night is about the roll, and goes on
        yield f"{FILE} cannot be used; `clerk committee` shows why"
        return
    for reason in held.in_numbers(context.today, rules, slate_votes(context)):
        if not reason.holds:
            yield f"committee: {reason.fact} ({reason.rule})"
