"""The voter roll as last read, judged once and kept until a run, a look, or the day changes."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from threading import Lock
from zoneinfo import ZoneInfo

from flows.context import ChapterContext
from flows.nightly.facts import facts_of
from flows.nightly.links import Links
from flows.nightly.looks import Seen, newest, on_record, whom_to_call
from flows.nightly.people import everybody
from flows.nightly.sources import Sources, tables_of
from flows.views.roll import name_of
from models.intake.locations import ReviewItem
from models.intake.people import PersonId
from models.membership.voter_roll import Entry, Facts, VoterRoll
from models.membership.voting_status import Status
from models.membership.waiting import Waiting, known_by
from models.privacy import Email, Name
from models.text.folding import folded
from models.text.naming import is_meant, words_of


class Which(StrEnum):
    """Whom a list of the roll shows; the words stand in addresses."""

    EVERYONE = "everyone"
    VOTING = "voting"
    ONE_AWAY = "one-away"
    LAPSING = "lapsing"
    """Voting members whose last day is near."""
    NO_EMAIL = "no-email"


LAPSING = timedelta(days=30)
MONTHS_BACK, MONTHS_AHEAD = 12, 3


@dataclass(frozen=True)
class Known:
    """What the sheets say, as last read: facts, and the roll of today."""

    seen: Seen
    facts: Facts = field(repr=False)
    roll: VoterRoll = field(repr=False)
    zone: ZoneInfo
    to_call: Mapping[PersonId, str] = field(repr=False)
    """Voting members whom no email reaches, and why (DP-4)."""
    links: Links = field(repr=False)
    """Where each place of the sheets opens in Google."""
    kept: Mapping[PersonId, list[ReviewItem]] | None = field(default=None, repr=False)
    """What is asked of the rows that name each person; None where the rows themselves say it."""
    _waiting: list[Waiting] = field(default_factory=list, init=False, repr=False)
    """The rows that something is asked of, once somebody needs them."""

    def entry(self, person: PersonId) -> Entry | None:
        """A person's line."""
        return self.roll.entries.get(person)

    def find(self, wanted: str) -> list[Entry]:
        """The people whose id, address, or beginning of each word of the name is typed.

        Costs what is found, not what there is.
        """
        entries = self.roll.entries
        if exact := self._called(wanted):
            return [entries[one] for one in exact]
        words = words_of(wanted)
        if not words:
            return []
        likely = set.intersection(*(self._begins.get(word[:_LONGEST], set()) for word in words))
        found = [
            entries[one]
            for one in likely
            if is_meant(words, words_of(name_of(entries[one].person)))
        ]
        return sorted(found, key=lambda entry: folded(name_of(entry.person)))

    def _called(self, wanted: str) -> list[PersonId]:
        """Whose id or address this is; several people may share an address."""
        typed = PersonId(wanted.strip().casefold())
        if typed in self.roll.entries:
            return [typed]
        with suppress(ValueError):
            return self._by_address.get(Email.parse(wanted), [])
        return []

    def waits_for(self, entry: Entry) -> list[ReviewItem]:
        """What is skipped or asked of the rows that name a person: it counts for nothing yet."""
        if self.kept is not None:
            return self.kept.get(entry.person.id, [])
        return self.waits(self.seen.sources, known_by(entry.person))

    def waits(self, sources: Sources, who: Iterable[Email | Name]) -> list[ReviewItem]:
        """The same of somebody who is called so, and is on no roll.

        Args:
            sources: where they are gone through, as the ledger has them now.
        """
        if not self._waiting:
            tables = tables_of(sources)
            self._waiting.append(Waiting(tables, self.zone, self.facts.review))
        return list(self._waiting[0].of(who))

    @cached_property
    def lists(self) -> dict[Which, list[Entry]]:
        """The roll's people by what is asked of them, each by name."""
        today = self.roll.on
        found: dict[Which, list[Entry]] = {which: [] for which in Which}
        by_name = sorted(self.roll.entries.values(), key=lambda one: folded(name_of(one.person)))
        for entry in by_name:
            standing = entry.standing
            found[Which.EVERYONE].append(entry)
            if standing.can_vote:
                found[Which.VOTING].append(entry)
                spell = standing.spell
                if spell and not spell.is_open and spell.until <= today + LAPSING:
                    found[Which.LAPSING].append(entry)
            if standing.status is Status.ONE_AWAY:
                found[Which.ONE_AWAY].append(entry)
            if entry.person.id in self.to_call:
                found[Which.NO_EMAIL].append(entry)
        return found

    @cached_property
    def over_time(self) -> list[tuple[date, int]]:
        """How many may vote on the first day of each month: the past year, today, what is to come.

        As the sheets and the bylaws say it today; to come, if nobody attended anything more.
        """
        days = sorted({*_months(self.roll.on), self.roll.on})
        many = dict.fromkeys(days, 0)
        for spells in self.facts.voting_days():
            for spell in spells:
                for day in days[bisect_left(days, spell.since) : bisect_right(days, spell.until)]:
                    many[day] += 1
        return list(many.items())

    @cached_property
    def _by_address(self) -> dict[Email, list[PersonId]]:
        found: defaultdict[Email, list[PersonId]] = defaultdict(list)
        for entry in self.roll.entries.values():
            for one in entry.person.addresses:
                found[one].append(entry.person.id)
        return dict(found)

    @cached_property
    def _begins(self) -> dict[str, set[PersonId]]:
        """Each beginning of each word of each name → who is called so."""
        found: defaultdict[str, set[PersonId]] = defaultdict(set)
        for person, entry in self.roll.entries.items():
            for word in words_of(name_of(entry.person)):
                for many in range(1, min(len(word), _LONGEST) + 1):
                    found[word[:many]].add(person)
        return dict(found)


_LONGEST = 4
"""Letters of a beginning that are looked up; what is typed beyond is compared."""


def _months(today: date) -> Iterator[date]:
    """The first day of each month that the chart shows."""
    first = today.year * 12 + today.month - 1
    for month in range(first - MONTHS_BACK + 1, first + MONTHS_AHEAD + 1):
        yield date(month // 12, month % 12 + 1, 1)


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
            state, look = _state(context), context.ledger.looks.newest()
            planned = planned and look is not None and bool(look.sources)
            held = self._held.get(planned)
            if held is None or held[0] != state:
                held = self._held[planned] = (state, _read(context, planned=planned))
            return held[1]


def _state(context: ChapterContext) -> Hashable:
    """What the roll rests on: when none of this changed, it is the same."""
    run, look = context.ledger.last_run(), context.ledger.looks.newest()
    erased = context.ledger.votes.lines("")
    chapter = context.chapter.model_dump_json(exclude={"folder"})
    bylaws = context.chapter.bylaws_files()
    files = [file.stat() for file in (bylaws.first, bylaws.second) if file]
    return (
        run and (run.id, run.finished, run.failed),
        look and (look.at, look.end),
        erased[-1].seal if erased else "",
        context.today,
        chapter,
        tuple((one.st_mtime_ns, one.st_size) for one in files),
    )


def _read(context: ChapterContext, *, planned: bool) -> Known:
    seen = (newest if planned else on_record)(context)
    found = None if seen.is_look else everybody(context)
    facts = found.facts if found else facts_of(context, seen.sources)
    roll = facts.roll(context.today)
    calls = {one.person.id: why for one, why in whom_to_call(context, seen, roll)}
    links = Links(homes=found.homes) if found else Links(seen.sources)
    kept = found.waiting if found else None
    return Known(seen, facts, roll, context.chapter.tz, calls, links, kept)
