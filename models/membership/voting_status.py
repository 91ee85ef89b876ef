"""May this person vote on this day, and because of what, since when and until when?

The rule in its own order (VM-R7): a condition holds on certain days; a path holds on the days on
which all its conditions do; a person votes on the days of any path, each edition judging its own.
One engine: the roll, the letters, the explanations and the reports all ask here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import chain
from operator import itemgetter

from models.bylaws.cited import Cited
from models.bylaws.conditions import AnyCondition, Kinds
from models.bylaws.paths import Membership, Path
from models.bylaws.rules import Bylaws
from models.intake.participation import Event
from models.membership.fulfilment import NOTHING, Fulfilment, OwnFacts, fulfilment_of
from models.membership.reasons import Reason, fact_of
from models.membership.status_periods import DAY, StatusPeriod, common, joined, outside, within
from models.text.sentences import Joined, Sentence, named

ONE_AMONG_OTHERS = Sentence(
    "a partner ran it: it counts as one event, and is not enough by itself unless “Counts” says so "
    "(VM-R6)"
)
AS_AN_EVENT = Sentence(
    "“Counts” says that it counts as one event: it is not enough by itself (VM-R6)"
)


class Status(StrEnum):
    """The three answers, as members read them."""

    VOTING = "Voting member"
    ONE_AWAY = "One event away"
    NOT_YET = "Not yet"


@dataclass(frozen=True, slots=True)
class VotingStatus:
    """A verdict with its reasons, one a path.

    `spell` is how long the status has lasted and will last if nothing more happens; it is None for
    "not yet", which has no end of its own. `counted` is the evidence: the events that count on the
    day, on whatever path. `reasons` makes the reasons when somebody asks for them: of a hundred
    thousand people few are asked about, and their sentences would be most of what a roll holds.
    """

    on: date
    status: Status
    counted: tuple[Event, ...]
    spell: StatusPeriod | None
    reasons: Callable[[], tuple[Reason, ...]] = field(compare=False, repr=False)
    edition: str

    @property
    def because(self) -> tuple[Reason, ...]:
        """Why, one reason a path."""
        return self.reasons()

    @property
    def can_vote(self) -> bool:
        """The one question a vote asks (VM-1)."""
        return self.status is Status.VOTING


class Judge:
    """Judges people on one day; what is the same for all of them is worked out once.

    Args:
        events: the chapter's; a person is judged by the numbers of those they attended.
        on: the day asked about; the edition in force on it gives the reasons.
        known: the last day of which anything is known, if it is before `on`.
    """

    def __init__(
        self, bylaws: Bylaws, events: Sequence[Event], on: date, known: date | None = None
    ) -> None:
        self._on, self._known = on, min(on, known or on)
        self._events, self._said = events, [event.told for event in events]
        order = sorted(range(len(events)), key=lambda n: (events[n].day, events[n].name))
        self._place = {number: place for place, number in enumerate(order)}
        self._edition = bylaws.in_force(on)
        self._terms = [_term(*each, events, self._known) for each in _in_turn(bylaws)]
        self._now = self._terms[bylaws.editions.index(self._edition)]
        self._counting = [path.counting(on) for path in self._now.paths]
        self._counted = frozenset(chain.from_iterable(chain.from_iterable(self._counting)))

    def standing(self, attended: Iterable[int], own: OwnFacts = NOTHING) -> VotingStatus:
        """Judge one person.

        Args:
            attended: the numbers of events, each once; those not held yet are ignored.
            own: what is known of them beside.
        """
        mine = sorted(attended, key=self._place.__getitem__)
        now = [path.spells(mine, own) for path in self._now.paths]
        votes = joined(self._votes(now, mine, own))
        holds = tuple(_around(self._on, spells) is not None for spells in now)
        status, spell = Status.VOTING, _around(self._on, votes)
        if spell is None:
            status, spell = Status.ONE_AWAY, _around(self._on, joined(self._nearly(mine, own)))
            spell = outside(spell, votes, self._on) if spell else None
        return VotingStatus(
            on=self._on,
            status=status if spell else Status.NOT_YET,
            counted=tuple(self._events[number] for number in mine if number in self._counted),
            spell=spell,
            reasons=partial(self._reasons, tuple(mine), own, holds),
            edition=self._edition.name,
        )

    def voting_days(self, attended: Iterable[int], own: OwnFacts = NOTHING) -> list[StatusPeriod]:
        """The days on which one person may vote, oldest first; arguments as of `standing`."""
        mine = sorted(attended, key=self._place.__getitem__)
        now = [path.spells(mine, own) for path in self._now.paths]
        return joined(self._votes(now, mine, own))

    def not_counted(self, attended: Iterable[int]) -> list[tuple[Event, str]]:
        """What a person attended that does not count on the day, each with the reason."""
        mine = sorted(attended, key=self._place.__getitem__)
        told = ((self._events[number], self._why_not(number)) for number in mine)
        return [(event, why) for event, why in told if why]

    def missed(self, attended: Iterable[int]) -> list[Event]:
        """What counts on some path on the day and a person did not attend, oldest first.

        What the volunteer log alone names is nothing that people are invited to.
        """
        others = sorted(self._counted - set(attended), key=self._place.__getitem__)
        return [event for n in others if not (event := self._events[n]).of_the_log]

    def _votes(
        self, now: Sequence[list[StatusPeriod]], mine: Sequence[int], own: OwnFacts
    ) -> Iterator[StatusPeriod]:
        """The days of every path, each edition judging its own.

        Args:
            now: those of the edition in force, which are known already.
        """
        for term in self._terms:
            paths = now if term is self._now else [way.spells(mine, own) for way in term.paths]
            for spells in paths:
                yield from within(spells, term.days)

    def _nearly(self, mine: Sequence[int], own: OwnFacts) -> Iterator[StatusPeriod]:
        """The days on which one event more would give the vote (VM-R5)."""
        for term in self._terms:
            for way in term.nearly:
                yield from within(way.spells(mine, own), term.days)

    def _reasons(
        self, mine: Sequence[int], own: OwnFacts, holds: Sequence[bool]
    ) -> tuple[Reason, ...]:
        """One a path: what its conditions met, whether all of them hold."""
        reasons = []
        for path, met, counting in zip(self._now.paths, holds, self._counting, strict=True):
            facts = [
                fact_of(
                    condition,
                    [self._said[n] for n in mine if n in on_it],
                    len(on_it),
                    own,
                    self._on,
                )
                for condition, on_it in zip(path.conditions, counting, strict=True)
            ]
            rules = dict.fromkeys(condition.rule for condition in path.conditions)
            reasons.append(Reason(", ".join(rules), Joined("; and ", facts), met))
        return tuple(reasons)

    def _why_not(self, number: int) -> str:
        event, membership = self._events[number], self._edition.membership
        if number in self._counted:
            if not (event.is_one_among_others(membership) and membership.asks_for_help):
                return ""
            return AS_AN_EVENT if event.as_event else ONE_AMONG_OTHERS
        if why := event.why_not(membership, self._known):
            return why
        over = [
            (days.until, condition)
            for path in self._now.paths
            for condition, test in zip(path.conditions, path.tests, strict=True)
            if (days := test.days_of(number))
        ]
        if not over:
            kind = event.kind_by(membership)
            return Sentence(
                "no path to voting membership counts events of the kind {kind}",
                kind=named(kind, kind),
            )
        last, condition = max(over, key=itemgetter(0))
        if last >= self._on:
            return Sentence("it counts from the day after ({rule})", rule=condition.rule)
        rule = _rule_of_the_window(condition)
        return Sentence("counted through {last} ({rule})", last=last, rule=rule)


@dataclass(frozen=True, slots=True)
class _Way:
    """A path before the chapter's events."""

    path: Path
    tests: tuple[Fulfilment, ...]

    def spells(self, attended: Sequence[int], own: OwnFacts) -> list[StatusPeriod]:
        """The days on which all its conditions hold."""
        return common([test.spells(attended, own) for test in self.tests])

    def counting(self, on: date) -> list[frozenset[int]]:
        """The events that count on a day, condition by condition."""
        return [test.on(on) for test in self.tests]

    @property
    def conditions(self) -> tuple[AnyCondition, ...]:
        """Those of the path, in the order of `tests`."""
        return self.path.conditions

    def with_one_more(self, kinds: Iterable[str], helping: Kinds) -> Iterator["_Way"]:
        """The same with one event more of each kind that would help (VM-R5)."""
        helped = (self.path.helped_by(kind, helping) for kind in kinds)
        for by_it in dict.fromkeys(helped):
            if any(by_it):
                both = zip(self.tests, by_it, strict=True)
                tests = tuple(test.with_one_more() if more else test for test, more in both)
                yield _Way(self.path, tests)


