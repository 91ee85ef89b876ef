"""The email about the chapter near a reader: one for each chapter, to those who live there (ST-1).

It has the chapter's name and its link for registering, and nothing goes the other way: no row about
anybody leaves the statewide body's own account.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from connectors.settings import load_chapters
from flows.context import ChapterContext
from models.intake.people import PersonId
from models.mail.notices import NEAR, NoticeKind
from models.membership.voter_roll import VoterRoll
from models.privacy import Email
from models.state.directory import ChapterDirectory, ListedChapter
from models.state.near import groups


def directory_of(context: ChapterContext) -> ChapterDirectory | None:
    """A statewide body's chapters; None where nobody signs up to be told of one.

    Raises:
        FixTheSettings: `chapters.toml` is missing or wrong.
    """
    chapter = context.chapter
    return load_chapters(chapter.folder) if "statewide" in chapter.kinds_read else None


class Part(NamedTuple):
    """Those whom one email of a kind can go to, and what it says to all of them."""

    mailboxes: Mapping[PersonId, Email]
    facts: Mapping[str, object]


NOBODY = Part({}, {})


def parts(
    context: ChapterContext, kind: NoticeKind, roll: VoterRoll, mailboxes: Mapping[PersonId, Email]
) -> list[Part]:
    """One email a kind; of the one about chapters, one for each place that is near the same."""
    if kind != NEAR:
        return [Part(mailboxes, {})]
    if (directory := directory_of(context)) is None:
        return []
    signed_up = {person: roll.entries[person].person.sign_up for person in mailboxes}
    by_place = groups(directory, {person: one for person, one in signed_up.items() if one})
    return [
        Part({person: mailboxes[person] for person in sorted(people)}, near_facts(near))
        for near, people in by_place.items()
    ]


def near_facts(chapters: Sequence[ListedChapter]) -> dict[str, object]:
    """What the email says: names and links; of no chapter, that there is none yet."""
    return {"chapters": [{"name": one.name, "link": one.link} for one in chapters]}


def near_examples(context: ChapterContext) -> dict[str, object]:
    """What a preview says: the first chapter of the list."""
    directory = directory_of(context)
    return near_facts(directory.chapters[:1] if directory else ())


def of_those(found: Sequence[Part], people: Sequence[PersonId]) -> Part:
    """The part that a mailing goes on with, by whom it carries: the first who can still get it."""
    return next((one for each in people for one in found if each in one.mailboxes), NOBODY)
