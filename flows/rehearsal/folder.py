"""The folder of a rehearsal, in the chapter's own: made, taken up, and removed."""

import os
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from connectors.files.own_files import as_text, read_own
from connectors.files.private_files import write_private
from connectors.ledger import Ledger
from connectors.sandbox.server import Sandbox
from connectors.settings import Chapter, RehearsalClock, load_chapter
from connectors.settings.rehearsal import SECTION
from flows.context import open_chapter
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources, tables_of
from flows.privacy.backup import SQLITE
from flows.rehearsal import people
from flows.rehearsal.attendance import warnings_of
from flows.rehearsal.drafts import Taken, take_drafts
from flows.rehearsal.kept import KEPT, RUNS, keep
from flows.rehearsal.notes import Notes
from flows.rehearsal.people import Shape
from flows.rehearsal.settings import Addresses, copy_texts, settings_of, texts_of, write_settings
from flows.rehearsal.sheets import fill
from flows.votes.ballot_form import build_form
from models.errors import ClerkError, FixTheSettings, Refused
from models.membership.voting_status import Status
from models.privacy import redact_addresses

NAME, LOCK = "rehearsal", ".rehearsal.lock"


def place_of(chapter: Path) -> Path:
    """Where a chapter's rehearsal lies."""
    return chapter / NAME


def is_there(folder: Path) -> bool:
    """Whether a rehearsal was begun here and not ended.

    Raises:
        Refused: there is something of this name that is no rehearsal.
    """
    if not os.path.lexists(folder):
        return False
    if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
        return False
    if folder.is_symlink() or not folder.is_dir() or SECTION not in _settings(folder):
        raise Refused(
            "this is not a rehearsal of ours",
            where=str(folder),
            next_step="move it away or rename it, then run `clerk rehearse` again",
        )
    return (folder / KEPT).is_file()


