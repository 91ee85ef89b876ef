"""What a tab might be, and which column might be which: proposed, and for a person to confirm.

A header that the settings have is the field's, as in every reading. One that is worded as many
sheets word it is a proposal; one that might be two things, or only resembles a field, is a
question.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from models.dates import zone_named
from models.intake.cells import Cell, holds, sound
from models.intake.headers import Head, heads_of
from models.intake.opposites import opposite
from models.intake.rosters import days_of
from models.intake.tables import Columns, lacking
from models.intake.wordings import HINTS, is_worded, may_be
from models.text.folding import folded, unmarked

_MOST_ABOVE = 5
_SET, _WORDED, _MAYBE, _HINT = 6, 4, 1, 3
"""What speaks for a kind: a header that is set, one by its wording, one that might be; a title."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One kind of table, as a tab's headers have its fields."""

    kind: str
    row: int
    """The row of the headers, from 0."""
    heads: tuple[Head, ...]
    columns: Mapping[str, tuple[int, ...]]
    """Field → its columns, where the headers leave no doubt."""
    doubtful: Mapping[str, tuple[int, ...]]
    """Field → the columns that might be its: a person says which."""
    missing: tuple[str, ...]
    """Fields that must be there, and for which no column is proposed."""
    meetings: frozenset[int]
    """The columns of a roster that are meetings."""
    weight: int
    is_hinted: bool = False
    """Whether the tab's title says that it is one of these."""

    @property
    def fits(self) -> bool:
        """Whether all that must be there is, or may be."""
        return not self.missing


def header_row(grid: Sequence[Sequence[Cell]], kinds: Collection[Columns]) -> int:
    """The row, from 0, with the most headers that are known; the first where there are none."""
    top = [_said(row) for row in grid[: _MOST_ABOVE + 1]]
    many = [sum(any(_knows(one, head) for one in kinds) for head in heads_of(row)) for row in top]
    most = max(many, default=0)
    return many.index(most) if most > 1 else 0


def is_known_header(kinds: Collection[Columns], head: Head) -> bool:
    """Whether some kind of table has this header, as it is set or by its wording."""
    return any(_knows(one, head) for one in kinds)


def has_address(heads: Sequence[Head]) -> bool:
    """Whether a row has an address in it, and so is no row of headers."""
    return any("@" in head.text for head in heads)


def propose(
    wanted: Columns, title: str, grid: Sequence[Sequence[Cell]], row: int, zone: str, **order: bool
) -> Proposal:
    """How a kind of table would be read from a tab.

    Args:
        row: the row of the headers, from 0.
        order: `day_first`, as of a tab.
    """
    said = _said(grid[row]) if row < len(grid) else []
    heads = tuple(heads_of(said))
    meetings = _meetings(wanted, grid[row] if row < len(grid) else (), zone, **order)
    candidates = [head for head in heads if head.index not in meetings]
    columns, doubtful = _found(wanted, candidates)
    required = wanted.required - ({"event"} if meetings and "event" not in columns else set())
    if meetings and "event" not in columns:
        doubtful.pop("event", None)
    else:
        meetings = frozenset()
    missing = lacking(required, {*columns, *doubtful})
    weight = sum(
        _SET if field_is_set(wanted, field, heads, places) else _WORDED
        for field, places in columns.items()
    ) + _MAYBE * len(doubtful)
    hint = HINTS.get(wanted.kind)
    is_hinted = bool(hint and hint.search(folded(title)))
    weight += _HINT * is_hinted + _SET * min(len(meetings), 3)
    order_of = [name for name in wanted.headers if name in missing]
    return Proposal(
        wanted.kind, row, heads, columns, doubtful, tuple(order_of), meetings, weight, is_hinted
    )


def likeliest(proposals: Sequence[Proposal]) -> Proposal | None:
    """The one that fits best; None where none fits, or two fit as well."""
    fitting = sorted((one for one in proposals if one.fits), key=lambda one: -one.weight)
    if not fitting or (len(fitting) > 1 and fitting[0].weight == fitting[1].weight):
        return None
    return fitting[0]


def field_is_set(wanted: Columns, field: str, heads: Sequence[Head], places: Sequence[int]) -> bool:
    """Whether the settings have the headers of these columns for the field."""
    known = set(map(unmarked, wanted.titles(field)))
    return all(head.whole in known for head in heads if head.index in places)


def resolved(wanted: Columns, heads: Sequence[Head]) -> dict[str, tuple[int, ...]]:
    """The columns of each field, as the reading finds them: by whole headers alone."""
    found = {}
    for field in wanted.headers:
        known = set(map(unmarked, wanted.titles(field)))
        if places := tuple(head.index for head in heads if head.whole in known):
            found[field] = places
    return found


def _found(
    wanted: Columns, heads: Sequence[Head]
) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
    """The columns of each field, and those that might be."""
    columns = resolved(wanted, heads)
    columns = {
        field: places
        for field, places in columns.items()
        if not any(opposite(field, head.said) for head in heads if head.index in places)
    }
    taken = {place for places in columns.values() for place in places}
    free = [head for head in heads if head.index not in taken]
    doubtful: dict[str, tuple[int, ...]] = {}
    for field in list(columns):  # the usual header, and beside it another of its
        if more := _those(free, field, lambda h, f: is_worded(wanted.kind, f, h.said)):
            doubtful[field] = (*columns.pop(field), *more)
    left = [field for field in wanted.headers if field not in columns and field not in doubtful]
    worded = {field: _those(free, field, lambda h, f: is_worded(wanted.kind, f, h.said))
              for field in left}  # fmt: skip
    claims = [place for places in worded.values() for place in places]
    claims += [place for places in doubtful.values() for place in places]
    for field, places in worded.items():
        if len(places) == 1 and claims.count(places[0]) == 1:
            columns[field] = places
        elif places:
            doubtful[field] = places
    taken = {place for places in columns.values() for place in places}
    free = [head for head in free if head.index not in taken]
    for field in left:
        if field in columns or field in doubtful or _is_in_two(field, columns):
            continue
        if places := _those(free, field, lambda h, f: may_be(wanted.kind, f, h.said)):
            doubtful[field] = places
    for field in ("name", "first_name", "last_name"):  # one column, or two
        if field in doubtful and _is_in_two(field, columns):
            del doubtful[field]
    return columns, doubtful


def _those(heads: Sequence[Head], field: str, fits: Callable[[Head, str], bool]) -> tuple[int, ...]:
    return tuple(
        head.index for head in heads if fits(head, field) and not opposite(field, head.said)
    )


def _is_in_two(field: str, columns: Collection[str]) -> bool:
    """Whether a name is there already, in the other way."""
    if field == "name":
        return {"first_name", "last_name"} <= set(columns)
    return field in ("first_name", "last_name") and "name" in columns


def _meetings(
    wanted: Columns, row: Sequence[Cell], zone: str, *, day_first: bool = False
) -> frozenset[int]:
    if wanted.kind != "sign_ins":
        return frozenset()
    days = days_of([sound(cell) for cell in row], zone_named(zone), day_first=day_first)
    return frozenset(days) if any(day for day, _ in days.values()) else frozenset()


def _knows(wanted: Columns, head: Head) -> bool:
    return any(
        head.whole in set(map(unmarked, wanted.titles(field)))
        or is_worded(wanted.kind, field, head.said)
        for field in wanted.headers
    )


def _said(row: Sequence[Cell]) -> list[str]:
    return [str(sound(cell)) if holds(cell) else "" for cell in row]
