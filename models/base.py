"""The manner of every value: frozen, strict about its fields, silent about its input."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A fact that never changes once it is made.

    Unknown fields are refused, and a validation error never repeats the input it refused:
    the input may be somebody's address (DP-3).
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, arbitrary_types_allowed=False
    )
