"""The committee's list beside `chapter.toml`, held against the bylaws and the members' votes."""

from collections.abc import Iterator

from connectors.files.own_files import is_there
from connectors.files.toml_files import read_toml
from connectors.settings import Chapter
from flows.context import ChapterContext
from models.committee.members import Committee, SlateVote, committee_from
from models.contests.contest import UpOrDown
from models.errors import ClerkError, FixTheSettings
from models.tally.outcome import OutcomeKind

FILE = "committee.toml"
_SAYS = {OutcomeKind.ADOPTED: True, OutcomeKind.NO_CONFIDENCE: False}


def read_committee(chapter: Chapter) -> Committee:
    """The committee as its file has it.

    Raises:
        FixTheSettings: this file does not exist, or it is wrong at a named place.
    """
    file = chapter.folder / FILE
    if not is_there(file):
        raise FixTheSettings(
            "this file does not exist",
            where=FILE,
            next_step="create it with the list of members; docs/commands.md has an example",
        )
    return committee_from(read_toml(file, chapter.folder), FILE)


def slate_votes(context: ChapterContext) -> list[SlateVote]:
    """The members' counted votes on slates, each with the day on which it closed (SC-1)."""
    return [
        SlateVote(
            vote.election.closes.astimezone(context.chapter.tz).date(), _SAYS[race.outcome.kind]
        )
        for vote in context.ledger.votes.all()
        for contest in vote.election.contests
        if isinstance(contest, UpOrDown) and contest.purpose == "slate" and vote.result
        if contest.id not in vote.changes.overruled
        if (race := vote.result.races.get(contest.id)) and race.outcome.kind in _SAYS
    ]


def committee_misses(context: ChapterContext) -> Iterator[str]:
    """What the bylaws miss in the committee today, in numbers: it is said every night (SC-R5).

    A chapter without the list is told nothing.
    """
    if not is_there(context.chapter.folder / FILE):
        return
    try:
        held = read_committee(context.chapter)
        rules = context.bylaws.in_force(context.today).committee
    except ClerkError:  # the night is about the roll, and goes on
        yield f"{FILE} cannot be used; `clerk committee` shows why"
        return
    for reason in held.in_numbers(context.today, rules, slate_votes(context)):
        if not reason.holds:
            yield f"committee: {reason.fact} ({reason.rule})"
