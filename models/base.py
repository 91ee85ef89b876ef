"""The manner of every value: frozen, strict about its fields, silent about its input."""

from datetime import date, time
from typing import Annotated, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

YEARS = range(1900, 2200)
"""The years of a chapter's life. Days are counted forwards and back from a day, and Python's own
calendar ends on both sides: year 1 has no day before it."""
OUTSIDE = f"a day must be between {YEARS[0]} and {YEARS[-1]}"


_Date = TypeVar("_Date", bound=date)


def _of_our_time(day: _Date) -> _Date:
    if day.year not in YEARS:
        raise ValueError(OUTSIDE)
    return day


def _no_number(typed: object) -> object:
    """Refuse a number: here it would be seconds, and whoever typed it means an hour."""
    if isinstance(typed, int | float):
        raise PydanticCustomError("time_type", "a number is no time of day")
    return typed


Day = Annotated[date, AfterValidator(_of_our_time)]
Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
TimeOfDay = Annotated[time, BeforeValidator(_no_number)]


class Value(BaseModel):
    """A fact that never changes once it is made.

    Unknown fields are refused, and a validation error never repeats the input it refused:
    the input may be somebody's address (DP-3).
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, arbitrary_types_allowed=False
    )
