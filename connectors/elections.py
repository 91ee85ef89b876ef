"""An election's folder: `elections/<name>/election.toml`, and a file a contest in `contests/`.

Reads both, and the words of its guide in `guide.toml`; writes a new folder, and the pages and
reports of a counted vote. Times in the file are on the chapter's clock.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import tomlkit
from pydantic import TypeAdapter, ValidationError

from connectors.files.disk import told
from connectors.files.own_files import is_there
from connectors.files.private_files import write_private
from connectors.files.toml_files import read_toml
from models.base import YEARS
from models.contests.contest import Contest, contest_from, of_an_election
from models.errors import FixTheSettings
from models.faults import faults as plainly
from models.faults import shown
from models.votes.election import Election, in_zone
from models.votes.guide import GuideWords, guide_from

FOLDER, GUIDE = "elections", "guide.toml"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""What an election may be called, as `models.texts.Slug` has it."""
_MOMENT = TypeAdapter(datetime)
NO_CONTEST = "contests: needs at least 1 entry"
"""We say it in our own words."""


def names(chapter: Path) -> list[str]:
    """The elections that have a folder."""
    return sorted(file.parent.name for file in (chapter / FOLDER).glob("*/election.toml"))


def folder_of(chapter: Path, name: str) -> Path:
    """Where an election's files are."""
    return chapter / FOLDER / name


def read(chapter: Path, name: str, zone: ZoneInfo, *, form: str = "") -> Election:
    """Read an election's folder.

    Args:
        form: what stands in for its form while it has none.

    Raises:
        FixTheSettings: what is missing, mistyped or contradictory, all of it at once.
    """
    folder = folder_of(chapter, name)
    file = folder / "election.toml"
    if not NAME.fullmatch(name) or not is_there(file):
        known = ", ".join(names(chapter)) or "none yet"
        raise FixTheSettings(
            f"there is no election “{shown(name)}”; the elections are: {known}",
            where=f"{FOLDER}/{shown(name)}",
            next_step=f"use one of those, or create it with `clerk election new {shown(name)}`",
        )
    table, faults = read_toml(file, chapter), []
    contests: list[Contest] = []
    for each in sorted((folder / "contests").glob("*.toml")):
        try:
            table_of = of_an_election(read_toml(each, chapter))
            contests.append(contest_from(table_of, f"contests/{shown(each.name)}"))
        except FixTheSettings as exc:
            if exc.rule:  # others can write it: what it says is of no interest
                raise
            faults.append(f"{exc.where}: {exc.fact}")
    try:
        _fill(table, zone, form)
        election = Election.model_validate({**table, "name": name, "contests": tuple(contests)})
    except FixTheSettings as exc:
        faults.append(f"{exc.where}: {exc.fact}")
    except ValidationError as exc:
        faults += [told for told in plainly(exc, Election) if told != NO_CONTEST]
    if not any((folder / "contests").glob("*.toml")):
        faults.append("there are no contests yet: add a file to contests/ (docs/elections.md)")
    if faults:
        raise FixTheSettings(
            "; ".join(faults),
            where=f"{FOLDER}/{name}",
            rule="EN-1",
            next_step="fix the files; docs/elections.md lists the keys of election.toml, "
            "docs/count.md those of a contest",
        )
    return election


def _fill(table: dict[str, Any], zone: ZoneInfo, form: str) -> None:
    """What follows from what `election.toml` says: moments of the zone, and the record date."""
    for key in ("opens", "closes"):
        if isinstance(table.get(key), datetime):
            table[key] = in_zone(table[key], zone, key)
    if isinstance(opens := table.get("opens"), datetime):
        table.setdefault("record_date", opens.date())
    if form and _lacks_form(table):
        table["ballots"] = {"form": form}


def _lacks_form(table: Mapping[str, Any]) -> bool:
    """Whether `election.toml` says nothing of where the ballots are."""
    said = table.get("ballots") or {}
    return isinstance(said, Mapping) and not (said.get("form") or said.get("workbook"))


def read_guide(chapter: Path, election: Election) -> GuideWords:
    """The chapter's own words of a vote's guide; none where it wrote no `guide.toml` (EN-13).

    Raises:
        FixTheSettings: as `models.votes.guide.guide_from`.
    """
    file = folder_of(chapter, election.name) / GUIDE
    if not is_there(file):
        return GuideWords()
    where = f"{FOLDER}/{election.name}/{GUIDE}"
    return guide_from(read_toml(file, chapter), election.contests, where)


