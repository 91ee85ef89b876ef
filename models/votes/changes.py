"""What was cancelled or withdrawn until the close, and a vote as it stands since (EN-R11).

1. What was approved stays as it is, to the digest: a change is a line of the record, and nothing
   else.
2. A cancelled race is none of the vote any more; the last one is not cancelled, the vote is.
3. A withdrawn candidate stays on the ballot, and counts for nobody: the count passes over them.
   Fewer than two cannot be left, for then the race is cancelled.
4. After the close the committee alone can void a counted race, by two thirds; its result stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from models.contests.contest import Contest
from models.contests.kinds import Candidates, RatifyOrPrefer
from models.errors import FixTheSettings, Refused
from models.text.folding import folded
from models.votes.audit_log import AuditLogEntry
from models.votes.election import Election
from models.votes.events import (
    Approved,
    CandidateWithdrawn,
    ChangeOfRaces,
    RaceCancelled,
    RaceOverruled,
    VoteCancelled,
)

FEWEST = 2
"""Candidates that a race needs once one of them has withdrawn."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The lines that say what changed since the approval, oldest first."""

    lines: tuple[AuditLogEntry, ...] = ()
    election: Election | None = None
    """As it was approved; None where nothing changed."""

    @property
    def cancelled(self) -> tuple[AuditLogEntry, VoteCancelled] | None:
        """That the whole vote is off."""
        return next(
            ((line, e) for line in self.lines if isinstance(e := line.event, VoteCancelled)), None
        )

    @property
    def races(self) -> list[tuple[AuditLogEntry, RaceCancelled, Contest]]:
        """The cancelled races, as they were approved."""
        return [
            (line, event, self._contest(event.race))
            for line in self.lines
            if isinstance(event := line.event, RaceCancelled)
        ]

    @property
    def withdrawals(self) -> list[tuple[AuditLogEntry, CandidateWithdrawn, Contest]]:
        """All candidates who withdrew, with their races."""
        return [
            (line, event, self._contest(event.race))
            for line in self.lines
            if isinstance(event := line.event, CandidateWithdrawn)
        ]

    @property
    def candidates(self) -> list[tuple[AuditLogEntry, CandidateWithdrawn, Contest]]:
        """Those whom a count passes over; in a cancelled race nobody is."""
        gone = {event.race for _, event, _ in self.races}
        return [one for one in self.withdrawals if one[1].race not in gone]

    @property
    def overruled(self) -> dict[str, tuple[AuditLogEntry, RaceOverruled]]:
        """The counted races that the committee voided."""
        return {
            event.race: (line, event)
            for line in self.lines
            if isinstance(event := line.event, RaceOverruled)
        }

    @property
    def voided(self) -> list[Contest]:
        """The same races, as they were approved."""
        return [self._contest(race) for race in self.overruled]

    def _contest(self, race: str) -> Contest:
        assert self.election is not None  # noqa: S101 - something changed
        return contest_of(self.election, race)


def changes_of(approved: Election, lines: Iterable[AuditLogEntry]) -> Changes:
    """What the lines of one vote, oldest first, change of what was approved last."""
    found: list[AuditLogEntry] = []
    for line in lines:
        event = line.event if line.readable else None
        if isinstance(event, Approved):
            found.clear()
        elif isinstance(event, VoteCancelled | ChangeOfRaces | RaceOverruled):
            found.append(line)
    return Changes(tuple(found), approved) if found else Changes()


def as_it_stands(approved: Election, changes: Changes) -> Election:
    """The election without its cancelled races, its withdrawn candidates excluded."""
    gone = {event.race for _, event, _ in changes.races}
    out: dict[str, list[str]] = {}
    for _, event, _ in changes.candidates:
        out.setdefault(event.race, []).append(event.candidate)
    stands = tuple(
        passed_over(contest, out.get(contest.id, ()))
        for contest in approved.contests
        if contest.id not in gone
    )
    return approved.model_copy(update={"contests": stands}) if gone or out else approved


def passed_over(contest: Contest, names: Iterable[str]) -> Contest:
    """The contest with these candidates excluded as well."""
    if not names or not isinstance(contest, Candidates):
        return contest
    return contest.model_copy(update={"excluded": (*contest.excluded, *names)})


def standing_candidates(contest: Contest) -> list[str]:
    """Who can still be voted for; nobody where a race is about one thing or a question."""
    if not isinstance(contest, Candidates):
        return []
    return [name for name in contest.candidates if name not in contest.excluded]


def of_who_stands(contest: Contest) -> Contest:
    """The contest as its readers see it: without anyone who withdrew.

    There is no advice about them and no praise of them, for the contest's statement says whom the
    committee recommends (EN-1).

    To ratify a recommendation keeps its sense in words alone; the ballots go on to the next choice.
    """
    if not isinstance(contest, Candidates) or not contest.excluded:
        return contest
    gone = {folded(name) for name in contest.excluded}
    stands = folded(contest.recommendation) not in gone
    advised = stands or isinstance(contest, RatifyOrPrefer)
    changed = {
        "candidates": tuple(standing_candidates(contest)),
        "excluded": (),
        "about": tuple(one for one in contest.about if folded(one.name) not in gone),
        "recommendation": contest.recommendation if advised else "",
        "statement": contest.statement if stands else "",
        "statement_es": contest.statement_es if stands else "",
    }
    return contest.model_copy(update=changed)


def contest_of(election: Election, race: str) -> Contest:
    """A race by its id.

    Raises:
        FixTheSettings: there is none of this id.
    """
    for contest in election.contests:
        if contest.id == race:
            return contest
    raise FixTheSettings(
        "there is no such contest; the contests are: "
        f"{', '.join(one.id for one in election.contests)}",
        where=election.name,
        next_step="use the id of one of these",
    )


def race_to_cancel(election: Election, race: str) -> Contest:
    """The race, which can be cancelled.

    Raises:
        FixTheSettings: there is none of this id, or it is cancelled already.
        Refused: it is the last one.
    """
    contest = contest_of(election, race)
    if len(election.contests) == 1:
        raise Refused(
            f"“{contest.title}” is the only contest left in this election",
            where=election.name,
            rule="EN-R11",
            next_step=f"cancel the whole election: `clerk election cancel {election.name} --by … "
            "--reason …`",
        )
    return contest


def candidate_to_withdraw(election: Election, race: str, typed: str) -> str:
    """The candidate's name as the ballot has it; they can be withdrawn.

    Raises:
        FixTheSettings: there is no such race, or nobody of this name stands in it.
        Refused: fewer than two would be left.
    """
    contest, where = contest_of(election, race), f"{election.name} {race}"
    standing, place = standing_candidates(contest), contest.place_of(typed)
    cancel = f"`clerk election cancel {election.name} {race} --by … --reason …`"
    if not standing:
        raise Refused(
            f"“{contest.title}” has no candidates",
            where=where,
            rule="EN-R11",
            next_step=f"if it will not be decided, cancel the contest: {cancel}",
        )
    name = "" if place is None else [*contest.choices, typed][place]
    if name not in standing:
        raise FixTheSettings(
            "no candidate in this contest has this name; the candidates are: "
            f"{', '.join(standing)}",
            where=where,
            rule="EN-R11",
            next_step="use the name on the ballot",
        )
    if len(standing) <= FEWEST:
        raise Refused(
            f"without {name}, fewer than two candidates are left",
            where=where,
            rule="EN-R11",
            next_step=f"cancel the contest: {cancel}",
        )
    return name
