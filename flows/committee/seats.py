"""Who sits on a day, held against the bylaws and the members' votes.

The seats stand in the tab that a workbook names under `committee`, as the last night read it; a
chapter without one keeps them in `committee.toml` beside `chapter.toml`.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from connectors.files.own_files import is_there
from connectors.files.toml_files import read_toml
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.nightly.facts import year_of
from flows.nightly.published import published_outcomes
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
from models.errors import ClerkError, FixTheData, FixTheSettings
from models.membership.reasons import Reason
from models.tally.outcome import OutcomeKind
from models.text.sentences import Sentence

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


def is_kept(context: ChapterContext) -> bool:
    """Whether the chapter names its committee anywhere."""
    return bool(tab_of(context.chapter)) or is_there(context.chapter.folder / FILE)


def where_kept(chapter: Chapter) -> str:
    """Where the seats stand: the tab, or the file."""
    title = tab_of(chapter)
    return f"tab “{title}”" if title else FILE


def tab_of(chapter: Chapter) -> str:
    """The title of the tab with the seats; "" where they stand in the file."""
    return next((book.committee for book in chapter.workbooks if book.committee), "")


def read_committee(context: ChapterContext) -> Committee:
    """The committee as its tab has it, or its file.

    Raises:
        FixTheSettings: neither exists, or it is wrong at a named place.
        FixTheData: no row of the tab can be used, or it was not read yet.
    """
    if title := tab_of(context.chapter):
        if found := year_of(context).committee:
            return found
        if not context.ledger.versions():
            raise FixTheData(
                "no sheet was read yet",
                where=f"tab “{title}”",
                next_step="`clerk sync --apply` reads them all",
            )
        raise FixTheData(
            "no seat can be read from this tab",
            where=f"tab “{title}”",
            rule="SC-1",
            next_step="`clerk sync` reads it, and `clerk review` says what is wrong with its rows; "
            "docs/year.md says what it contains",
        )
    file = context.chapter.folder / FILE
    if not is_there(file):
        raise FixTheSettings(
            "this file does not exist",
            where=FILE,
            next_step="name a tab with the seats as `committee` in chapter.toml [[workbooks]] "
            "(docs/year.md), or create the file; docs/commands.md has an example",
        )
    return committee_from(read_toml(file, context.chapter.folder), FILE)


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
    held, votes = read_committee(context), slate_votes(context)
    active = held.active(day, rules)
    aside = stepped_aside(active, recused, where_kept(context.chapter))
    return CommitteeOnADay(
        day,
        len(active),
        aside,
        quorum(len(active), aside, rules),
        [_seat(held, member, day, rules) for member in held.members],
        [*held.reasons(day, rules, votes), *_file_left(context.chapter)],
    )


def _file_left(chapter: Chapter) -> Iterator[Reason]:
    """The file that the tab has replaced: two lists would drift apart."""
    if tab_of(chapter) and is_there(chapter.folder / FILE):
        fact = Sentence(
            "{file} is not read any more: {where} counts; delete the file",
            file=FILE,
            where=where_kept(chapter),
        )
        yield Reason("SC-1", fact, True, look=True)


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
    """The members' published votes on slates, each with the day on which it closed (SC-1)."""
    return [
        SlateVote(one.closed(context.chapter.tz), _SAYS[one.outcome.kind])
        for one in published_outcomes(context.ledger)
        if one.is_on("slate") and one.outcome.kind in _SAYS
    ]


def committee_misses(context: ChapterContext) -> Iterator[str]:
    """What the bylaws miss in the committee today, in numbers: it is said every night (SC-R5).

    A chapter without the list is told nothing.
    """
    if not is_kept(context) or (tab_of(context.chapter) and not context.ledger.versions()):
        return  # none was read yet
    try:
        held = read_committee(context)
        rules = context.bylaws.in_force(context.today).committee
    except ClerkError:  # the night is about the roll, and goes on
        yield f"{where_kept(context.chapter)} cannot be used; `clerk committee` shows why"
        return
    for reason in held.in_numbers(context.today, rules, slate_votes(context)):
        if not reason.holds:
            yield f"committee: {reason.fact} ({reason.rule})"
