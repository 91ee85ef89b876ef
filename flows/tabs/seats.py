"""The seats tab: whom the members confirmed with the newest slate, to be copied (SC-1, DP-7).

1. It names who stood on the newest slate whose adoption is published, the day on which its vote
   closed, and until when the seat lasts (SC-R5), under the headers of the committee's own tab.
2. Whoever keeps that tab copies what is missing there; the program writes into no tab of people's.
3. As with the roll tab, it is empty, and says why, while people whom nobody named can open it.

Hold `Ledger.alone` around what writes it, so that nobody who is erased meanwhile comes back.
"""

from collections.abc import Iterator
from typing import NamedTuple

from connectors.google import RollLine, RollRows, Rows
from flows.committee.annual import committee_or_none
from flows.context import ChapterContext
from flows.nightly.published import published_outcomes
from flows.tabs.roll import closed, emptied, open_because
from flows.tabs.written import clear_left_behind, last_written, left_behind, write
from models.committee.terms import seat_term
from models.contests.contest import UpOrDown
from models.errors import ClerkError
from models.intake.people import Person
from models.membership.status_periods import DAY
from models.privacy import Name
from models.tally.outcome import OutcomeKind
from models.text import formats
from models.text.folding import folded
from models.votes.election_record import ElectionRecord

HEADER = ("Name", "Confirmed", "Seat ends", "In the committee's tab")
NONE = "No published vote of the members that adopted a slate is on record."
NOBODY = "(no name)"
_TOLD = "seats tab told of"


class Adopted(NamedTuple):
    """A slate that the members adopted."""

    vote: ElectionRecord
    contest: UpOrDown


def newest(context: ChapterContext) -> Adopted | None:
    """The slate that the members adopted last, by a published result that stands (EN-R8)."""
    found = [
        Adopted(vote, contest)
        for vote, contest, outcome in published_outcomes(context.ledger)
        if isinstance(contest, UpOrDown) and contest.purpose == "slate"
        if outcome.kind is OutcomeKind.ADOPTED
    ]
    return max(found, key=lambda one: one.vote.election.closes, default=None)


def is_due(context: ChapterContext) -> bool:
    """Whether a night or a slate is on record that the tab does not tell of yet."""
    named = context.chapter.own_tab("seats") and context.ledger.last_run()
    return bool(named) and context.ledger.note(_TOLD) != _about(context)


def update(context: ChapterContext) -> str:
    """Write the tab as it should be now.

    Returns:
        What the log may say of it; "" where nothing changed.

    Raises:
        StaysReadable: it should have been emptied, and could not be.
    """
    tab = context.chapter.own_tab("seats")
    if tab is None or context.ledger.last_run() is None:
        return ""
    said, about = "", _about(context)
    if why := open_because(context, tab):
        said = f"emptied the seats tab: {why}" * emptied(context, tab, why)
    else:
        write(context, tab, content_of(context))
    context.ledger.set_note(_TOLD, about)
    return said


def without_the_erased(context: ChapterContext) -> Iterator[str]:
    """Write it anew after somebody was erased, whom no ballot names any more (DP-6).

    A tab that cannot be written keeps nobody from being erased.
    """
    tab, held = context.chapter.own_tab("seats"), last_written(context, "seats")
    titles = dict.fromkeys(one.title for one in left_behind(context, "seats"))
    try:
        clear_left_behind(context, "seats")
        if tab and held.is_at(tab):
            why = open_because(context, tab)
            if write(context, tab, closed(why) if why else content_of(context), if_there=True):
                titles[tab.title] = None
    except ClerkError as fault:
        yield f"their line in a former or present seats tab: delete it yourself ({fault.fact})"
    for title in titles:
        yield f"older versions of the tab “{title}”, which Google keeps (docs/privacy.md)"


def titles_naming(context: ChapterContext, person: Person) -> Iterator[str]:
    """The tabs of this kind in which a person stands, as they were written."""
    found = newest(context)
    named = {Name.parse(one.name).folded() for one in found.contest.about} if found else set()
    if person.name and person.name.folded() in named:
        titles = [one.title for one in left_behind(context, "seats")]
        yield from dict.fromkeys(filter(None, [last_written(context, "seats").title, *titles]))


def content_of(context: ChapterContext) -> RollRows | Rows:
    """The newest adopted slate; whom its ballot named, for the record keeps no nominees (DP-6)."""
    found = newest(context)
    if found is None:
        return Rows(rows=((NONE,),))
    day = found.vote.election.closes.astimezone(context.chapter.tz).date()
    rules = context.bylaws.closest(day).committee
    committee = committee_or_none(context)
    there = (
        {folded(one.name) for one in committee.members if one.confirmed >= day}
        if committee
        else set()
    )
    term = seat_term(day, rules.member_term_years.value, rules.terms.value, ())
    last = formats.day((term.ends or term.due) - DAY)
    ends = last if term.ends else f"with the next slate, due by {last}"
    lines = (
        RollLine(
            name=Name.parse(one.name),
            id=NOBODY,
            told=(formats.day(day), ends, "yes" if folded(one.name) in there else "missing"),
        )
        for one in found.contest.about
    )
    return RollRows(header=HEADER, lines=tuple(lines))


def _about(context: ChapterContext) -> str:
    """The night on record, and the slate."""
    run, found = context.ledger.last_run(), newest(context)
    return f"{run.id if run else 0} {found.vote.name if found else ''}"
