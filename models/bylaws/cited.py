"""A value of the bylaws with the sentence it comes from."""

from typing import Generic, TypeVar

from models.base import Value

T = TypeVar("T")


class Cited(Value, Generic[T]):
    """One value of the bylaws: its rule id, its words, and for a ruling the other readings.

    `rule` is the id used in messages. Where the text is silent, `cite` begins with "ruling:" and
    `alternatives` are the other readings.
    """

    value: T
    rule: str
    cite: str
    alternatives: tuple[T, ...] = ()
