"""How each race of a cycle stands: what fits, what is missing, and what comes next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.bylaws.counting import Offices
from models.contests.offices import Level, level_of
from models.intake.locations import ReviewItem
from models.membership.reasons import Reason
from models.year.cycles import Candidate, Cycle, Decision, Race
from models.year.endorsed import Record
from models.year.process import (
    CONVERSATION,
    RESEARCH,
    SHORT,
    decided,
    endorsed_before,
    fitting,
    invited,
    is_on_record,
    may_be_invited,
    minimum,
    recommended,
    represents_us,
    striven,
    subject_of,
)


@dataclass(frozen=True, slots=True)
class CandidateStanding:
    """A candidate, and whether a questionnaire or forum is open to them (EN-11)."""

    candidate: Candidate
    invitation: tuple[Reason, ...]
    endorsed_before: bool
    contradicted: bool
    """Whether the tab says that they were not, and the record that they were."""

    @property
    def may_be_invited(self) -> bool:
        """Whether every reason holds."""
        return all(one.holds for one in self.invitation)


@dataclass(frozen=True, slots=True)
class RaceStanding:
    """A race, and what follows from the tabs by the bylaws."""

    race: Race
    level: Level | None
    """None of a ballot question."""
    fits: tuple[Decision, ...]
    candidates: tuple[CandidateStanding, ...]
    """Those who have not withdrawn."""
    invited: tuple[Candidate, ...]
    subject: Candidate | None
    """Whom a short vote is about."""
    reasons: tuple[Reason, ...]
    recommended: Reason | None
    """Whether the committee recommends; None where nothing will be voted on."""

    @property
    def missing(self) -> list[Reason]:
        """What blocks the opening, the recommendation last."""
        last = [self.recommended] if self.recommended else []
        return [one for one in (*self.reasons, *last) if not one.holds]

    @property
    def to_look_at(self) -> list[Reason]:
        """What the bylaws strive for and is not there."""
        return [one for one in self.reasons if one.holds and one.look]

    @property
    def is_voted_on(self) -> bool:
        """Whether the committee decided to ask the members."""
        return self.race.decision not in ("", "withheld")

    @property
    def uncontested(self) -> bool:
        """Whether one candidate alone stands (EN-7)."""
        return len(self.candidates) == 1

    @property
    def previously_endorsed(self) -> bool:
        """Whether the one whom a short vote is about was endorsed before (EN-7)."""
        return any(c.endorsed_before for c in self.candidates if c.candidate is self.subject)

    @property
    def done(self) -> tuple[str, ...]:
        """What was done for a short vote, as a contest's file says it (EN-7)."""
        if self.race.decision not in SHORT or not self.subject:
            return ()
        of, race = self.subject.name, self.race
        each = (
            ("research", RESEARCH),
            ("record review", ("record review",)),
            ("candidate conversation", CONVERSATION),
        )
        return tuple(what for what, kinds in each if race.done(*kinds, of=of))

    @property
    def next_step(self) -> str:
        """What the committee does next, in a few words."""
        race = self.race
        if self.level is Level.ELSEWHERE:
            return "correct the office in the tab"
        if not race.decision:
            also = ", or withhold an endorsement with the reason"
            return f"decide: {' or '.join(self.fits)}{also}"
        if race.decision == "withheld":
            return "" if race.reason else "enter the reason"
        if not race.is_question and not race.standing:
            return "enter the candidates"
        if first := [one for one in self.reasons if not one.holds]:
            return _STEPS.get(first[0].fact, "correct or do what is missing")
        if self.recommended and not self.recommended.holds:
            return "recommend, and enter the recommendation as a step"
        return "ready for the members’ vote"


_STEPS = {
    "not previously endorsed": "decide on a full process, which fits",
    "a competitive race": "decide on a re-endorsement or a full process",
    "uncontested": "decide on an abbreviated or a full process",
    "research missing": "do the research, and enter it as a step",
    "record review or candidate conversation missing": "review the record or talk with the "
    "candidate, and enter it as a step",
    "no step by which the committee looked into the candidates": "meet the candidates or send "
    "them the questionnaire, and enter it as a step",
    "names no scope or district": "fill in the scope or the districts",
}


@dataclass(frozen=True, slots=True)
class CycleStanding:
    """A whole cycle."""

    name: str
    races: tuple[RaceStanding, ...]
    unlisted: tuple[str, ...]
    """Offices of the bylaws' lists that the tab has no row for, the focus races first (EN-2)."""


def standing_of(cycle: Cycle, offices: Offices, record: Record = ()) -> CycleStanding:
    """How a cycle stands.

    Args:
        record: the endorsements that the chapter's own record has.
    """
    listed = {race.office for race in cycle.races}
    every = (*offices.focus.value, *offices.other.value)
    return CycleStanding(
        cycle.name,
        tuple(race_standing(race, offices, record) for race in cycle.races),
        tuple(office for office in every if office not in listed),
    )


def race_standing(race: Race, offices: Offices, record: Record) -> RaceStanding:
    """How one race stands."""
    is_voted_on = race.decision not in ("", "withheld")
    return RaceStanding(
        race,
        None if race.is_question else level_of(race.office, offices),
        fitting(race, record),
        tuple(
            CandidateStanding(
                one,
                may_be_invited(one, race, offices),
                endorsed_before(one, race.cycle, record),
                one.endorsed_before is False and is_on_record(one, race.cycle, record),
            )
            for one in race.standing
        ),
        invited(race, offices),
        subject_of(race, record),
        tuple(_reasons(race, offices, record)),
        recommended(race) if is_voted_on else None,
    )


def _reasons(race: Race, offices: Offices, record: Record) -> Iterator[Reason]:
    yield represents_us(race, offices)
    yield from decided(race, record, offices)
    if race.decision not in ("", "withheld"):
        yield from minimum(race, record, offices)
    yield from striven(race, offices)


def contradictions(cycles: Iterable[Cycle], record: Record) -> Iterator[ReviewItem]:
    """Candidates whom the record has as endorsed, and of whom the tab says that they were not."""
    for race in (race for cycle in cycles for race in cycle.races):
        for one in race.candidates:
            if one.endorsed_before is False and is_on_record(one, race.cycle, record):
                yield ReviewItem.question(
                    one.place,
                    "the record has an earlier endorsement of this candidate, and the tab "
                    "says that there is none; the record counts",
                    "write yes, or empty the cell",
                    "EN-7",
                )
