"""What members of the committee disclosed, and from what it may keep them away (SC-5).

1. A disclosure is of somebody who is on the committee. Of somebody who has left it is a note, and
   of anybody else a question.
2. A tie to a candidate, a race, or a campaign proposes that the committee ask its member to step
   aside from that item. A donation alone does not: the bylaws except it from formal engagement.
3. Whoever is paid by a campaign, or works closely with it, works on no questionnaire or forum of
   its race.

What is close and not the same is asked, never taken for it. Family and money are sensitive: this is
for the committee's eyes alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Final, Literal, NamedTuple, get_args

from pydantic import Field

from models.base import Value
from models.bylaws.counting import CommitteeCount
from models.committee.members import Committee
from models.intake.locations import SourceLocation
from models.intake.rows import Row, Rows, Unreadable
from models.intake.tables import Table
from models.text.folding import folded, unmarked

TieKind = Literal[
    "paid work", "volunteer work", "fundraising", "donation", "financial tie", "family tie", "other"
]
KINDS: Final[tuple[TieKind, ...]] = get_args(TieKind)
WORKS_FOR: Final[frozenset[TieKind]] = frozenset(("paid work", "volunteer work", "fundraising"))
"""What the bylaws call formal engagement: who does it works closely with a campaign."""
KEPT_MONTHS: Final = 12
"""How long a disclosure is kept after its last day (DP-6)."""


class Disclosure(Value):
    """One tie of one member, as the member disclosed it."""

    place: SourceLocation
    member: str = Field(repr=False)
    tie: str = Field(repr=False)
    kind: TieKind = Field(repr=False)
    since: date | None = None
    """None: it held before it was disclosed."""
    through: date | None = None
    """None: it still holds."""

    def holds(self, on: date) -> bool:
        """Whether the tie holds on a day."""
        return (self.since or date.min) <= on <= (self.through or date.max)

    @property
    def proposes(self) -> bool:
        """Whether it may ask for a recusal."""
        return self.kind != "donation"


class Matter(NamedTuple):
    """What the committee is to decide or to do: a race, with whom it is between."""

    title: str
    names: tuple[str, ...] = ()
    """Candidates, and other names of the race."""


class Conflict(NamedTuple):
    """A member with a tie to an item."""

    member: str
    kind: TieKind
    to: str
    """Which of the item's names it is."""
    near: bool = False
    """It is only like it: somebody must say whether it is meant."""


class Sitting(NamedTuple):
    """Who sits, for telling whose disclosure a row is."""

    now: Mapping[str, str]
    """Folded → the name as the tab has it."""
    former: Collection[str]
    places: Mapping[str, SourceLocation]
    """Where the tab names each, for what is asked without a name."""


def sitting(
    committee: Committee | None, tables: Iterable[Table], today: date, rules: CommitteeCount
) -> Sitting | None:
    """Who sits today and who did before; None where no tab says it."""
    if committee is None:
        return None
    now = {folded(one.name): one.name for one in committee.sitting(today, rules)}
    places = {
        folded(said): table.place(row.number, "name")
        for table in tables
        for row in Rows(table, table.sheet_zone)
        if (said := _said(row))
    }
    return Sitting(now, {folded(one.name) for one in committee.members} - now.keys(), places)


def _said(row: Row) -> str:
    try:
        return row.text("name")
    except Unreadable:
        return ""


def disclosure(row: Row, place: SourceLocation, today: date, seats: Sitting | None) -> Disclosure:
    """A row of the tab or an answer of the form.

    Raises:
        Unreadable: it names nobody who sits, or no tie of a known kind; its days contradict.
    """
    member = row.text("name", needed="member's name")
    if seats:
        member = _member(row, member, seats)
    tie = row.text("tie", needed="campaign or tie")
    kind = _kind(row.text("kind", needed="kind of tie"))
    since, through = row.day("since"), row.day("through")
    told = row.if_readable(row.day, "at")
    if told and told > today:
        raise Unreadable("at", "this day has not come", "correct the date", "SC-5", asks=True)
    if since and through and through < since:
        raise Unreadable("through", "it ends before it begins", "correct the cell", "SC-5")
    return Disclosure(
        place=place, member=member, tie=tie, kind=kind, since=since, through=through
    )  # fmt: skip


def _member(row: Row, said: str, seats: Sitting) -> str:
    """The member's name as the committee's tab has it.

    What is asked names a cell and no person: questions are read by more people than the committee.
    """
    name = folded(said)
    if name in seats.now:
        return seats.now[name]
    if name in seats.former:
        fact = "whoever disclosed this is no longer on the committee"
        fix = "if that is right, do nothing; otherwise add their seat"
        row.notes.append(Unreadable("name", fact, fix, "SC-5"))
        return said
    near = get_close_matches(name, seats.now, n=1)
    where = f"; the nearest name is in {seats.places[near[0]]}" if near else ""
    raise Unreadable(
        "name",
        f"nobody of this name is on the committee{where}",
        "write the member's name as in the committee's tab",
        "SC-5",
        asks=True,
    )


def _kind(said: str) -> TieKind:
    known = {folded(kind): kind for kind in KINDS}
    if folded(said) in known:
        return known[folded(said)]
    near = get_close_matches(folded(said), known, n=1)
    nearest = f"; the nearest is “{near[0]}”" if near else ""
    raise Unreadable(
        "kind",
        f"there is no kind of tie of this name{nearest}",
        f"write one of: {', '.join(KINDS)}",
        "SC-5",
        asks=True,
    )


def conflicts(disclosures: Iterable[Disclosure], item: Matter, on: date) -> list[Conflict]:
    """The members whose disclosed ties touch an item on a day, for whom recusal is proposed."""
    found = [
        Conflict(one.member, one.kind, name, near)
        for one in disclosures
        if one.holds(on) and one.proposes
        for name, near in _meant(one.tie, (item.title, *item.names))
    ]
    return sorted(dict.fromkeys(found), key=lambda one: (one.near, folded(one.member)))


def kept_from_forums(disclosures: Iterable[Disclosure], item: Matter, on: date) -> list[Conflict]:
    """Who may not work on questionnaires or forums of a race: who works for a campaign of it."""
    return [one for one in conflicts(disclosures, item, on) if one.kind in WORKS_FOR]


def _meant(tie: str, names: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Which names a tie is to; only where it is to none, which it is like."""
    said = unmarked(tie)
    held = [name for name in names if name and _is_whole(unmarked(name), said)]
    if held:
        yield from ((name, False) for name in held)
        return
    near = {unmarked(name): name for name in names if name}
    like = get_close_matches(said, near, n=2, cutoff=0.75)
    words = set(said.split())
    like += [n for n in near if f" {n} " in f" {said} " or f" {said} " in f" {n} "]
    like += [name for name in near if name.split()[-1] in words]  # by the last name alone
    yield from ((near[name], True) for name in dict.fromkeys(like))


_AROUND: Final = frozenset(
    ("campaign", "campaigns", "committee", "for", "to", "elect", "re-elect", "friends", "of", "the",
     "team", "candidate", "vote")
)  # fmt: skip
"""What people put around a candidate's name to name the campaign."""


def _is_whole(name: str, said: str) -> bool:
    """Whether a tie is to just this name, or to its campaign."""
    if name == said:
        return True
    rest = f" {said} ".replace(f" {name} ", " ").split()
    return f" {name} " in f" {said} " and bool(name) and _AROUND.issuperset(rest)
