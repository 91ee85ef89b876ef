"""One request of a signed-in officer, and what it is answered with.

A page is a function from a visit to an answer. It asks what the command asks, by the same function.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from connectors.pages import PageTexts
from connectors.settings.sections import Officer
from flows.clock import Clock
from flows.context import ChapterContext
from flows.web.access import Session
from flows.web.forms import Sent
from flows.web.memory import Memories, SessionMemory
from flows.web.rolls import Known, Rolls
from flows.web.talks import Talks
from flows.web.turnouts import Turnouts
from flows.web.works import Works
from models.errors import FixTheData, Refused
from models.intake.people import PersonId
from models.text.languages import Language


@dataclass
class Shared:
    """What all visits share, as long as the program runs."""

    now: Clock
    rolls: Rolls = field(default_factory=Rolls)
    works: Works = field(default_factory=Works)
    turnouts: Turnouts = field(default_factory=Turnouts)
    talks: Talks = field(default_factory=Talks)
    memories: Memories = field(default_factory=Memories)


@dataclass(frozen=True)
class Visit:
    """A request: who asks, for what, with what filled in."""

    context: ChapterContext
    session: Session
    shared: Shared = field(repr=False)
    words: PageTexts = field(repr=False)
    path: str
    at: Mapping[str, str] = field(default_factory=dict)
    """The parts of the path that a route names."""
    sent: Sent = field(default_factory=Sent)

    @property
    def officer(self) -> Officer:
        """Who asks."""
        return self.session.officer

    @property
    def by(self) -> str:
        """The name for the record."""
        return self.session.officer.name

    @property
    def memory(self) -> SessionMemory:
        """What this session keeps on the server."""
        session = self.session
        return self.shared.memories.of(session.key, session.ends, self.shared.now())

    def roll(self, *, planned: bool = False) -> Known:
        """The voter roll as last read."""
        return self.shared.rolls.known(self.context, planned=planned)

    def keep(self, value: Hashable) -> str:
        """A handle to stand in an address for what must not."""
        return self.memory.keep(value)

    def kept(self, handle: str) -> Any:
        """What a handle of this session stands for.

        Raises:
            FixTheData: it is none, or the program was started again since.
        """
        value = self.memory.kept(handle)
        if value is None:
            raise FixTheData(
                self.words.say("desk.handle_lost"), next_step=self.words.say("desk.search_again")
            )
        return value

    def must_be_sure(self) -> None:
        """Let nothing that cannot be undone be done by accident.

        Raises:
            Refused: the box that says so is not ticked.
        """
        if not self.sent.ticked("sure"):
            say = self.words.say
            raise Refused(say("desk.not_sure"), next_step=say("desk.tick_first"))

    def looked_at(self, people: Iterable[PersonId], what: str) -> None:
        """Record that this officer looked at people (DP-3)."""
        self.context.ledger.officers.looked_at(self.by, people, what, self.context.now())


@dataclass(frozen=True)
class Page:
    """A page to show."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False)
    status: int = 200


@dataclass(frozen=True)
class GoTo:
    """Another page to go to, which says what was done."""

    path: str
    said: tuple[str, ...] = ()
    language: Language | None = None
    """Chosen by the officer, from now on."""


@dataclass(frozen=True)
class Document:
    """A whole document of its own, such as an email as it will look: shown in a frame."""

    html: str = field(repr=False)


Answer = Page | GoTo | Document
Handler = Callable[[Visit], Answer]


class Asked(NamedTuple):
    """One thing that can be asked for: how, where, by whom, and who answers."""

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
    needs: Literal["look", "act"] = "look"
