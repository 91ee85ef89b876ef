"""After an endorsement: a letter to each endorsed candidate, and the report back (EN-13).

The letter is a text for an officer to send in their own name: the program mails no candidate.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from connectors import emails
from flows.context import ChapterContext
from flows.nightly.endorsed import endorsed_by
from flows.nightly.facts import year_of
from flows.votes.lifecycle import look_at, state_label
from flows.votes.publish import results_link
from models.committee.terms import months_after
from models.errors import Refused
from models.text.folding import folded
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import Published
from models.votes.history import with_lines
from models.year.cycles import StepKind

SHOWN_FOR: Final = 3
"""Months for which a report back is asked for, if nobody enters that it took place."""
REPORTS_BACK: Final[tuple[StepKind, ...]] = ("forum", "candidate conversation")
"""Steps that end the asking, once a day after the endorsement is entered."""


class Thanks(NamedTuple):
    """A letter to an endorsed candidate, as text."""

    name: str
    race: str
    text: str


class ReportBack(NamedTuple):
    """Candidates who are to be asked to report back, since a day."""

    election: str
    title: str
    names: list[str]
    since: date


def thanks_of(context: ChapterContext, vote: ElectionRecord) -> list[Thanks]:
    """A letter to each candidate whom a published vote endorsed; none where it endorsed nobody.

    Raises:
        Refused: the result is not published (EN-R8).
        FixTheSettings: the chapter's own text is broken.
    """
    if vote.state is not ElectionState.PUBLISHED:
        raise Refused(
            f"a candidate hears of an endorsement that is published; the election is "
            f"{state_label(vote)}",
            where=vote.name,
            rule="EN-R8",
            next_step=look_at(vote.name),
        )
    chapter = context.chapter
    own = chapter.path(chapter.emails.folder) if chapter.emails.folder else None
    return [
        Thanks(
            name,
            contest.title,
            emails.to_candidate(
                own=own,
                chapter=chapter.name,
                website=chapter.website,
                name=name,
                race=contest.title,
                results_link=results_link(chapter, vote),
            ),
        )
        for contest, name in endorsed_by(vote)
    ]


def reports_back(context: ChapterContext) -> Iterator[ReportBack]:
    """Whom to ask for a report back now: some months after the endorsement was published.

    Nobody where the chapter chose no number of months, and nobody of whom the tabs have a forum or
    a conversation since.
    """
    if not (months := context.chapter.elections.report_back_months):
        return
    for vote in context.ledger.votes.all():
        names = [name for _, name in endorsed_by(vote)]
        lines = with_lines(context.ledger.votes.lines(vote.name), Published) if names else ()
        for line, _ in lines:
            published = line.at.astimezone(context.chapter.tz).date()
            due = months_after(published, months)
            if due <= context.today < months_after(due, SHOWN_FOR):
                met = _met_since(context, published)
                if waiting := [name for name in names if folded(name) not in met]:
                    yield ReportBack(vote.name, vote.election.title, waiting, due)


def _met_since(context: ChapterContext, day: date) -> set[str]:
    """The candidates of whom the tabs have such a step after a day, by their names folded."""
    races = (race for cycle in year_of(context).cycles for race in cycle.races)
    return {
        folded(one.name)
        for race in races
        for one in race.candidates
        if any(step.day > day for step in race.done(*REPORTS_BACK, of=one.name))
    }