def is_invented(folder: Path) -> bool:
    """Whether a folder is the invented chapter of the demo, which reaches this computer alone."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    if not any(folder.iterdir()):
        return True
    google = _settings(folder).get("google")
    address = str(google.get("base_url", "")) if isinstance(google, dict) else ""
    return address.startswith("http://127.0.0.1:")


def what_is_in(folder: Path) -> str:
    """What somebody else has there, by its first names."""
    if folder.is_symlink() or not folder.is_dir():
        return "it is a link" if folder.is_symlink() else "it is a file"
    names = sorted(redact_addresses(one.name) for one in folder.iterdir())
    more = f", and {len(names) - 3} more" if len(names) > 3 else ""
    return f"it holds {', '.join(names[:3])}{more}"


def _settings(folder: Path) -> dict[str, Any]:
    try:
        file = folder / "chapter.toml"
        return tomllib.loads(as_text(read_own(file, folder), file.name))
    except (FixTheSettings, ValueError):
        return {}


@contextmanager
def alone(chapter: Path) -> Iterator[None]:
    """Be the one rehearsal of a chapter that runs.

    Raises:
        Refused: another runs.
    """
    try:
        with FileLock(chapter / LOCK, timeout=0, mode=0o600):
            yield
    except Timeout:
        raise Refused(
            "a rehearsal of this chapter runs already",
            where=str(chapter / NAME),
            next_step="open its page, or stop it with Ctrl-C where it was started",
        ) from None


def real_chapter(folder: Path) -> Chapter:
    """The chapter that is to be rehearsed.

    Raises:
        Refused: it is itself a rehearsal.
    """
    chapter = load_chapter(folder)
    if chapter.rehearsal:
        raise Refused(
            "this folder is a rehearsal itself",
            where=str(chapter.folder),
            next_step=f"name the chapter’s own folder: --chapter {chapter.folder.parent}",
        )
    return chapter


def shape_like(folder: Path) -> Shape:
    """The numbers of the real voter roll; nothing else of it is taken over.

    Raises:
        FixTheSettings: nobody can vote, or there are more people than a rehearsal takes.
    """
    with open_chapter(folder) as context:
        roll = facts_of(context, known_sources(context.ledger)).roll(context.today)
        counts = roll.counts()
    shape = Shape(counts[Status.VOTING], counts[Status.ONE_AWAY], counts[Status.NOT_YET], 0)
    return people.held_to_bounds(shape)


def make(
    chapter: Chapter, folder: Path, sandbox: Sandbox, here: Addresses, shape: Shape, notes: Notes
) -> list[str]:
    """Make a rehearsal of a chapter; it is one once it is kept.

    Args:
        notes: with who begins it; what is invented is noted in it.

    Returns:
        What has to be known before.
    """
    shutil.rmtree(folder, ignore_errors=True)  # of a beginning that was broken off
    folder.mkdir(mode=0o700)
    write_private(folder / "chapter.toml", f"[{SECTION}]\n".encode())  # a broken one is known
    write_private(folder / ".gitignore", b"*\n")
    clock, now = RehearsalClock(folder), notes.begun
    notes.texts = texts_of(chapter)
    clock.set(now)
    copy_texts(chapter, folder)
    edition = chapter.read_bylaws().in_force(now.astimezone(chapter.tz).date())
    drafts, left_out = take_drafts(chapter, folder, edition.counting, now)
    write_settings(folder, settings_of(chapter, _in_two(chapter)), sandbox, here)
    rehearsed = load_chapter(folder)
    notes.plays = shape.plays()
    districts = sorted({district for draft in drafts for district in draft.districts})
    today = now.astimezone(chapter.tz).date()
    fill(sandbox, rehearsed, edition.membership, notes.plays, today, districts)
    for draft in drafts:
        notes.remarks += draft.remarks
        _build(folder, sandbox, draft, notes)
    warnings = warnings_of(edition.membership)
    notes.remarks += left_out + warnings
    notes.save(folder)
    keep(folder, sandbox)
    return warnings


def _build(folder: Path, sandbox: Sandbox, draft: Taken, notes: Notes) -> None:
    """Build the ballot form, as an officer would; what stands in the way is for them to see."""
    sandbox.google.add_form(draft.form, "Untitled form")
    with open_chapter(folder) as context:
        try:
            build_form(context, context.election(draft.name))
        except ClerkError:
            notes.remarks.append(f"The form of “{draft.name}” was not built: check the draft.")


def _in_two(chapter: Chapter) -> set[str]:
    """The kinds of sheet whose names stand in two columns, as they were last read."""
    file = chapter.ledger_url().removeprefix(SQLITE)
    if file != chapter.ledger_url() and not Path(file).exists():
        return set()
    try:
        with Ledger.open(chapter.ledger_url(), chapter.ledger_secret()) as ledger:
            tables = tables_of(known_sources(ledger))
    except ClerkError:  # what its ledger says is no reason to rehearse nothing
        return set()
    return {t.kind for t in tables if "first_name" in t.fields and "name" not in t.fields}


def lead_here(folder: Path, sandbox: Sandbox, here: Addresses) -> None:
    """Lead a rehearsal to a stand-in that listens at other ports than the one before."""
    write_settings(folder, _settings(folder), sandbox, here)


def was_killed(folder: Path) -> bool:
    """Whether it ended without being told to."""
    return (folder / RUNS).exists()


@contextmanager
def running(folder: Path) -> Iterator[None]:
    """Mark it as running, so that a kill is noticed."""
    write_private(folder / RUNS, b"")
    yield
    (folder / RUNS).unlink(missing_ok=True)


def remove(folder: Path) -> None:
    """Remove all of a rehearsal.

    Raises:
        FixTheSettings: some of it cannot be removed.
    """
    try:
        shutil.rmtree(folder)
    except OSError as exc:
        raise FixTheSettings(
            f"the rehearsal’s folder cannot be removed: {exc.strerror}",
            where=str(folder),
            next_step="remove it yourself",
        ) from None
