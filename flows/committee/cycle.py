"""The endorsement cycles of the committee's tabs, held against the bylaws and the record (EN-7)."""

from difflib import get_close_matches

from flows.committee.cycle_votes import with_recommendations
from flows.context import ChapterContext
from flows.nightly.endorsed import endorsed_in
from flows.nightly.facts import year_of
from flows.nightly.people import facts_on_record
from models.errors import FixTheData
from models.text.folding import folded
from models.year.cycles import Cycle
from models.year.endorsed import Record
from models.year.standing import CycleStanding, RaceStanding, standing_of

NO_TAB = "name the tabs with the races as `races` in chapter.toml [[workbooks]] (docs/year.md)"


def is_kept(context: ChapterContext) -> bool:
    """Whether the chapter names a tab with the races of a cycle."""
    return any(book.races for book in context.chapter.workbooks)


def cycles_of(context: ChapterContext) -> list[CycleStanding]:
    """Every cycle, the newest first: that whose rows begin last in the tab."""
    cycles = year_of(context).cycles
    record = endorsed_in(context.ledger) if cycles else ()
    return [_standing(context, one, record) for one in reversed(cycles)]


def cycle_called(context: ChapterContext, name: str = "") -> CycleStanding:
    """A cycle by its name; the newest where none is said.

    Raises:
        FixTheData: there is none, or none of this name.
    """
    cycles = year_of(context).cycles
    found = [one for one in cycles if one.is_called(name)] if name else list(cycles[-1:])
    if found:
        return _standing(context, found[0], endorsed_in(context.ledger))
    if not cycles:
        raise FixTheData(
            "no endorsement cycle has been read",
            rule="EN-2",
            next_step="`clerk sync` reads the tab with the races" if is_kept(context) else NO_TAB,
        )
    known = {folded(one.name): one.name for one in cycles}
    near = [known[one] for one in get_close_matches(folded(name), known, n=3, cutoff=0)]
    raise FixTheData(
        "no cycle has this name",
        rule="EN-2",
        next_step=f"use one of these: {', '.join(f'“{one}”' for one in near)}",
    )


def race_called(cycle: CycleStanding, said: str) -> RaceStanding:
    """A race of a cycle by what the tab calls it, with or without its district.

    Raises:
        FixTheData: none or several have this name.
    """
    wanted = folded(said)
    titles = {folded(one.race.title): one for one in cycle.races}
    hits = [titles[wanted]] if wanted in titles else [
        one for one in cycle.races
        if wanted in (folded(one.race.called), folded(one.race.office))
    ]  # fmt: skip
    if len(hits) == 1:
        return hits[0]
    near = get_close_matches(wanted, titles, n=3, cutoff=0)
    these = [one.race.title for one in hits] or [titles[one].race.title for one in near]
    raise FixTheData(
        "several races have this name" if hits else "no race of this cycle has this name",
        rule="EN-2",
        next_step=f"use one of these: {', '.join(f'“{one}”' for one in these)}",
    )


def districts_lived_in(context: ChapterContext) -> set[str]:
    """The districts that registered people gave."""
    people = facts_on_record(context).known.people.values()
    return {one.district for one in people if one.district}


def _standing(context: ChapterContext, cycle: Cycle, record: Record) -> CycleStanding:
    cycle = with_recommendations(context, cycle)
    return standing_of(cycle, context.bylaws.closest(context.today).offices, record)
