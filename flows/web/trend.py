"""How many may vote, month by month, as a small chart: a line until today, dashed from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, EDGE = 480, 120, 6


@dataclass(frozen=True)
class Trend:
    """A chart's shapes, in a box of `WIDTH` and `HEIGHT`, and what they show."""

    points: Sequence[tuple[date, int]]
    today: tuple[date, int]
    known: str
    to_come: str
    area: str
    x: float
    y: float
    width: int = WIDTH
    height: int = HEIGHT


def trend_of(points: Sequence[tuple[date, int]], today: date) -> Trend:
    """Draw days and how many; `today` is one of the days."""
    first, last = points[0][0].toordinal(), points[-1][0].toordinal()
    most = max(1, *(many for _, many in points))

    def place(day: date, many: int) -> tuple[float, float]:
        x = EDGE + (day.toordinal() - first) / max(1, last - first) * (WIDTH - 2 * EDGE)
        return round(x, 1), round(HEIGHT - EDGE - many / most * (HEIGHT - 2 * EDGE), 1)

    placed = [(day, *place(day, many)) for day, many in points]
    known = [(x, y) for day, x, y in placed if day <= today]
    to_come = [(x, y) for day, x, y in placed if day >= today]
    ground = HEIGHT - EDGE
    return Trend(
        points=points,
        today=next((day, many) for day, many in points if day == today),
        known=_path(known),
        to_come=_path(to_come),
        area=f"{_path(known)} L{known[-1][0]} {ground} L{known[0][0]} {ground} Z",
        x=known[-1][0],
        y=known[-1][1],
    )


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in places)