def record_day(chapter: Path, name: str, zone: ZoneInfo, now: datetime) -> date | None:
    """The record date of a vote that is still to come, as far as its folder says it (VM-R3).

    A folder that is half written has one, too; None once its window is over.
    """
    try:
        table = read_toml(folder_of(chapter, name) / "election.toml", chapter)
    except FixTheSettings:  # whoever checks or opens it is told
        return None
    closes = _moment(table.get("closes"), zone)
    if closes and closes < now:
        return None
    day = _moment(table.get("record_date", table.get("opens")), zone)
    return day and day.date()


def opening(chapter: Path, name: str, zone: ZoneInfo) -> datetime | None:
    """When voting opens, as far as the folder says it; half a folder has it, too."""
    try:
        table = read_toml(folder_of(chapter, name) / "election.toml", chapter)
    except FixTheSettings:  # whoever checks or opens it is told
        return None
    return _moment(table.get("opens"), zone)


def _moment(said: object, zone: ZoneInfo) -> datetime | None:
    """A moment or a day of a file, on the chapter's clock; None where it says none of our time."""
    try:
        found = _MOMENT.validate_python(said)
    except ValidationError:
        return None
    if found.year not in YEARS:
        return None
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def contest_file(chapter: Path, name: str, contest: str) -> str:
    """The file of a race by its id, for a message; its folder if none has it any more."""
    folder = folder_of(chapter, name) / "contests"
    files = (
        file
        for file in sorted(folder.glob("*.toml"))
        if read_toml(file, chapter).get("id") == contest
    )
    return str(next(files, folder).relative_to(chapter))


def refuse_taken(chapter: Path, name: str) -> None:
    """Refuse a name that no new election can have.

    Raises:
        FixTheSettings: it is no folder's name, or there is one of this name already.
    """
    if not NAME.fullmatch(name):
        raise FixTheSettings(
            "this is not a valid name for an election's folder",
            where=f"{FOLDER}/{name}",
            next_step="use lowercase letters, digits, and dashes, as in endorsements-2026",
        )
    if folder_of(chapter, name).exists():
        raise FixTheSettings(
            "there is an election of this name already",
            where=f"{FOLDER}/{name}",
            next_step="take another name, or edit its files",
        )


def write_new(
    chapter: Path, name: str, table: Mapping[str, Any], contests: Iterable[Mapping[str, Any]]
) -> Path:
    """Write a new election's folder.

    Raises:
        FixTheSettings: as `refuse_taken`.
    """
    refuse_taken(chapter, name)
    folder = folder_of(chapter, name)
    for each in (folder.parent, folder, folder / "contests"):
        each.mkdir(mode=0o700, exist_ok=True)  # whatever the umask: others do not write here
    for number, contest in enumerate(contests, start=1):
        file = folder / "contests" / f"{number:02d}-{contest['id']}.toml"
        write_private(file, tomlkit.dumps(contest).encode())
    # Last: a folder without it is no election yet.
    write_private(folder / "election.toml", tomlkit.dumps(table).encode())
    return folder


def write_pages(folder: Path, files: Mapping[str, str]) -> None:
    """Put pages into a folder, in the place of what was there; all of them or none are seen.

    Raises:
        FixTheSettings: the disk is full, or the folder cannot be written.
    """
    fresh, old = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    with told(str(folder)):
        fresh.mkdir(mode=0o700, parents=True)
        for name, text in files.items():
            (fresh / name).write_bytes(text.encode())  # as it is: its digest is in the record
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def pages_digest(folder: Path) -> str:
    """SHA-256 over the names and contents of a folder's files; "" when there is no folder."""
    if not folder.is_dir():
        return ""
    files = sorted(file for file in folder.iterdir() if file.is_file())
    held = [[file.name, hashlib.sha256(file.read_bytes()).hexdigest()] for file in files]
    return "sha256:" + hashlib.sha256(json.dumps(held).encode()).hexdigest()


def publish_pages(pages: Path, public: Path) -> None:
    """Copy a vote's pages to where a static host serves them, readable for everybody."""
    publish_files(
        public, {file.name: file.read_bytes().decode() for file in sorted(pages.iterdir())}
    )


def publish_files(public: Path, files: Mapping[str, str]) -> None:
    """Put files where a static host serves them, readable for everybody."""
    write_pages(public, files)
    public.chmod(0o755)
    for file in public.iterdir():
        file.chmod(0o644)
