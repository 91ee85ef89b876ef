"""Whether a decision recommends a choice of a known race, before the committee votes (EN-1).

What it recommends is sealed with the vote: a mistyped race or name would recommend nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from typing import NamedTuple

from connectors import drafts, elections
from flows.context import ChapterContext
from flows.nightly.facts import year_of
from models.contests.contest import (
    CommitteeDecision,
    Contest,
    UpOrDown,
    contest_from,
    of_an_election,
)
from models.contests.kinds import Question
from models.contests.recommending import names_of_race
from models.errors import ClerkError
from models.membership.reasons import Reason, Spot
from models.text.folding import folded
from models.text.sentences import Sentence
from models.votes.election import ElectionState
from models.year.cycles import Cycle, Race

_YES_OR_NO = ("Yes", "No")


class _Known(NamedTuple):
    """A race of a draft, or of the newest cycle."""

    title: str
    offices: tuple[str, ...]
    districts: tuple[str, ...]
    choices: tuple[str, ...]
    """What can be recommended; with a short vote's candidate, who then means Yes."""
    warned_of: str = ""
    """The candidate of an anti-endorsement."""


def race_reasons(context: ChapterContext, contest: CommitteeDecision) -> Iterator[Reason]:
    """Whether its race is known, and what it recommends is a choice there."""
    said, wanted, at = contest.recommends_for, contest.recommends, Spot(contest=contest.id)
    told = {"title": contest.title, "race": said}
    groups = list(_groups(context))
    named = [(name, one) for group in groups for name, one in _named(group)]
    hits = [one for name, one in named if name == folded(said)]
    if not hits:
        yield _unknown(contest, groups, [name for name, _ in named])
        return
    choices = dict.fromkeys(choice for one in hits for choice in one.choices)
    if choices and folded(wanted) not in map(folded, choices):
        fact = Sentence(
            "{title}: “{choice}” is not a choice for {race}; its choices are: {choices}",
            choice=wanted,
            choices=", ".join(choices),
            **told,
        )
        yield Reason("EN-1", fact, False, at=at)
    elif any(folded(one.warned_of) == folded(wanted) for one in hits):
        fact = Sentence(
            "{title}: {race} is an anti-endorsement, so “{choice}” means Yes: voters are asked not "
            "to elect them",
            choice=wanted,
            **told,
        )
        yield Reason("EN-8", fact, True, look=True, at=at)


def _unknown(
    contest: CommitteeDecision, groups: Iterable[Iterable[_Known]], names: Iterable[str]
) -> Reason:
    """The race that nobody knows: mistyped, of several districts, or not there yet."""
    at, wanted = Spot(contest=contest.id), folded(contest.recommends_for)
    told = {"title": contest.title, "race": contest.recommends_for}
    races = [one for group in groups for one in group]
    several = [one.title for one in races if wanted in map(folded, one.offices)]
    titles = {folded(one.title): one.title for one in races}
    near = several or get_close_matches(wanted, [*titles, *names], n=3)
    shown = ", ".join(f"“{titles.get(one, one)}”" for one in dict.fromkeys(near))
    if several:
        fact = Sentence(
            "{title}: several races are for {race}; name one of them: {races}", races=shown, **told
        )
        return Reason("EN-1", fact, False, at=at)
    if near:
        fact = Sentence(
            "{title}: no draft or cycle has the race {race}; the nearest: {races}; correct it, or "
            "add the race to a draft first",
            races=shown,
            **told,
        )
        return Reason("EN-1", fact, False, at=at)
    fact = Sentence("{title}: no draft or cycle has the race {race} yet", **told)
    return Reason("EN-1", fact, True, look=True, at=at)


def _named(group: list[_Known]) -> Iterator[tuple[str, _Known]]:
    """The races of one vote or cycle by each of their names."""
    counted = Counter(folded(office) for one in group for office in {*one.offices})
    for one in group:
        alone = all(counted[folded(office)] == 1 for office in one.offices)
        for name in names_of_race(one.title, one.offices, one.districts, alone=alone):
            yield name, one


def _groups(context: ChapterContext) -> Iterator[list[_Known]]:
    """The races of each members' vote that has not opened, and of the newest cycle."""
    chapter = context.chapter.folder
    for name in elections.names(chapter):
        vote = context.ledger.votes.get(name)
        if vote is None:
            folder = elections.folder_of(chapter, name)
            contests = list(_drafted(drafts.contests_of(folder, chapter)))
        elif vote.state is ElectionState.DRAFT:
            contests = list(vote.election.contests)
        else:
            continue
        yield [_of_ballot(one) for one in contests if not isinstance(one, CommitteeDecision)]
    for cycle in year_of(context).cycles[-1:]:
        yield list(_of_cycle(cycle))


def _drafted(files: Iterable[drafts.DraftFile]) -> Iterator[Contest]:
    """The contests of a draft that can be read: its own check tells of the others."""
    for file in files:
        if not file.fault:
            with suppress(ClerkError):
                yield contest_from(of_an_election(file.table), file.path.name)


def _of_ballot(contest: Contest) -> _Known:
    offices = (contest.office,) if contest.office else ()
    known = _Known(contest.title, offices, contest.districts, contest.choices)
    if not isinstance(contest, UpOrDown) or contest.confirms:
        return known
    warned_of = contest.subject if contest.purpose == "anti-endorsement" else ""
    return known._replace(choices=(contest.subject, *contest.choices), warned_of=warned_of)


def _of_cycle(cycle: Cycle) -> Iterator[_Known]:
    for race in cycle.races:
        offices = tuple(dict.fromkeys(filter(None, (race.called, race.office))))
        warned_of = race.about if race.decision == "anti-endorsement" else ""
        yield _Known(race.title, offices, race.districts, _choices(race), warned_of)


def _choices(race: Race) -> tuple[str, ...]:
    if race.is_question:
        fields = Question.model_fields
        return tuple(str(fields[one].default) for one in ("yes", "no", "no_position"))
    names = tuple(one.name for one in race.standing)
    return names if race.decision == "full" or not names else (*names, *_YES_OR_NO)
