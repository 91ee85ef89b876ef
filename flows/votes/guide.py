"""The endorsement guide of a published vote, for the chapter's own site (EN-13).

It stands in a folder of its own beside the public pages: an HTML page and Markdown, in each of the
chapter's languages. Nothing of it is there before the result is; its words can be mended later.
"""

from collections.abc import Mapping
from pathlib import Path

from connectors import elections, pages
from connectors.ledger import ElectionRecord
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.votes.lifecycle import look_at, state_label
from models.errors import FixTheSettings, Refused
from models.votes.election import Election, ElectionState

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


def put(chapter: Chapter, vote: ElectionRecord, files: Mapping[str, str]) -> Path | None:
    """Put the guide beside the public pages; None, and nothing, where there is none."""
    folder = chapter.path(chapter.elections.public) / vote.name / FOLDER
    if files:
        elections.publish_files(folder, files)
    return folder if files else None
