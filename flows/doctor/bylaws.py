"""What `clerk doctor` says of the bylaws: the edition, those to come, and what looks amiss."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.nightly.keeping import moved_back, read_back
from flows.nightly.people import facts_on_record
from models.bylaws.paths import Membership
from models.bylaws.rules import Bylaws
from models.errors import ClerkError
from models.faults import shown
from models.intake.imported import DUES_FILE
from models.intake.participation import Event
from models.text import formats


def bylaws_said(context: ChapterContext) -> str:
    """The edition in force, its file, and what a chapter would want to know of its rules."""
    bylaws = context.bylaws
    now = bylaws.in_force(context.today)
    has_dues = context.chapter.has_dues_tab or DUES_FILE in context.ledger.versions()
    unread = (
        "no dues tab is named in chapter.toml, and no file of dues was read, so the path "
        f"“{shown(path)}” applies to no one (docs/year.md)"
        for path in now.membership.asking_for_dues()
        if not has_dues
    )
    return "; ".join(
        [
            f"version in effect: {now.name} ({_files(context.chapter)})",
            *unread,
            *_never_held(context, now.membership),
            *_to_come(bylaws, context.today),
            *_read_back(context),
        ]
    )


def _files(chapter: Chapter) -> str:
    files = chapter.bylaws_files()
    names = shown(files.first.name)
    if files.second:
        names += f" and {shown(files.second.name)}; {_one_file(files.can_be_joined)}"
    if files.unread:
        names += f"; {shown(files.unread.name)} next to it is no longer read: delete it"
    return names


def _one_file(can_be_joined: bool) -> str:
    if can_be_joined:
        return "`clerk bylaws join` prints them as one file"
    return "docs/adopting.md shows the one file that replaces them"


def _to_come(bylaws: Bylaws, today: date) -> Iterator[str]:
    """Each amendment to come, with the paths it does away with: `paths` is restated whole."""
    for before, edition in pairwise(bylaws.editions):
        if edition.effective_from > today:
            gone = without(before.membership, edition.membership)
            said = f"from {formats.day(edition.effective_from)} on: {shown(edition.name)}"
            yield f"{said}, without the paths {', '.join(gone)}" if gone else said


def without(before: Membership, after: Membership) -> list[str]:
    """The names of the paths that are no more."""
    stay = {path.name for path in after.paths}
    return [f"“{shown(path.name)}”" for path in before.paths if path.name not in stay]


def _read_back(context: ChapterContext) -> Iterator[str]:
    """Rows that were destroyed under the bylaws of then, and count again."""
    try:
        day = moved_back(context)
    except ClerkError:
        return  # the ledger's own check says what is wrong with it
    if day:
        yield read_back(day)


def _never_held(context: ChapterContext, membership: Membership) -> Iterator[str]:
    """Paths that hold for nobody because the sheets call their events otherwise."""
    if not any(condition.named_kinds() for condition in membership.conditions()):
        return
    try:
        events = facts_on_record(context).events
    except ClerkError:
        return  # the ledger's own check says what is wrong with it
    yield from never_held(membership, events, context.today)


def never_held(membership: Membership, events: Iterable[Event], today: date) -> Iterator[str]:
    """Conditions whose kinds of event were never held, with the kinds that were."""
    held = sorted({one.kind for one in events if one.day <= today and not one.cancelled} - {""})
    for path in membership.paths:
        for condition in path.conditions:
            named = condition.named_kinds()
            if held and named and not set(named) & set(held):
                yield (
                    f"the path “{shown(path.name)}” applies to no one: there was never an event "
                    f"of the kind {' or '.join(map(shown, named))}; the sheets have "
                    f"{', '.join(map(shown, held[:12]))}"
                )
