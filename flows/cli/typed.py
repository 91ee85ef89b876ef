"""What somebody typed on the command line, understood or refused with what to type."""

from datetime import date
from zoneinfo import ZoneInfo

from models.dates import NotADay, day_of
from models.errors import FixTheData


def day_from(text: str) -> date:
    """A day typed on the command line, year first: 3/4/2026 is two days, by the reader's country.

    Raises:
        FixTheData: it is none, or written in another way.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        fact, next_step = _other_day(text)
        raise FixTheData(fact, where="--on", next_step=next_step) from None


def _other_day(text: str) -> tuple[str, str]:
    """What is wrong with a day that is not written year first, and what to write."""
    utc = ZoneInfo("UTC")
    try:
        meant = day_of(text, utc, utc)
    except NotADay as exc:
        impossible = "impossible" in str(exc)
        return ("there is no such day" if impossible else "this is not a date"), "write 2026-03-31"
    return "a date is written as year, month, and day, with two digits each", f"write {meant}"
