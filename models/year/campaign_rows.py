"""The tabs with a cycle's candidates, and with what was done in each race (EN-7, EN-11).

A candidate and a step belong to a race of the tab with the races: which one is asked, never
guessed. What was done has a day that has come.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Final
from zoneinfo import ZoneInfo

from models.intake.locations import Ask, ReviewItem, SourceLocation
from models.intake.row_results import RowResults, records
from models.intake.rows import Row, Unreadable
from models.intake.tables import Table
from models.text.folding import folded
from models.year.cells import chosen, named, web_address
from models.year.cycles import STEPS, Candidate, Race, Step
from models.year.race_names import RaceNames

_STEPS: Final = {name: name for name in STEPS} | {
    "meeting": "committee meeting",
    "meeting with the committee": "committee meeting",
    "survey sent": "questionnaire sent",
    "survey received": "questionnaire received",
    "candidate forum": "forum",
    "video": "video or written answers",
    "written answers": "video or written answers",
    "post-forum discussion": "discussion",
    "conversation": "candidate conversation",
    "review of the record": "record review",
}


def with_candidates(
    races: Sequence[Race], names: RaceNames, tables: Iterable[Table], zone: ZoneInfo,
    tray: RowResults, today: date | None,
) -> list[Race]:  # fmt: skip
    """The races with their candidates; who is in two races of a cycle is asked about."""

    def candidate(row: Row, place: SourceLocation) -> tuple[int, Candidate]:
        return _race_of(row, names), _candidate(row, place, today)

    found: list[list[Candidate]] = [[] for _ in races]
    for table in tables:
        for number, one in records(table, zone, tray, candidate):
            same = next((k for k in found[number] if folded(k.name) == folded(one.name)), None)
            if same:
                why = f"{same.place} is the same candidate; this row is not read"
                _told(tray, one.place, why, "leave one of the rows")
            else:
                found[number].append(one)
    return [
        race.model_copy(update={"candidates": tuple(of)})
        for race, of in zip(races, _in_two_races(races, found, tray), strict=True)
    ]


def with_steps(
    races: Sequence[Race], names: RaceNames, tables: Iterable[Table], zone: ZoneInfo,
    tray: RowResults, today: date | None,
) -> list[Race]:  # fmt: skip
    """The races with what was done in each, by its day."""

    def step(row: Row, place: SourceLocation) -> tuple[int, Step]:
        number = _race_of(row, names)
        return number, _step(row, place, races[number], today)

    found: list[list[Step]] = [[] for _ in races]
    for table in tables:
        for number, one in records(table, zone, tray, step):
            found[number].append(one)
    return [
        race.model_copy(update={"steps": tuple(sorted(of, key=lambda one: one.day))})
        for race, of in zip(races, found, strict=True)
    ]


def _race_of(row: Row, names: RaceNames) -> int:
    found = names.find(row.text("office", needed="race"), row.text("cycle"))
    if isinstance(found, Ask):
        raise Unreadable("office", found.reason, found.next_step, "EN-2", asks=True)
    return found


def _candidate(row: Row, place: SourceLocation, today: date | None) -> Candidate:
    yes = {key: row.if_readable(row.yes, key) for key in _FACTS}
    withdrawn = row.if_readable(lambda field: _has_withdrawn(row, field, today), "withdrawn")
    return Candidate(
        place=place,
        name=named(row, "candidate", "candidate's name"),
        website=web_address(row, "website"),
        withdrawn=bool(withdrawn),
        **yes,
    )


_FACTS = ("ocpf", "fec", "incumbent", "endorsed_before")


def _has_withdrawn(row: Row, field: str, today: date | None) -> bool:
    """A day, or yes."""
    try:
        return bool(row.yes(field))
    except Unreadable:
        day = row.day(field)
    if day and today and day > today:
        raise _not_come(field)
    return True


def _not_come(field: str) -> Unreadable:
    fact = "this day has not come"
    return Unreadable(field, fact, "enter it once it has come, or correct it", "EN-7", asks=True)


def _step(row: Row, place: SourceLocation, race: Race, today: date | None) -> Step:
    day = row.must_day("day", "day of the step")
    if today and day > today:
        raise _not_come("day")
    if not (kind := chosen(row, "kind", _STEPS, "EN-7")):
        row.text("kind", needed="step")
    return Step.model_validate(
        {
            "place": place,
            "kind": kind,
            "day": day,
            "candidate": _one_of(row, race),
            "link": web_address(row, "link"),
            "announced": row.if_readable(row.yes, "announced"),
            "done_by": row.if_readable(row.text, "done_by") or "",
        }
    )


def _one_of(row: Row, race: Race) -> str:
    """The candidate of the race that a step names; the nearest is named by its cell alone."""
    said = folded(row.text("candidate"))
    known = {folded(one.name): one for one in race.candidates}
    if not said or said in known:
        return known[said].name if said else ""
    near = get_close_matches(said, known, n=1)
    nearest = f"; the nearest is in {known[near[0]].place}" if near else ""
    raise Unreadable(
        "candidate",
        f"no candidate of this race has this name{nearest}",
        "correct the cell, or enter the candidate in the tab with the candidates",
        "EN-7",
        asks=True,
    )


def _in_two_races(
    races: Sequence[Race], found: Sequence[Sequence[Candidate]], tray: RowResults
) -> list[list[Candidate]]:
    """Each race's candidates, those marked who are in another race of the cycle, too."""
    seen: dict[tuple[str, str], list[Candidate]] = {}
    for race, of in zip(races, found, strict=True):
        for one in of:
            if not one.withdrawn:
                seen.setdefault((folded(race.cycle), folded(one.name)), []).append(one)
    for first, *others in seen.values():
        for other in others:
            _told(
                tray,
                other.place,
                f"{first.place} has the same candidate in another race",
                "take the candidate out of one of them, or say there that they withdrew",
            )
    twice = {each.place for of in seen.values() if len(of) > 1 for each in of}
    return [
        [one.model_copy(update={"elsewhere": one.place in twice}) for one in of] for of in found
    ]


def _told(tray: RowResults, place: SourceLocation, reason: str, next_step: str) -> None:
    tray.review.append(ReviewItem.question(place, reason, next_step, "EN-2"))
