"""The tab with the races of a cycle, and what the committee decided about each (EN-2).

A row is an office of the bylaws' lists, or a ballot question with its scope or districts (EN-12).
What the bylaws do not know stays in the cycle, so that it is seen, and cannot be voted on.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, get_args
from zoneinfo import ZoneInfo

from models.bylaws.counting import Offices
from models.contests.kinds import Scope
from models.contests.offices import nearest_offices, office_called
from models.intake.locations import ReviewItem, SourceLocation
from models.intake.row_results import RowResults, records
from models.intake.rows import Row, Unreadable
from models.intake.tables import Table
from models.text.folding import folded
from models.year.cells import chosen, named, nearest
from models.year.cycles import DECISIONS, Race

_A_QUESTION = re.compile(r"\b(question|initiative|referendum|measure|proposition|pregunta)\b")
_SCOPES: Final = {scope: scope for scope in get_args(Scope) if scope}
_DECISIONS: Final = {name: name for name in DECISIONS} | {
    "reendorsement": "re-endorsement",
    "antiendorsement": "anti-endorsement",
    "ballot question": "question",
    "withhold": "withheld",
    "no endorsement": "withheld",
}


def read_races(
    tables: Iterable[Table], zone: ZoneInfo, tray: RowResults, offices: Offices | None
) -> list[Race]:
    """The races of all cycles, in the order of the tab, each once.

    Args:
        offices: those that the bylaws know; None takes any name for an office's.
    """

    def race(row: Row, place: SourceLocation) -> Race:
        return _race(row, place, offices)

    rows = [one for table in tables for one in records(table, zone, tray, race)]
    return _once(rows, tray)


def _race(row: Row, place: SourceLocation, offices: Offices | None) -> Race:
    called = named(row, "office", "office")
    districts = [each.strip() for each in row.text("district").split(",")]
    scope = row.if_readable(lambda field: chosen(row, field, _SCOPES, "EN-2"), "scope")
    decision = row.if_readable(lambda field: chosen(row, field, _DECISIONS, "EN-7"), "decision")
    reason = row.text("reason")
    office = called if offices is None else office_called(called, offices)
    near = nearest_offices(called, offices) if offices and not office else []
    says_where = bool(scope or any(districts))
    is_question = not office and bool(
        _A_QUESTION.search(folded(called)) or (says_where and not near)
    )
    if not office and not is_question:
        row.notes.append(_unknown_office(near))
    if is_question and not says_where:
        row.notes.append(_NO_SCOPE)
    if decision == "withheld" and not reason:
        row.notes.append(_NO_REASON)
    return Race.model_validate(
        {
            "place": place,
            "cycle": named(row, "cycle", "cycle"),
            "called": called,
            "office": office or "",
            "is_question": is_question,
            "districts": tuple(filter(None, districts)),
            "scope": scope or "",
            "decision": decision or "",
            "about": row.text("about"),
            "reason": reason,
        }
    )


def _ask(field: str, reason: str, next_step: str, rule: str) -> Unreadable:
    return Unreadable(field, reason, next_step, rule, asks=True)


_NO_SCOPE = _ask(
    "scope",
    "a ballot question has a scope or a district",
    "fill in the scope, or the districts whose ballots have it",
    "EN-2",
)
_NO_REASON = _ask(
    "reason",
    "an endorsement is withheld here without a reason",
    "fill in the reason; the guide gives it",
    "EN-8",
)


def _unknown_office(near: Sequence[str]) -> Unreadable:
    return _ask(
        "office",
        f"the bylaws know no office of this name{nearest(near)}",
        "correct the cell; for a ballot question, begin its title with “Question” and fill in "
        "its scope or districts",
        "EN-2",
    )


def _once(races: Iterable[Race], tray: RowResults) -> list[Race]:
    """Each race once; another row about the same is not read, and asked about."""
    kept: dict[tuple[str, ...], Race] = {}
    for race in races:
        called = race.office or race.called
        key = tuple(map(folded, (race.cycle, called, *sorted(race.districts))))
        if kept.setdefault(key, race) is not race:
            tray.review.append(
                ReviewItem.question(
                    race.place,
                    f"{kept[key].place} is about the same race; this row is not read",
                    "leave one of the rows, or give each its district",
                    "EN-2",
                )
            )
    return list(kept.values())
