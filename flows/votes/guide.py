"""The endorsement guide of a published vote, for the chapter's own site (EN-13).

It stands in a folder of its own beside the public pages: an HTML page and Markdown, in each of the
chapter's languages. Nothing of it is there before the result is; its words can be mended later.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

from connectors import elections, pages
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.nightly.facts import year_of
from flows.votes.lifecycle import look_at, state_label
from models.errors import FixTheSettings, Refused
from models.tally.outcome import OutcomeKind
from models.votes.election import Election, ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.guide import NotEndorsed

FOLDER = "guide"


def fault_of(chapter: Chapter, election: Election) -> str:
    """What is wrong with `guide.toml`, or ""; it holds up no vote, but its publication."""
    try:
        elections.read_guide(chapter.folder, election)
    except FixTheSettings as exc:
        return str(exc)
    return ""


def again(context: ChapterContext, vote: ElectionRecord) -> Path | None:
    """Write the guide of a published vote again, with its words as they are now.

    Raises:
        Refused: it is not published, and so there is nothing to tell (EN-R8).
        FixTheSettings: its words are wrong.
    """
    if vote.state is not ElectionState.PUBLISHED:
        raise Refused(
            f"a guide contains only what is published; the election is {state_label(vote)}",
            where=vote.name,
            rule="EN-R8",
            next_step=look_at(vote.name),
        )
    return put(context.chapter, vote, files_of(context, vote))


def files_of(context: ChapterContext, vote: ElectionRecord) -> Mapping[str, str]:
    """The guide's files by name; none where nothing was endorsed.

    Raises:
        FixTheSettings: `guide.toml` is wrong; every fault of it.
    """
    assert vote.result is not None  # noqa: S101 - what is published was counted
    chapter, election = context.chapter, vote.election
    if not election.has_public_pages:
        return {}
    own = elections.read_guide(chapter.folder, vote.approved)
    changes = vote.changes
    cancelled = [contest for _, _, contest in changes.races]
    year = election.closes.astimezone(chapter.tz).year
    about = pages.About(chapter.name, election.title, election.title_es, year)
    without = list(_without(context, vote))
    invented, files = bool(chapter.google.base_url), dict[str, str]()
    for language in chapter.languages:
        told = pages.guide(
            own,
            election.contests,
            vote.result.outcomes,
            about,
            language,
            cancelled=cancelled,
            voided=changes.voided,
            without=without,
        )
        if told is None:
            return {}
        page, base = pages.election_file(language), chapter.elections.public_url.rstrip("/")
        address = f"{base}/{vote.name}/{page}" if base else ""
        files[pages.guide_file(language)] = pages.guide_page(
            told, results=address or f"../{page}", languages=chapter.languages, invented=invented
        )
        files[pages.guide_file(language, "md")] = pages.guide_markdown(
            told, results=address, invented=invented
        )
    return files


def _without(context: ChapterContext, vote: ElectionRecord) -> Iterator[NotEndorsed]:
    """The races of the vote's cycle without an endorsement, by the members or the committee (EN-8).

    A vote that names no cycle tells of none; a cycle that left the tabs withholds no guide.
    """
    assert vote.result is not None  # noqa: S101 - what is published was counted
    if not (cycle := vote.election.cycle):
        return
    for contest in vote.election.contests:
        why = _BY_MEMBERS.get(vote.result.outcomes[contest.id].kind)
        is_race = bool(contest.office) and contest.id not in vote.changes.overruled
        if why and is_race and getattr(contest, "purpose", "") != "anti-endorsement":
            yield NotEndorsed(title=contest.title, title_es=contest.title_es, why=why)
    for race in (
        race for one in year_of(context).cycles if one.is_called(cycle) for race in one.races
    ):
        if race.decision == "withheld":
            yield NotEndorsed(title=race.title, why="withheld", reason=race.reason)


_BY_MEMBERS: Final[Mapping[OutcomeKind, Literal["no consensus", "no endorsement chosen"]]] = {
    OutcomeKind.NO_CONSENSUS: "no consensus",
    OutcomeKind.NO_ENDORSEMENT_CHOSEN: "no endorsement chosen",
}


def put(chapter: Chapter, vote: ElectionRecord, files: Mapping[str, str]) -> Path | None:
    """Put the guide beside the public pages; None, and nothing, where there is none."""
    folder = chapter.path(chapter.elections.public) / vote.name / FOLDER
    if files:
        elections.publish_files(folder, files)
    return folder if files else None
