"""Who is asked: a terminal, or a page. A question is a value, and each face words it for itself.

A terminal shows the sentence that comes with it, and says what is to be typed. A page has its own
words, in its reader's language, under the names that are in `About`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, Protocol

from flows import console
from flows.setup.sorts import Sort
from models.errors import ClerkError, FixTheSettings
from models.privacy import redact_addresses

Control = Literal["text", "choice", "columns", "ticks"]
"""How an answer is given where nothing needs to be typed."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the program's own, such as what a kind of tab is called."""

    name: str


@dataclass(frozen=True, slots=True)
class About:
    """What a question or a note is about: its name, and what stands in its blanks."""

    name: str
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    control: Control = "text"
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What is answered → what is shown; of a choice, a page words it by its name."""
    none: str = ""
    """What is answered where nothing is ticked; of a choice, what is proposed."""
    ticked: tuple[str, ...] = ()
    """What is proposed, of columns and texts."""
    is_pair: bool = False
    """Whether two columns can be the first and the last name."""


def about(name: str, **fields: Any) -> About:
    """A note with these blanks."""
    return About(name, fields)


@dataclass(frozen=True, slots=True)
class Question:
    """One question."""

    text: str
    """As a terminal shows it."""
    about: About | None = None
    """None: only a terminal asks it."""
    default: str | None = None
    """What an empty answer means; None where something must be answered."""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that is said between the questions."""

    text: str
    about: About | None = None
    """None: it is a sentence of the rules, which is English everywhere."""
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column, as it would be read."""

    letter: str
    header: str
    field: Term | None
    """None: it is not read."""
    label: str
    cells: tuple[Sort, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a tab or form would be read."""

    title: str
    kind: str
    said: str
    """Its place and what it is, as a terminal shows it."""
    rows: tuple[int, ...]
    """The numbers of the rows whose cells are shown, by their sort alone (DP-3)."""
    columns: tuple[Column, ...]


class Wrong(ValueError):
    """An answer that cannot be taken."""

    def __init__(self, fact: str, about: About) -> None:
        super().__init__(fact)
        self.about = about


class WrongHere(FixTheSettings):
    """An answer that cannot be taken before something is mended elsewhere."""

    def __init__(self, fact: str, about: About, *, where: str = "", next_step: str = "") -> None:
        super().__init__(fact, where=where, next_step=next_step)
        self.about = about


class Face(Protocol):
    """Shows what is said, and gives what is answered."""

    def ask(self, question: Question) -> str:
        """Show a question, and wait for its answer."""

    def tell(self, note: Note) -> None:
        """Say something between two questions."""

    def show(self, reading: Reading) -> None:
        """Show how a tab would be read."""

    def hush(self, *, on: bool) -> None:
        """Show nothing for a while: all of it was shown before."""


class Terminal:
    """A person at a terminal, or a pipe.

    Args:
        ask: shows a question and gives what was typed; a secret is not shown.
    """

    def __init__(self, ask: Callable[[str, bool], str]) -> None:
        self._ask = ask

    def ask(self, question: Question) -> str:
        return self._ask(question.text, question.secret)

    def tell(self, note: Note) -> None:
        (console.warn if note.is_warning else console.say)(note.text)

    def show(self, reading: Reading) -> None:
        console.say(reading.said)
        console.table(
            ("Column", "Header", "Read as", *(f"Row {row}" for row in reading.rows)),
            [(one.letter, one.header, one.label, *map(str, one.cells)) for one in reading.columns],
        )

    def hush(self, *, on: bool) -> None:
        console.hush(on=on)


def told_of(fault: Exception) -> Note:
    """What is wrong with an answer."""
    return Note(redact_addresses(str(fault)), getattr(fault, "about", None), is_warning=True)


def fact_of(fault: Exception) -> str:
    """The fact alone, without what to do next."""
    return fault.fact if isinstance(fault, ClerkError) else str(fault)
