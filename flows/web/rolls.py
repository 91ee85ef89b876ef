"""The voter roll as last read, judged once and kept until a run, a look, or the day changes."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from flows.context import ChapterContext
from flows.nightly.looks import Seen, newest, on_record
from flows.nightly.sources import facts_of
from flows.views.roll import name_of
from models.intake.people import PersonId
from models.membership.voter_roll import Entry, Facts, VoterRoll
from models.privacy import Email
from models.text.folding import folded


@dataclass(frozen=True)
class Known:
    """What the sheets say, as last read: facts, and the roll of today."""

    seen: Seen
    facts: Facts = field(repr=False)
    roll: VoterRoll = field(repr=False)

    def entry(self, person: PersonId) -> Entry | None:
        """A person's line."""
        return self.roll.entries.get(person)

    def find(self, wanted: str) -> list[Entry]:
        """The people whose id, address, or beginning of each word of the name is typed.

        Costs what is found, not what there is.
        """
        entries = self.roll.entries
        if exact := self._called(wanted):
            return [entries[exact]]
        words = folded(wanted).split()
        if not words:
            return []
        likely = set.intersection(*(self._begins.get(word[:_LONGEST], set()) for word in words))
        found = [entries[one] for one in likely if _fits(entries[one], words)]
        return sorted(found, key=lambda entry: folded(name_of(entry.person)))

    def _called(self, wanted: str) -> PersonId | None:
        """Whose id or address this is."""
        typed = PersonId(wanted.strip().casefold())
        if typed in self.roll.entries:
            return typed
        with suppress(ValueError):
            return self._by_address.get(Email.parse(wanted))
        return None

    @cached_property
    def _by_address(self) -> dict[Email, PersonId]:
        entries = self.roll.entries.values()
        return {one: entry.person.id for entry in entries for one in entry.person.addresses}

    @cached_property
    def _begins(self) -> dict[str, set[PersonId]]:
        """Each beginning of each word of each name → who is called so."""
        found: defaultdict[str, set[PersonId]] = defaultdict(set)
        for person, entry in self.roll.entries.items():
            for word in folded(name_of(entry.person)).split():
                for many in range(1, min(len(word), _LONGEST) + 1):
                    found[word[:many]].add(person)
        return dict(found)


_LONGEST = 4
"""Letters of a beginning that are looked up; what is typed beyond is compared."""


def _fits(entry: Entry, words: Iterable[str]) -> bool:
    own = folded(name_of(entry.person)).split()
    return all(any(one.startswith(word) for one in own) for word in words)


class Rolls:
    """The newest of each: of the applied run, and of the newest look."""

    def __init__(self) -> None:
        self._held: dict[bool, tuple[Hashable, Known]] = {}
        self._lock = Lock()

    def known(self, context: ChapterContext, *, planned: bool = False) -> Known:
        """What is on record; or by the newest look, applied or not.

        Args:
            planned: the newest look, as `clerk review` has it.
        """
        with self._lock:
            state = _state(context)
            held = self._held.get(planned)
            if held is None or held[0] != state:
                held = self._held[planned] = (state, _read(context, planned=planned))
            return held[1]


def _state(context: ChapterContext) -> Hashable:
    """What the roll rests on: when none of this changed, it is the same."""
    run, look = context.ledger.last_run(), context.ledger.looks.newest()
    erased = context.ledger.votes.lines("")
    chapter = context.chapter.model_dump_json(exclude={"folder"})
    return (
        run and (run.id, run.finished, run.failed),
        look and (look.at, look.end),
        erased[-1].seal if erased else "",
        context.today,
        chapter,
    )


def _read(context: ChapterContext, *, planned: bool) -> Known:
    seen = (newest if planned else on_record)(context)
    facts = facts_of(context, seen.sources)
    return Known(seen, facts, facts.roll(context.today))