@dataclass(frozen=True, slots=True)
class _Term:
    """An edition before the chapter's events, with the days it judges."""

    days: StatusPeriod
    paths: tuple[_Way, ...]
    nearly: tuple[_Way, ...]


def _term(
    membership: Membership, days: StatusPeriod, events: Sequence[Event], known: date
) -> _Term:
    def way(path: Path) -> _Way:
        tests = (fulfilment_of(each, membership, events, known) for each in path.conditions)
        return _Way(path, tuple(tests))

    paths = tuple(map(way, membership.paths))
    kinds = membership.kinds.value or ("",)  # where none is listed, one that is marked
    nearly = (near for path in paths for near in path.with_one_more(kinds, membership.helping))
    return _Term(days, paths, tuple(nearly))


def _in_turn(bylaws: Bylaws) -> Iterator[tuple[Membership, StatusPeriod]]:
    """Each edition's rule with its days; the newest has no last one in sight."""
    ends = [edition.effective_from - DAY for edition in bylaws.editions[1:]] + [date.max]
    for edition, end in zip(bylaws.editions, ends, strict=True):
        yield edition.membership, StatusPeriod(edition.effective_from, end)


def determine_status(
    attended: Iterable[Event],
    bylaws: Bylaws,
    on: date,
    *,
    held: Iterable[Event] = (),
    own: OwnFacts = NOTHING,
) -> VotingStatus:
    """Judge one person alone.

    Args:
        attended: each event once; those after `on` are ignored.
        bylaws: the chapter's; the edition in force on the day gives the numbers.
        on: the day asked about.
        held: what the chapter held beside.
        own: what is known of the person beside.
    """
    mine = list(attended)
    return Judge(bylaws, [*mine, *held], on).standing(range(len(mine)), own)


def _around(on: date, spells: Iterable[StatusPeriod]) -> StatusPeriod | None:
    return next((spell for spell in spells if spell.covers(on)), None)


def _rule_of_the_window(condition: AnyCondition) -> str:
    window = getattr(condition, "window", None)
    return window.rule if isinstance(window, Cited) else condition.rule
