"""What the rehearsal's pages show: moments, people, troubles, steps, acts."""

from datetime import datetime
from typing import Literal, NamedTuple


class Moment(NamedTuple):
    """Something that the program will do by itself, and when."""

    at: datetime
    what: str
    kind: Literal["night", "close", ""] = ""
    """The pages have a button for the next night, and one for the next close of a vote."""


class Invented(NamedTuple):
    """An invented person of the rehearsal, and what they are there for."""

    name: str
    address: str
    plays: str


class Trouble(NamedTuple):
    """Something that can go wrong, to be tried: what will be seen, and whether it goes on now."""

    key: str
    title: str
    seen: str
    going_on: bool


class Step(NamedTuple):
    """A step of the guided half hour; `link` is a path of the pages, or empty."""

    number: int
    title: str
    text: str
    done: bool
    link: str


class Act(NamedTuple):
    """Something that the invented members can do at once."""

    key: str
    title: str
